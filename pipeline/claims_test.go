package pipeline_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/compare/claim"
	"crossings/pipeline/publish"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// afterStarter returns the configuration with a clock after the newest starter figures.
func afterStarter(cfg world) world {
	cfg.Now = func() time.Time { return time.Date(2026, 7, 17, 3, 0, 0, 0, time.UTC) }
	return cfg
}

// starterConfig returns a data folder with the starter figures of some sources.
func starterConfig(t testing.TB, ids ...string) world {
	t.Helper()
	cfg := afterStarter(config(t, t.TempDir()))
	for _, id := range ids {
		for _, o := range addTo(t, cfg, id, filepath.Join("..", "data", "raw", "starter", id+".csv")) {
			if o.State != review.Added {
				t.Fatalf("%s: %+v", id, o)
			}
		}
	}
	return cfg
}

// TestClaims has real sentences and the windows that reproduce them: for each number the
// series, the basis, the window and its figures.
func TestClaims(t *testing.T) {
	t.Parallel()
	cfg := starterConfig(t, boats, "ukho-asylum", "ukho-france-exchange", "iom-missing-migrants")
	const arrivals = "ukho-small-boats:arrivals:D"
	for _, c := range []struct {
		on, text string
		want     []string
	}{
		{"2025-09-18", "More than 30,000 people have made the crossing so far this year, compared to 37,000 for the whole of 2024", []string{
			"More than 30,000 = " + arrivals + " year-to-date 2025-01-01 2025-09-17 31031 on 23628 +31.3 %",
			"37,000 = " + arrivals + " year 2024-01-01 2024-12-31 36816 on 29437 +25.1 %"}},
		{"2023-11-08", "26,699 so far this year, down 33 %", []string{
			"26,699 = " + arrivals + " year-to-date 2023-01-01 2023-11-07 26699 on 39929 −33.1 %",
			"33 % = " + arrivals + " year-to-date 2023-01-01 2023-11-07 26699 on 39929 −33.1 %"}},
		{"2023-11-08", "Arrivals fell by 31% over twelve months, to 32,525 from 47,332", []string{
			"31% = " + arrivals + " rolling-12-months 2022-11-08 2023-11-07 32525 on 47332 −31.3 %",
			"32,525 = " + arrivals + " rolling-12-months 2022-11-08 2023-11-07 32525 on 47332 −31.3 %",
			"47,332 = " + arrivals + " rolling-12-months 2021-11-08 2022-11-07 47332 on 21989 +115.3 %"}},
		{"2025-04-16", "8,888 so far this year, up 42% on the 6,265 of 2024 and up 81% on the 4,899 of 2023", []string{
			"8,888 = " + arrivals + " year-to-date 2025-01-01 2025-04-15 8888 on 6265 +41.9 %",
			"42% = " + arrivals + " year-to-date 2025-01-01 2025-04-15 8888 on 6265 +41.9 %",
			"6,265 = " + arrivals + " year-to-date 2024-01-01 2024-04-15 6265 on 4899 +27.9 %",
			"81% = " + arrivals + " year-to-date 2025-01-01 2025-04-15 8888 on 4899 +81.4 %",
			"4,899 = " + arrivals + " year-to-date 2023-01-01 2023-04-15 4899 on 6009 −18.5 %"}},
		{"2025-07-02", "In the first half of 2025, 19,982 people arrived, against 13,489, 11,433 and 12,747 in the years before", []string{
			"19,982 = " + arrivals + " half-year 2025-01-01 2025-06-30 19982 on 13489 +48.1 %",
			"13,489 = " + arrivals + " half-year 2024-01-01 2024-06-30 13489 on 11433 +18.0 %",
			"11,433 = " + arrivals + " half-year 2023-01-01 2023-06-30 11433 on 12747 −10.3 %",
			"12,747 = " + arrivals + " half-year 2022-01-01 2022-06-30 12747 on 5917 +115.4 %"}},
		{"2022-09-05", "a record 1,305 people on a single day", []string{
			"1,305 = " + arrivals + " day 2022-09-03 2022-09-03 1305 on 0 "}},
		{"2026-03-10", "There are 30,657 people in hotels, down from 38,054 a year before", []string{
			"30,657 = ukho-asylum:in-hotels:Q point 2025-12-31 2025-12-31 30657 on 38054 −19.4 %",
			"38,054 = ukho-asylum:in-hotels:Q point 2024-12-31 2024-12-31 38054 on 45744 −16.8 %"}},
		{"2025-08-12", "50,271 people have crossed since Labour came to power", []string{
			"50,271 = " + arrivals + " policy-period 2024-07-05 2025-08-11 50271 on 36346 +38.3 %"}},
		{"2025-06-01", "At least 82 people died in the Channel in 2024", []string{
			"At least 82 = iom-missing-migrants:dead-and-missing:M:route=english-channel year 2024-01-01 2024-12-31 82 on 24 "}},
		{"2026-07-20", "1,087 people have been returned to France under one in, one out", []string{
			"1,087 = ukho-france-exchange:exchange-out:M since 2025-09-01 2026-06-30 1087 on  "}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := tables.Claim(t.Context(), cfg.registry(), c.text, stat.MustDate(c.on))
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, n := range got.Numbers {
				if len(n.Matches) == 0 {
					t.Fatalf("nothing gives %s; nearest %+v", n.Text, n.Nearest)
				}
				m := n.Matches[0]
				lines = append(lines, strings.Join([]string{n.Text, "=", string(m.Series), m.Basis, m.WindowStart.String(), m.WindowEnd.String(),
					m.Value.String(), "on", m.Prior.String(), m.Percent.Signed()}, " "))
			}
			if strings.Join(lines, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestAClaimThatNothingReproducesGetsTheNearest checks figures outside any series,
// and a text without any.
func TestAClaimThatNothingReproducesGetsTheNearest(t *testing.T) {
	t.Parallel()
	cfg := starterConfig(t, boats)
	got, err := tables.Claim(t.Context(), cfg.registry(), "987,654,321 arrivals in 2025", stat.MustDate("2026-01-10"))
	if err != nil || len(got.Numbers) != 1 || len(got.Numbers[0].Matches) != 0 || len(got.Numbers[0].Nearest) == 0 {
		t.Fatalf("%+v, error %v", got, err)
	}
	if m := got.Numbers[0].Nearest[0]; m.Series != "ukho-small-boats:arrivals:D" || m.Off < 0.9 {
		t.Errorf("nearest %+v", m)
	}
	got, err = tables.Claim(t.Context(), cfg.registry(), "No figure in it.", stat.MustDate("2026-01-10"))
	if err != nil || len(got.Numbers) != 0 || len(got.Lines()) != 1 {
		t.Errorf("%+v, error %v", got, err)
	}
}

// TestAClaimIsAnsweredAsOfItsDay uses the vintage known on the day, and says so if there was
// none.
func TestAClaimIsAnsweredAsOfItsDay(t *testing.T) {
	t.Parallel()
	cfg := configAllYears(t, t.TempDir())
	mustAdd(t, cfg, wholeRelease(t, "2025-11-28"), wholeRelease(t, "2026-06-26"))
	for on, want := range map[string]claim.Match{
		"2025-11-30": {AsOf: stat.MustDate("2025-11-28")},
		"2025-09-18": {AsOf: stat.MustDate("2025-11-28"), Early: true},
		"2026-07-01": {AsOf: stat.MustDate("2026-06-26")},
	} {
		got, err := tables.Claim(t.Context(), cfg.registry(), "36,816 in the whole of 2024", stat.MustDate(on))
		if err != nil || len(got.Numbers) != 1 || len(got.Numbers[0].Matches) == 0 {
			t.Fatalf("%s: %+v, error %v", on, got, err)
		}
		if m := got.Numbers[0].Matches[0]; m.AsOf != want.AsOf || m.Early != want.Early || m.Value != stat.Known(36816) {
			t.Errorf("%s: %+v", on, m)
		}
	}
}

func TestClaimAsJSON(t *testing.T) {
	t.Parallel()
	cfg := starterConfig(t, boats)
	got, err := tables.Claim(t.Context(), cfg.registry(), "36,816 in the whole of 2024", stat.MustDate("2026-06-27"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"text":"36,816 in the whole of 2024","on":"2026-06-27","numbers":[{"text":"36,816","matches":[{"series":"ukho-small-boats:arrivals:D",` +
		`"basis":"year","window_start":"2024-01-01","window_end":"2024-12-31","value":36816,"prior_value":29437,"change_percent":25.0671,"as_of":"2026-06-26"`
	if !strings.HasPrefix(string(text), want) {
		t.Errorf("got %.400s", text)
	}
}

// TestClaimsOfAFileAreCheckedAtEveryPublish reads data/raw/claims. The site must say what
// reproduces each number, and whether a revision has changed it since.
func TestClaimsOfAFileAreCheckedAtEveryPublish(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-02-20"), release(t, "2026-02-27"))
	folder := filepath.Join(cfg.Data, "raw", "claims")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	say := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// The week's landings were 5 in the release of 20 February and then, without a
	// mark, 0.
	say("a.csv", "text,date,url\n5 uncontrolled boat landings in the week ending 15 February 2026,2026-02-21,https://example.org/said\n<b>nothing</b> to count,2026-02-22,\n")
	published(t, cfg, "")
	table := rows(t, cfg.Data, "claims")
	row := find(t, table, "claim=a-2")
	for column, want := range map[string]string{"found": "true", "series": "ukho-small-boats:uncontrolled-landings:W", "basis": "week", "window_end": "2026-02-15",
		"value": "5", "value_now": "0", "changed": "true", "as_of": "2026-02-20", "early": "false", "revised_on": "2026-02-27", "url": "https://example.org/said"} {
		if row[column] != want {
			t.Errorf("%s is %q, want %q", column, row[column], want)
		}
	}
	if row := find(t, table, "claim=a-3"); row["number"] != "0" || row["found"] != "false" {
		t.Errorf("a claim without a number: %v", row)
	}
	for page, want := range map[string]string{"feed.atom": "urn:crossings:claim:a-2:1:2026-02-27", "corrections.html": "Claims whose figures were revised"} {
		text, err := os.ReadFile(filepath.Join(cfg.Data, "out", "site", page))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not have %q (%v)", page, want, err)
		}
	}
	then := published(t, cfg, "2026-02-21")
	if table := rowsOf(t, then.Site, "claims"); len(table) != 1 || table[0]["changed"] != "false" {
		t.Errorf("as of 21 February: %v", table)
	}

	// A bad file is reported with its place; the others are still answered.
	say("b.csv", "text,date,url\n100 boats,yesterday,\n")
	p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
	if p == nil || err == nil || !strings.Contains(err.Error(), `b.csv: row 2, column "date"`) || p.Rows["claims"] != 2 {
		t.Errorf("%+v, error %v", p, err)
	}
}

// TestAClaimOfADayThatOnlyThePageKnew answers from the page of the day, because the time
// series has no release that old and states another figure now.
func TestAClaimOfADayThatOnlyThePageKnew(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-06-26"))
	for _, o := range addTo(t, cfg, "ukho-small-boats-day", sourcetest.Fixture(t, "ukho-small-boats-day", "2022-08-23.html")) {
		if o.Failed() {
			t.Fatal(o.Err)
		}
	}
	got, err := tables.Claim(t.Context(), cfg.registry(), "1,295 people crossed on 22 August 2022, in a single day", stat.MustDate("2022-08-24"))
	if err != nil || len(got.Numbers) != 1 || len(got.Numbers[0].Matches) == 0 {
		t.Fatalf("%+v, error %v", got, err)
	}
	if m := got.Numbers[0].Matches[0]; m.Series != "ukho-small-boats-day:arrivals:D" || m.WindowEnd != stat.MustDate("2022-08-22") || m.Early {
		t.Errorf("%+v", m)
	}
}

// TestClaimsUseThePublishedWindows compares windows at the end of February with
// those of the tables.
func TestClaimsUseThePublishedWindows(t *testing.T) {
	t.Parallel()
	cfg := starterConfig(t, boats)
	published(t, cfg, "2026-06-26")
	for _, c := range []struct{ text, on, basis, start, priorStart, priorEnd string }{
		{"2,056 so far this year, to 28 February 2025", "2025-03-01", "year-to-date", "2025-01-01", "2024-01-01", "2024-02-28"},
		{"36,745 in the twelve months to 28 February 2025", "2025-03-01", "rolling-12-months", "2024-03-01", "2023-03-01", "2024-02-29"},
	} {
		got, err := tables.Claim(t.Context(), cfg.registry(), c.text, stat.MustDate(c.on))
		if err != nil || len(got.Numbers) != 1 {
			t.Fatalf("%+v, error %v", got, err)
		}
		for _, m := range append(got.Numbers[0].Matches, got.Numbers[0].Nearest...) {
			if m.Basis == c.basis && m.Series == "ukho-small-boats:arrivals:D" && m.WindowEnd == stat.MustDate("2025-02-28") {
				if m.WindowStart.String() != c.start || m.PriorStart.String() != c.priorStart || m.PriorEnd.String() != c.priorEnd {
					t.Errorf("%s: %s to %s on %s to %s", c.text, m.WindowStart, m.WindowEnd, m.PriorStart, m.PriorEnd)
				}
			}
		}
	}
}

// BenchmarkClaim answers one sentence over the series of four sources.
func BenchmarkClaim(b *testing.B) {
	cfg := starterConfig(b, boats, "ukho-asylum", "ukho-france-exchange", "iom-missing-migrants")
	on := stat.MustDate("2025-09-18")
	for b.Loop() {
		if _, err := tables.Claim(b.Context(), cfg.registry(), "More than 30,000 people have made the crossing so far this year, compared to 37,000 for the whole of 2024", on); err != nil {
			b.Fatal(err)
		}
	}
}
