package ukhosmallboatsday

import (
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// stated are the figures of the fixtures: the day, people, boats and boats in
// uncontrolled landings. Other fixtures state nothing.
var stated = map[string]string{
	"2022-05-25.html": "2022-05-24 0 0",
	"2022-08-23.html": "2022-08-22 1295 27 0",
}

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	var files []sourcetest.File
	all := sourcetest.LoadAll(t, id)
	for _, f := range all {
		if stated[f.Name] != "" {
			files = append(files, f)
		}
	}
	if len(files) != 2 || len(all) != 5 {
		t.Fatalf("%d of %d pages, want 2 of 5", len(files), len(all))
	}
	sourcetest.Run(t, &Source, files)
}

func TestPages(t *testing.T) {
	for name, want := range stated {
		states(t, load(t, name), want)
	}
}

// states checks what a page states.
func states(t *testing.T, f sourcetest.File, want string) {
	t.Helper()
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(findings) != 0 {
		t.Fatalf("%s: findings %v, %v", f.Name, findings, err)
	}
	got := obs[0].Period.Start.String()
	for i, o := range obs {
		if o.Series.ID != Source.Series[i].ID || o.Status != stat.Provisional || o.Period != obs[0].Period || !strings.HasPrefix(o.Locator, "line ") {
			t.Errorf("%s: %+v", f.Name, o)
		}
		got += " " + o.Value.String()
	}
	if got != want {
		t.Errorf("%s: %s, want %s", f.Name, got, want)
	}
	if o := obs[0]; o.Release.Vintage != o.Period.End+1 {
		t.Errorf("%s: %s published on %s", f.Name, o.Period.End, o.Release.Vintage)
	}
}

func TestReleaseDate(t *testing.T) {
	sourcetest.Dates(t, &Source, map[string]string{
		"2022-05-25.html": "2022-05-25 0001-01-01T00:00:00Z", // shown on the page
		"2022-08-23.html": "2022-08-23 2022-08-23T08:07:41Z",
		"2023-03-31.html": "2023-02-04 2023-02-04T23:04:24Z",
	})
}

func TestRefusals(t *testing.T) {
	f := load(t, "2022-08-23.html")
	const people, boats = "Number of migrants detected in small boats: 1,295", "Number of boats detected: 27"
	refuse := sourcetest.Refuses(t, &Source)
	refuse("legacy page", load(t, "2023-03-31.html"), decode.ErrShape, "legacy page, no longer updated")
	refuse("legacy page that is not called so", load(t, "2023-02-02.html"), decode.ErrShape, "the page states no day, no number of migrants, no number of boats")
	refuse("a year off", f.WithAfter(t, "<main", "23:59 22 August 2022", "23:59 22 August 2021"), decode.ErrPeriod, "22 August 2021 is a year off, published on 2022-08-23 it can only be 2022-08-22; it would overwrite 2021")
	refuse("a month off", f.WithAfter(t, "<main", "23:59 22 August 2022", "23:59 22 July 2022"), decode.ErrPeriod, "22 July 2022 is 32 days before it was published on 2022-08-23")
	refuse("a day to come", f.WithAfter(t, "<main", "23:59 22 August 2022", "23:59 24 August 2022"), decode.ErrPeriod, "24 August 2022 was not over")
	refuse("no such day", f.WithAfter(t, "<main", "23:59 22 August 2022", "23:59 32 August 2022"), decode.ErrPeriod, `"32 august 2022"`)
	refuse("no day", f.WithAfter(t, "<main", "24-hour period", "period"), decode.ErrShape, "the page states no day")
	refuse("two days, one without figures", f.WithAfter(t, "<main", people, "Data for the 24-hour period 00:00 to 23:59 21 August 2022</p><p>"+people), decode.ErrShape, "the page states no number of migrants, no number of boats of 2022-08-22")
	refuse("no boats", f.WithAfter(t, "<main", boats, ""), decode.ErrShape, "the page states no number of boats")
	refuse("no people", f.WithAfter(t, "<main", people, "1,295 people"), decode.ErrShape, "the page states no number of migrants")
	refuse("twice", f.WithAfter(t, "<main", boats, people), decode.ErrShape, "a second figure for arrivals")
	refuse("text for a count", f.WithAfter(t, "<main", "1,295", "1,2o5"), decode.ErrCount, `number of migrants detected in small boats: "1,2o5"`)
	refuse("nothing for a count", f.WithAfter(t, "<main", "boats: 1,295", "boats:"), decode.ErrCount, "an empty cell")
}

func TestOddButUsable(t *testing.T) {
	f := load(t, "2022-08-23.html").WithAfter(t, "<main", "1,295", "1,295 [r]", "detected: 27", "detected: 27 [h]", "Number of boats known", "Number of ferries known")
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 2 || len(findings) != 2 || findings[0].Code != "unknown-figure" || findings[1].Code != "unknown-note" {
		t.Fatalf("%d observations, findings %+v, %v", len(obs), findings, err)
	}
	if !obs[0].Revised || obs[0].Mark != "[r]" || obs[1].Revised || obs[1].Mark != "[h]" {
		t.Errorf("%+v", obs)
	}
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.html"},
		[]byte("<html><p>for the 24-hour period 00:00 to 23:59 22 August 2022.<p>Number of migrants detected in small boats: 1,295<p>Number of boats detected: 27</html>"))
}
