package ukhosmallboatslast7days

import (
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// newest is the fixture that other pages are made from; broken has a fault.
const newest, broken = "2026-07-15.html", "2026-03-08.html"

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) { sourcetest.Run(t, &Source, []sourcetest.File{load(t, newest)}) }

func TestEachPageHasSevenDays(t *testing.T) {
	sevenDays(t, load(t, newest))
	sevenDays(t, sourcetest.LastSevenDays(t, stat.MustDate("2026-03-02"))) // of two months
}

func sevenDays(t *testing.T, f sourcetest.File) {
	t.Helper()
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 21 || len(findings) != 0 {
		t.Fatalf("%s: %d observations, findings %v, %v", f.Name, len(obs), findings, err)
	}
	if first, last := obs[0], obs[20]; last.Period.Start != first.Period.Start+6 || last.Period.Start >= last.Release.Vintage {
		t.Errorf("%s: %s to %s, published %s", f.Name, first.Period.Start, last.Period.Start, last.Release.Vintage)
	}
}

func TestRevision(t *testing.T) {
	f := load(t, newest)
	tenthOfJuly(t, f.WithAfter(t, "<table>", "<td>255</td>", "<td>225</td>", "<td>Revised</td>", "<td>\u00a0</td>"), "225 P  2026-07-15")
	tenthOfJuly(t, f, "255 P Revised 2026-07-15")
}

// tenthOfJuly checks what a page states of arrivals on 10 July 2026, the one day that was revised.
func tenthOfJuly(t *testing.T, f sourcetest.File, want string) {
	t.Helper()
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(obs, func(o stat.Observation) bool {
		return o.Series.ID == "ukho-small-boats-last7days:arrivals:D" && o.Period == stat.Day(stat.MustDate("2026-07-10"))
	})
	if i < 0 {
		t.Fatalf("%s: no 10 July", f.Name)
	}
	o := obs[i]
	if got := strings.Join([]string{o.Value.String(), string(o.Status), o.Mark, o.Release.Vintage.String()}, " "); got != want || o.Revised != (o.Mark == "Revised") {
		t.Errorf("%s: %s (%t), want %s", f.Name, got, o.Revised, want)
	}
	if !strings.HasPrefix(o.Locator, "line ") || !strings.HasSuffix(o.Locator, ", column B") {
		t.Errorf("locator %q", o.Locator)
	}
}

func TestReleaseDate(t *testing.T) {
	sourcetest.Dates(t, &Source, map[string]string{newest: "2026-07-15 2026-07-15T12:18:43Z"})
	// A page that gained a day without a new date: it is dated the day that it states.
	gained := load(t, newest).With(t, `public-updated-at" content="2026-07-15T13:18:43`, `public-updated-at" content="2026-07-14T15:19:29`)
	if d, at := Source.Date(gained.Name, gained.Data); d != stat.MustDate("2026-07-15") || at.Format(time.RFC3339) != "2026-07-15T12:18:44Z" {
		t.Errorf("a day gained: %s %s", d, at)
	}
	if d, at := Source.Date("2026-07-13.html", []byte("<html>")); d != stat.MustDate("2026-07-13") || !at.IsZero() {
		t.Errorf("no page: %s %s", d, at)
	}
}

func TestRefusals(t *testing.T) {
	f := load(t, newest)
	const (
		eighth = `<tr><th scope="row">15 July 2026</th><td>0</td><td>0</td><td>0</td><td></td></tr>`
		day8   = `<th scope="row">8 July 2026</th>`
		day9   = `<th scope="row">9 July 2026</th>`
	)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("header did not render", load(t, broken), decode.ErrHeader, `2026-03-08.html: line 6: the page's markup failed to render: the table's header stands in the text as "| Date | Migrants arrived |`)
	refuse("year off, last row", f.WithAfter(t, "<table>", "14 July 2026", "14 July 2025"), decode.ErrPeriod, `2026-07-15.html: line 16, column "Date": not a date or period that the page can state: 14 July 2025 is a year off, published on 2026-07-15 it can only be 2026-07-14; it would overwrite 2025`)
	refuse("year off, within", f.WithAfter(t, "<table>", "12 July 2026", "12 July 2025"), decode.ErrPeriod, `2026-07-15.html: line 14, column "Date": not a date or period that the page can state: 12 July 2025 is a year off`)
	refuse("year off, first row", f.WithAfter(t, "<table>", "8 July 2026", "8 July 2025"), decode.ErrPeriod, "would overwrite 2025")
	refuse("next year", f.WithAfter(t, "<table>", "8 July 2026", "8 July 2027"), decode.ErrPeriod, "would overwrite 2027")
	refuse("all of a year ago", sourcetest.File{Name: f.Name, Data: []byte(strings.ReplaceAll(string(f.Data), "July 2026</th>", "July 2025</th>"))}, decode.ErrPeriod, "would overwrite 2025")
	refuse("far off", f.WithAfter(t, "<table>", "8 July 2026", "8 May 2026"), decode.ErrPeriod, "68 days before")
	refuse("today", f.WithAfter(t, "<table>", "14 July 2026", "15 July 2026"), decode.ErrPeriod, "15 July 2026 was not over when it was published on 2026-07-15")
	refuse("row of the day itself", f.WithAfter(t, "<table>", "</tbody>", eighth+"</tbody>"), decode.ErrPeriod, "15 July 2026 was not over")
	refuse("gap", f.WithAfter(t, "<table>", day8, `<th scope="row">7 July 2026</th>`), decode.ErrShape, "2026-07-09 follows where 2026-07-08 was expected")
	refuse("twice", f.WithAfter(t, "<table>", day9, day8), decode.ErrShape, "2026-07-08 is there twice")
	refuse("no date", f.WithAfter(t, "<table>", "8 July 2026", "July 2026"), decode.ErrPeriod, `column "Date": "July 2026"`)
	refuse("no such day", f.WithAfter(t, "<table>", "8 July 2026", "31 June 2026"), decode.ErrPeriod, `"31 June 2026"`)
	refuse("text for a count", f.WithAfter(t, "<table>", "<td>249</td>", "<td>24g</td>"), decode.ErrCount, `column "Migrants arrived": "24g" is not a count`)
	refuse("empty count", f.WithAfter(t, "<table>", "<td>249</td>", "<td> </td>"), decode.ErrCount, `column "Migrants arrived": an empty cell`)
	refuse("negative", f.WithAfter(t, "<table>", "<td>249</td>", "<td>-249</td>"), decode.ErrCount, `"-249"`)
	refuse("spanning count", f.WithAfter(t, "<table>", "<td>249</td><td>4</td>", `<td colspan="2">249</td>`), decode.ErrShape, "spans several places")
	refuse("cell missing", f.WithAfter(t, "<table>", "<td>249</td>", ""), decode.ErrShape, "4 cells")
	refuse("renamed column", f.WithAfter(t, "<table>", "Boats arrived", "Boats landed"), decode.ErrHeader, `column "C": column is called "Boats landed"`)
	refuse("new column", f.WithAfter(t, "<table>", `<th scope="col">Notes</th>`, `<th scope="col">Children</th><th scope="col">Notes</th>`), decode.ErrShape, "5 cells where the header has 6 columns")
	refuse("no table", f.WithAfter(t, "<table>", "<table>", "<svg>", "</table>", "</svg>"), decode.ErrShape, "no table on the page")
}

func TestOddButUsable(t *testing.T) {
	f := load(t, newest).WithAfter(t, "<table>", "<td>249</td>", "<td>1,249 [h]</td>", "<td>Revised</td>", "<td>Recounted</td>", "<td>0</td>", "<td>-</td>",
		"</table>", "</table><table><tr><th>x</th></tr></table>")
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	if !slices.Equal(codes, []string{"unknown-table", "unknown-note", "not-stated", "unknown-note"}) {
		t.Errorf("findings %+v", findings)
	}
	if o := obs[0]; o.Value != stat.Known(1249) || o.Mark != "[h]" || o.Revised {
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
	file := load(f, newest)
	at := strings.Index(string(file.Data), "<table>")
	end := strings.Index(string(file.Data), "</table>")
	sourcetest.Fuzz(f, &Source, []string{"2026-07-15.html"},
		[]byte("<html>"+string(file.Data[at:end])+"</table></html>"),
		[]byte("<html>| Date |</html>"))
}
