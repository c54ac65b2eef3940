package ukhosmallboatslast7days

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// refused are the pages with a fault.
var refused = []string{"2026-03-08.html", "2026-04-21.html", "2026-04-22.html"}

func load(t testing.TB, name string) sourcetest.File {
	t.Helper()
	return sourcetest.Load(t, id, name)
}

// good returns the pages without a fault.
func good(t *testing.T) (files []sourcetest.File) {
	t.Helper()
	for _, f := range sourcetest.LoadAll(t, id) {
		if !slices.Contains(refused, f.Name) {
			files = append(files, f)
		}
	}
	if len(files) != 26 {
		t.Fatalf("%d pages, want 26", len(files))
	}
	return files
}

func TestContract(t *testing.T) { sourcetest.Run(t, &Source, good(t)) }

func TestEachPageHasSevenDays(t *testing.T) {
	for _, f := range good(t) {
		obs, findings, err := sourcetest.Decode(&Source, f)
		if err != nil || len(obs) != 21 || len(findings) != 0 {
			t.Fatalf("%s: %d observations, findings %v, %v", f.Name, len(obs), findings, err)
		}
		if first, last := obs[0], obs[20]; last.Period.Start != first.Period.Start+6 || last.Period.Start >= last.Release.Vintage {
			t.Errorf("%s: %s to %s, published %s", f.Name, first.Period.Start, last.Period.Start, last.Release.Vintage)
		}
	}
}

// TestRevision has the one revision that the pages mark.
func TestRevision(t *testing.T) {
	for name, want := range map[string]string{
		"2026-07-11.html": "225 P  2026-07-11", "2026-07-12.html": "225 P  2026-07-12",
		"2026-07-13.html": "255 P Revised 2026-07-13", "2026-07-15.html": "255 P Revised 2026-07-15",
	} {
		obs, _, err := sourcetest.Decode(&Source, load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(obs, func(o stat.Observation) bool {
			return o.Series.ID == "ukho-small-boats-last7days:arrivals:D" && o.Period == stat.Day(stat.MustDate("2026-07-10"))
		})
		if i < 0 {
			t.Fatalf("%s: no 10 July", name)
		}
		o := obs[i]
		if got := strings.Join([]string{o.Value.String(), string(o.Status), o.Mark, o.Release.Vintage.String()}, " "); got != want || o.Revised != (o.Mark == "Revised") {
			t.Errorf("%s: %s (%t), want %s", name, got, o.Revised, want)
		}
		if !strings.HasPrefix(o.Locator, "line ") || !strings.HasSuffix(o.Locator, ", column B") {
			t.Errorf("locator %q", o.Locator)
		}
	}
}

// TestReleaseDate has pages that gained a day without being dated anew.
func TestReleaseDate(t *testing.T) {
	sourcetest.Dates(t, &Source, map[string]string{
		"2026-03-01.html": "2026-03-01 2026-03-01T12:31:43Z", // dated 28 February 9:20, states that day
		"2026-03-03.html": "2026-03-02 2026-03-02T14:04:44Z",
		"2026-03-07.html": "2026-03-07 2026-03-07T09:18:27Z", // dated 6 March 15:19, states that day
		"2026-04-19.html": "2026-04-19 2026-04-19T08:12:36Z", // dated 18 April
		"2026-07-13.html": "2026-07-13 2026-07-13T12:15:01Z",
	})
	if d, at := Source.Date("2026-07-13.html", []byte("<html>")); d != stat.MustDate("2026-07-13") || !at.IsZero() {
		t.Errorf("no page: %s %s", d, at)
	}
}

func TestRefusals(t *testing.T) {
	f := load(t, "2026-07-15.html")
	const (
		eighth = `<tr><th scope="row">15 July 2026</th><td>0</td><td>0</td><td>0</td><td></td></tr>`
		day8   = `<th scope="row">8 July 2026</th>`
		day9   = `<th scope="row">9 July 2026</th>`
	)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("header did not render", load(t, refused[0]), decode.ErrHeader, `2026-03-08.html: line 33: the page's markup failed to render: the table's header stands in the text as "| Date | Migrants arrived |`)
	refuse("year off, last row", load(t, refused[1]), decode.ErrPeriod, `2026-04-21.html: line 78, column "Date": not a date or period that the page can state: 20 April 2025 is a year off, published on 2026-04-21 it can only be 2026-04-20; it would overwrite 2025`)
	refuse("year off, within", load(t, refused[2]), decode.ErrPeriod, `2026-04-22.html: line 72, column "Date": not a date or period that the page can state: 20 April 2025 is a year off`)
	refuse("year off, first row", f.WithAfter(t, "<table>", "8 July 2026", "8 July 2025"), decode.ErrPeriod, "would overwrite 2025")
	refuse("next year", f.WithAfter(t, "<table>", "8 July 2026", "8 July 2027"), decode.ErrPeriod, "would overwrite 2027")
	refuse("all of a year ago", sourcetest.File{Name: f.Name, Data: []byte(strings.ReplaceAll(string(f.Data), "July 2026</th>", "July 2025</th>"))}, decode.ErrPeriod, "would overwrite 2025")
	refuse("far off", f.WithAfter(t, "<table>", "8 July 2026", "8 May 2026"), decode.ErrPeriod, "68 days before")
	refuse("today", f.WithAfter(t, "<table>", "14 July 2026", "15 July 2026"), decode.ErrPeriod, "15 July 2026 was not over when it was published on 2026-07-15")
	refuse("eighth row", f.WithAfter(t, "<table>", "</tbody>", eighth+"</tbody>"), decode.ErrShape, "8 rows where the page has always had 7")
	refuse("six rows", f.WithAfter(t, "<table>", "<tbody>", "<tbody><!--", day9, "--><tr>"+day9), decode.ErrShape, "6 rows where")
	refuse("gap", f.WithAfter(t, "<table>", day8, `<th scope="row">7 July 2026</th>`), decode.ErrShape, "2026-07-09 follows where 2026-07-08 was expected")
	refuse("twice", f.WithAfter(t, "<table>", day9, day8), decode.ErrShape, "2026-07-08 stands twice")
	refuse("no date", f.WithAfter(t, "<table>", "8 July 2026", "Total"), decode.ErrPeriod, `column "Date": "Total"`)
	refuse("no such day", f.WithAfter(t, "<table>", "8 July 2026", "31 June 2026"), decode.ErrPeriod, `"31 June 2026"`)
	refuse("text for a count", f.WithAfter(t, "<table>", "<td>249</td>", "<td>24g</td>"), decode.ErrCount, `column "Migrants arrived": "24g" is not a count`)
	refuse("empty count", f.WithAfter(t, "<table>", "<td>249</td>", "<td> </td>"), decode.ErrCount, `column "Migrants arrived": an empty cell`)
	refuse("negative", f.WithAfter(t, "<table>", "<td>249</td>", "<td>-249</td>"), decode.ErrCount, `"-249"`)
	refuse("spanning count", f.WithAfter(t, "<table>", "<td>249</td>\n<td>4</td>", `<td colspan="2">249</td>`), decode.ErrShape, "spans several places")
	refuse("cell missing", f.WithAfter(t, "<table>", "<td>249</td>", ""), decode.ErrShape, "4 cells")
	refuse("renamed column", f.WithAfter(t, "<table>", "Boats arrived", "Boats landed"), decode.ErrHeader, `column "C": column is called "Boats landed"`)
	refuse("new column", f.WithAfter(t, "<table>", `<th scope="col">Notes</th>`, `<th scope="col">Children</th><th scope="col">Notes</th>`), decode.ErrHeader, `column is called "Children"`)
	refuse("no table", f.WithAfter(t, "<table>", "<table>", "<svg>", "</table>", "</svg>"), decode.ErrShape, "no table on the page")
	refuse("two tables", f.WithAfter(t, "<table>", "</table>", "</table>"+string(f.Data[strings.Index(string(f.Data), "<table>"):strings.Index(string(f.Data), "</table>")])+"</table>"), decode.ErrShape, "a second table with the same header")
}

func TestOddButUsable(t *testing.T) {
	f := load(t, "2026-07-15.html").WithAfter(t, "<table>", "<td>249</td>", "<td>1,249 [e]</td>", "<td>Revised</td>", "<td>Recounted</td>", "<td>0</td>", "<td>-</td>",
		"</table>", "</table><table><tr><th>x</th></tr></table>")
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	if !slices.Equal(codes, []string{"unknown-table", "unknown-note", "unknown-note"}) {
		t.Errorf("findings %+v", findings)
	}
	if o := obs[0]; o.Value != stat.Known(1249) || o.Mark != "[e]" || o.Revised {
		t.Errorf("%+v", o)
	}
	if o := obs[2]; o.Value.IsKnown() || o.Status != stat.Missing || o.Mark != "-" {
		t.Errorf("%+v", o)
	}
	if o := obs[6]; o.Mark != "Recounted" || o.Revised {
		t.Errorf("%+v", o)
	}
}

func FuzzDecode(f *testing.F) {
	file := load(f, "2026-07-15.html")
	at := strings.Index(string(file.Data), "<table>")
	end := strings.Index(string(file.Data), "</table>")
	sourcetest.Fuzz(f, &Source, []string{"2026-07-15.html"},
		[]byte("<html>"+string(file.Data[at:end])+"</table></html>"),
		[]byte("<html>| Date |</html>"))
}
