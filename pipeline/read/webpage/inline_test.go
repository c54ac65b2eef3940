package webpage

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestCountInCell reads counts with elements inside their cells. What nobody reads as one figure on
// the page must not be read as one here.
func TestCountInCell(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{"249", "249"},
		{" <strong>249</strong> ", "249"},
		{"<p><b><span>1,204</span></b></p>", "1,204"},
		{"249<br>", "249"},
		{"<!-- was 255 -->249", "249"},
		{"249 [r]", "249 [r]"},
		{"249 <abbr>[r]</abbr>", "249 [r]"},
		{"249<br><em>[note 1]</em>", "249 [note 1]"},
		// Footnotes.
		{"249<sup>1</sup>", "249 1"},
		{"249<SUP>1</SUP>", "249 1"},
		{"<b>249</b><sup><a href=#n>1</a></sup>", "249 1"},
		{"249<sup>1</sup><sup>2</sup>", "249 1 2"},
		{"249<sup>a</sup> [r]", "249 [r] a"},
		{"249<sub>p</sub>", "249 p"},
		{"249<sup>[footnote 1]</sup>", "249 [footnote 1]"},
		{"249<span style='vertical-align: super'>1</span>", "249 1"},
		{"249<sup>1</sup>5", ""},
		{"<sup>1</sup>249", ""},
		{"1<sup>,204</sup>", ""},
		{"2<sup>490</sup>", ""},
		{"2<sup><b>4</b>90,1</sup>", ""},
		{"249<sup>.5</sup>", ""},
		// Struck out.
		{"<del>249</del>255", "255"},
		{"255<del>249</del>", "255"},
		{"<s>249</s> <ins>255</ins>", "255"},
		{"<strike>24<b>9</b></strike>255", "255"},
		{"<span style='color:red; text-decoration: line-through'>249</span>255", "255"},
		{"2<del>4</del>9", ""},
		{"249<ins>255</ins>", ""},
		{"<del>249</del>", ""},
		{"<del>249</del>-", "absent"},
		{"-<sup>1</sup>", "absent"},
		{"<b>[x]</b>", "absent"},
		{"[c] [note 2]", "absent"},
		// Hidden.
		{`249<span class="govuk-visually-hidden">0</span>`, ""},
		{`249<span class="x sr-only">0</span>`, ""},
		{"<span hidden>1</span>249", ""},
		{"<span style='DISPLAY : none !important'>1</span>249", ""},
		{"249<i style='visibility:hidden;'>0</i>", ""},
		{"<span hidden>249</span>", ""},
		{"<span hidden><sup>1</sup></span>249", ""},
		{"<span style='font-size:0.9em'>249</span>", "249"},
		// Spread over elements.
		{"2<b>49</b>", ""},
		{"<b>2</b>49", ""},
		{"<b>2</b><b>49</b>", ""},
		{"1<span>,</span>204", ""},
		{"1,<span>204</span>", ""},
		{"2<!-- -->49", ""},
		{"2<wbr>49", ""},
		{"2<br>49", ""},
		{"2<img src=x>49", ""},
		{"2<script>var x</script>49", ""},
		{"<p>2</p><p>49</p>", ""},
		{"<div>249</div><div>255</div>", ""},
		{"<ruby>249<rt>1</rt></ruby>", ""},
		{"249<b>people</b>", ""},
		{"<span>-</span>249", ""},
		{"2</p>49", ""},
		{"2&#31;49", ""},
		{"2&#8203;49", ""},
		{"249&#14;1&#15;", ""},
		{"２４９", ""},
		{"249¹", "249 ¹"},
		{"249 [r] [note 1]", "249 [r] [note 1]"},
		{"249 [r]<sup>2</sup>", "249 [r] 2"},
		{"1&nbsp;249 [r]", "1249 [r]"},
		{"249 1", ""},
		{"1 249", "1249"},
		{"12 249 [r]", "12249 [r]"},
		{"1 249 087", "1249087"},
		{"218 219", ""},
		{"218 087", ""},
		{"0 249", ""},
		{"1 24", ""},
		{"1 2490", ""},
		{"1  249", ""},
		{"1\t249", ""},
		{"1\n249", ""},
		{"1 249\u00a0087", "1249087"},
		{"1 249 12", ""},
		{"1 249\n255", ""},
		{"1 249 [r] 255", ""},
		{"1<b> 249</b>", ""},
		{"1 <b>249</b>", ""},
		{"249\n255", ""},
		{"1\u2009249", "1249"},
		{"1&nbsp;24", ""},
	} {
		h, err := Open("a.ods", page("<table><tr><th>a<th>b</tr>\n<tr><td>x</td><td>"+c.cell+"</td></tr></table>"), decode.DefaultLimits)
		if err != nil {
			t.Errorf("%s: %v", c.cell, err)
			continue
		}
		table, err := findOne(h, "a", "b")
		if err != nil {
			t.Errorf("%s: %v", c.cell, err)
			continue
		}
		f, err := table.Rows[0].Figure(1)
		n, mark := f.N, f.Mark
		if c.want == "" {
			wantError(t, err, decode.ErrCount, `a.ods: line 4, column "b": `)
			if err == nil {
				t.Errorf("%s: read as %d %q", c.cell, n, mark)
			}
			continue
		}
		if c.want == "absent" {
			if err != nil || f.Absent == decode.Stated {
				t.Errorf("%s: %+v, %v", c.cell, f, err)
			}
			continue
		}
		number, wantMark, _ := strings.Cut(c.want, " ")
		want, _, _ := decode.CountText(number)
		if err != nil || f.Absent != decode.Stated || n != want || mark != wantMark {
			t.Errorf("%s: %d %q, %v, want %s", c.cell, n, mark, err, c.want)
		}
	}
}

// TestTextInCell reads the same cells as text for people, and as days.
func TestTextInCell(t *testing.T) {
	for _, c := range []struct{ cell, want, day string }{
		{"<b>9 July</b> 2026", "9 July 2026", "2026-07-09"},
		{"Migr<b>ants</b>", "Migrants", ""},
		{"Migrants<sup>1</sup>", "Migrants 1", ""},
		{"<del>8 July 2026</del>9 July 2026", "9 July 2026", "2026-07-09"},
		{"1<b>9</b> July 2026", "1 9 July 2026", ""},
		{"9 July 202<!-- -->6", "9 July 202 6", ""},
		{"9 July 2026<sup>1</sup>", "9 July 2026 1", "2026-07-09"},
		{"9<sup>th</sup> July 2026", "9 th July 2026", "2026-07-09"},
		{"9 July 2026<sup>123</sup>", "9 July 2026 123", ""},
		{"9<span hidden>x</span> July 2026", "9 July 2026", ""},
		{"1<i>,</i>204", "1 , 204", ""},
		{"see <a>2021</a>, p", "see 2021, p", ""},
		{"Re<span hidden>x</span>vised", "Revised", ""},
	} {
		h, err := Open("a.html", page("<table><tr><td>"+c.cell+"</table>"), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		r := h.Tables()[0].Rows[0]
		y, m, d, _, err := r.Date(0)
		if r.Cells[0] != c.want || (err == nil) != (c.day != "") || err != nil && !errors.Is(err, decode.ErrPeriod) {
			t.Errorf("%s: %q, %d-%d-%d, %v", c.cell, r.Cells[0], y, m, d, err)
		}
	}
	for cell, whole := range map[string]bool{"-": true, "<b>-</b>": true, "": true, "-<sup>1</sup>": false, "<del>249</del>": false, "<i hidden>249</i>": false, "-<b>1</b>": false} {
		h, err := Open("a.html", page("<table><tr><td>"+cell+"</table>"), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if _, got := h.Tables()[0].Rows[0].Plain(0); got != whole {
			t.Errorf("%s: plain is %v", cell, got)
		}
	}
}

// TestCountInText reads counts in prose.
func TestCountInText(t *testing.T) {
	for text, want := range map[string]string{
		"Number: 1,295": "1295 ", "Number: <strong>1,295</strong>": "1295 ", "<b>Number:</b> 1,295": "1295 ",
		"Number: 249<sup>1</sup>": "249 1", "Number: <del>249</del>255": "255 ", "Number: 2<b>49</b>": "", "Number: 1,<b>295</b>": "",
		"Number: 249<span class=sr-only>0</span>": "", "<span hidden>Number: 249</span>": "", "Number<i>:</i> 249 [r]": "249 [r]",
	} {
		h, err := Open("a.html", page("<p>"+text+"</p>"), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		f, err := h.TextFigure(0, ":")
		got := ""
		if err == nil {
			got = strings.Join([]string{strconv.FormatInt(f.N, 10), f.Mark}, " ")
		} else if !errors.Is(err, decode.ErrCount) {
			t.Errorf("%s: %v", text, err)
		}
		if got != want {
			t.Errorf("%s: read as %q, %v, want %q", text, got, err, want)
		}
		if label := h.Texts()[0].Text; strings.Contains(label, "2490") || strings.Contains(label, "2491") || strings.Contains(label, "249255") {
			t.Errorf("%s: label %q", text, label)
		}
	}
}
