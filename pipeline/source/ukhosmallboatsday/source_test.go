package ukhosmallboatsday

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// stated is what the pages state: the day, people, boats and boats in
// uncontrolled landings. The others state nothing.
var stated = map[string]string{
	"2022-05-25.html": "2022-05-24 0 0",
	"2022-05-26.html": "2022-05-25 0 0",
	"2022-07-12.html": "2022-07-11 442 15 0",
	"2022-08-22.html": "2022-08-21 0 0 0",
	"2022-08-23.html": "2022-08-22 1295 27 0",
	"2022-09-04.html": "2022-09-03 960 20 0",
	"2022-11-14.html": "2022-11-13 853 26 0",
	"2023-01-31.html": "2023-01-30 0 0 0",
}

func load(t testing.TB, name string) sourcetest.File {
	t.Helper()
	return sourcetest.Load(t, id, name)
}

func TestContract(t *testing.T) {
	var files []sourcetest.File
	all := sourcetest.LoadAll(t, id)
	for _, f := range all {
		if stated[f.Name] != "" {
			files = append(files, f)
		}
	}
	if len(files) != 8 || len(all) != 10 {
		t.Fatalf("%d of %d pages, want 8 of 10", len(files), len(all))
	}
	sourcetest.Run(t, &Source, files)
}

func TestPages(t *testing.T) {
	for name, want := range stated {
		obs, findings, err := sourcetest.Decode(&Source, load(t, name))
		if err != nil || len(findings) != 0 {
			t.Fatalf("%s: findings %v, %v", name, findings, err)
		}
		got := obs[0].Period.Start.String()
		for i, o := range obs {
			if o.Series.ID != Source.Series[i].ID || o.Status != stat.Provisional || o.Period != obs[0].Period || !strings.HasPrefix(o.Locator, "line ") {
				t.Errorf("%s: %+v", name, o)
			}
			got += " " + o.Value.String()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if o := obs[0]; o.Release.Vintage != o.Period.End+1 {
			t.Errorf("%s: %s published on %s", name, o.Period.End, o.Release.Vintage)
		}
	}
}

func TestReleaseDate(t *testing.T) {
	for name, want := range map[string]string{
		"2022-05-25.html": "2022-05-25 0001-01-01T00:00:00Z", // shown on the page
		"2022-07-12.html": "2022-07-12 2022-07-12T07:59:33Z",
		"2022-08-23.html": "2022-08-23 2022-08-23T08:07:41Z",
		"2023-03-31.html": "2023-02-04 2023-02-04T23:04:24Z",
	} {
		d, at := Source.Date(name, load(t, name).Data)
		if got := d.String() + " " + at.Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// change returns a page with each old text replaced once by the new one
// that follows it. A text that is not there fails the test.
func change(t testing.TB, f sourcetest.File, oldnew ...string) sourcetest.File {
	t.Helper()
	at := strings.Index(string(f.Data), "<main")
	head, text := string(f.Data[:at]), string(f.Data[at:])
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(text, oldnew[i]) {
			t.Fatalf("%q is not in the page", oldnew[i])
		}
		text = strings.Replace(text, oldnew[i], oldnew[i+1], 1)
	}
	return sourcetest.File{Name: f.Name, Data: []byte(head + text)}
}

func TestRefusals(t *testing.T) {
	f := load(t, "2022-08-23.html")
	const people, boats = "Number of migrants detected in small boats: 1,295", "Number of boats detected: 27"
	for _, c := range []struct {
		name string
		file sourcetest.File
		want error
		at   string
	}{
		{"legacy page", load(t, "2023-03-31.html"), decode.ErrShape, "legacy page, no longer updated"},
		{"legacy page that is not called so", load(t, "2023-02-02.html"), decode.ErrShape, "the page states no day, no number of migrants, no number of boats"},
		{"a year off", change(t, f, "23:59 22 August 2022", "23:59 22 August 2021"), decode.ErrPeriod, "22 August 2021 is a year off, published on 2022-08-23 it can only be 2022-08-22; it would overwrite 2021"},
		{"a month off", change(t, f, "23:59 22 August 2022", "23:59 22 July 2022"), decode.ErrPeriod, "22 July 2022 is 32 days before it was published on 2022-08-23"},
		{"a day to come", change(t, f, "23:59 22 August 2022", "23:59 24 August 2022"), decode.ErrPeriod, "24 August 2022 was not over"},
		{"no such day", change(t, f, "23:59 22 August 2022", "23:59 32 August 2022"), decode.ErrPeriod, `"32 August 2022"`},
		{"no day", change(t, f, "24-hour period", "period"), decode.ErrShape, "before the day that it is of"},
		{"two days", change(t, f, people, "Data for the 24-hour period 00:00 to 23:59 21 August 2022</p><p>"+people), decode.ErrShape, "a second day, 2022-08-21"},
		{"no boats", change(t, f, boats, ""), decode.ErrShape, "the page states no number of boats"},
		{"no people", change(t, f, people, "1,295 people"), decode.ErrShape, "the page states no number of migrants"},
		{"twice", change(t, f, boats, people), decode.ErrShape, "a second figure for arrivals"},
		{"text for a count", change(t, f, "1,295", "1,2o5"), decode.ErrCount, `number of migrants detected in small boats: "1,2o5"`},
		{"nothing for a count", change(t, f, "boats: 1,295", "boats:"), decode.ErrCount, "an empty cell"},
	} {
		t.Run(c.name, func(t *testing.T) {
			obs, _, err := sourcetest.Decode(&Source, c.file)
			var where *decode.Error
			if !errors.Is(err, c.want) || !errors.As(err, &where) || obs != nil {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.at) || where.File != c.file.Name || where.Hint == "" {
				t.Errorf("error %q, want it to name the file and %q, with a hint", err, c.at)
			}
		})
	}
}

func TestOddButUsable(t *testing.T) {
	f := change(t, load(t, "2022-08-23.html"), "1,295", "1,295 [r]", "detected: 27", "detected: 27 [e]", "Number of boats known", "Number of ferries known")
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 2 || len(findings) != 2 || findings[0].Code != "unknown-note" || findings[1].Code != "unknown-figure" {
		t.Fatalf("%d observations, findings %+v, %v", len(obs), findings, err)
	}
	if !obs[0].Revised || obs[0].Mark != "[r]" || obs[1].Revised || obs[1].Mark != "[e]" {
		t.Errorf("%+v", obs)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<html><p>for the 24-hour period 00:00 to 23:59 22 August 2022.<p>Number of migrants detected in small boats: 1,295<p>Number of boats detected: 27</html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Source.Date("x.html", data)
		r, err := Source.Decode(source.File{Name: "x.html", Data: data, Release: &stat.Release{Vintage: stat.MustDate("2022-08-23")}})
		if err != nil && r.Observations != nil || err == nil && len(r.Observations) < 2 {
			t.Errorf("%d observations, %v", len(r.Observations), err)
		}
		for _, o := range r.Observations {
			if err := o.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
