package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/hint"
	"crossings/pipeline/publish"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

func published(t testing.TB, cfg world, asOf string) *publish.Published {
	t.Helper()
	var day stat.Date
	if asOf != "" {
		day = stat.MustDate(asOf)
	}
	p, err := publish.Publish(context.Background(), cfg.registry(), cfg.publish(), day)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// rows returns the published CSV of a table as maps from column to value.
func rows(t testing.TB, dir, table string) []map[string]string {
	t.Helper()
	return rowsOf(t, filepath.Join(dir, "out", "site"), table)
}

// rowsOf is rows for the site in a folder.
func rowsOf(t testing.TB, site, table string) []map[string]string {
	t.Helper()
	return files.CSVRows(t, string(files.ReadFile(t, site, "data", table+".csv")))
}

// find returns the one row that has all of the values given as column=value.
func find(t testing.TB, table []map[string]string, want ...string) map[string]string {
	t.Helper()
	var found []map[string]string
	for _, r := range table {
		if !slices.ContainsFunc(want, func(w string) bool { k, v, _ := strings.Cut(w, "="); return r[k] != v }) {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d rows with %v", len(found), want)
	}
	return found[0]
}

func TestPublishedFigures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := configAllYears(t, dir)
	mustAdd(t, cfg, wholeRelease(t, "2026-06-26"))
	p := published(t, cfg, "")
	if want := "11,638 people have arrived in small boats so far in 2026, to 25 June 2026, against 18,518 by the same date of 2025 (−37.2 %) and 41,472 in the whole of 2025."; p.Texts[0] != want {
		t.Errorf("headline\n got %s\nwant %s", p.Texts[0], want)
	}
	ytd := find(t, rows(t, dir, "year-to-date"), "series="+boats+":arrivals:D", "year=2026")
	for column, want := range map[string]string{"cutoff": "2026-06-25", "window_start": "2026-01-01", "window_end": "2026-06-25", "days": "176",
		"value": "11638", "prior_value": "18518", "change": "-6880", "change_percent": "-37.153", "prior_year_value": "41472", "obs_status": "P", "vintage": "2026-06-26", "note": ""} {
		if ytd[column] != want {
			t.Errorf("year to date: %s is %q, want %q", column, ytd[column], want)
		}
	}
	yoy := rows(t, dir, "year-on-year")
	for year, want := range map[string]string{"2018": "299", "2019": "1843", "2020": "8462", "2021": "28526", "2022": "45755", "2023": "29437", "2024": "36816", "2025": "41472"} {
		if r := find(t, yoy, "series="+boats+":arrivals:D", "basis=year", "period_start="+year+"-01-01"); r["value"] != want {
			t.Errorf("%s: %s, want %s", year, r["value"], want)
		}
	}
	day := find(t, rows(t, dir, "daily"), "series="+boats+":arrivals:D", "date=2025-09-06")
	if day["cumulative"] != "30104" || day["prior_cumulative"] != "22028" {
		t.Errorf("2025-09-06: %v", day)
	}
	if r := find(t, rows(t, dir, "records"), "series="+boats+":arrivals:D", "scope=day", "rank=1"); r["period_start"] != "2022-09-03" || r["value"] != "1305" {
		t.Errorf("record %v", r)
	}
	if r := find(t, rows(t, dir, "rates"), "rate=persons-per-boat", "period_start=2025-01-01", "period_end=2025-12-31"); r["value"] != "61.7143" {
		t.Errorf("persons per boat %v", r)
	}
	landings := find(t, rows(t, dir, "observations"), "series="+boats+":uncontrolled-landings:D", "period_start=2022-12-31")
	if landings["value"] != "" || landings["obs_status"] != "O" || landings["publisher_mark"] != "-" || landings["locator"] != "SB_01!D1827" {
		t.Errorf("a missing value is published as %v", landings)
	}
}

func TestPublishingAgainGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	var want oneTree
	for _, order := range [][]string{{"2026-06-19", "2026-06-26"}, {"2026-06-26", "2026-06-19"}} {
		dir := t.TempDir()
		cfg := config(t, dir)
		mustAdd(t, cfg, release(t, order[0]), release(t, order[1]))
		for range 2 {
			published(t, cfg, "")
			// Without this note the site is made again.
			if err := os.Remove(filepath.Join(dir, "out", "cache", "site")); err != nil {
				t.Fatal(err)
			}
			got := tree(t, filepath.Join(dir, "out", "site"), false)
			want.check(t, got)
		}
	}
}

// TestASiteThatStandsIsLeftAlone publishes again with nothing new, with an altered file of the site, and
// with a new release.
func TestASiteThatStandsIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	site := filepath.Join(dir, "out", "site")
	mustAdd(t, cfg, release(t, "2026-06-19"))
	if published(t, cfg, "").Unchanged {
		t.Error("the first site is called unchanged")
	}
	first, whole := tree(t, site, true), tree(t, site, false)
	if !published(t, cfg, "").Unchanged {
		t.Error("nothing is new, and the site was made again")
	}
	same(t, tree(t, site, true), first)
	for name, touch := range map[string]func(path string) error{
		"removed": os.Remove,
		"edited":  func(path string) error { return os.WriteFile(path, []byte("<p>mine"), 0o644) },
		"added":   func(path string) error { return os.WriteFile(path+"x", nil, 0o644) },
	} {
		if err := touch(filepath.Join(site, "about.html")); err != nil {
			t.Fatal(err)
		}
		if published(t, cfg, "").Unchanged {
			t.Errorf("%s: a site that was touched is called unchanged", name)
		}
		same(t, tree(t, site, false), whole)
	}
	entries, err := filepath.Glob(filepath.Join(dir, "out", "lake", "releases", "*", "*"))
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	if err := os.Chtimes(entries[0], time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"where a file of the lake has another time", "after that"} {
		p := published(t, cfg, "")
		if !p.Unchanged || len(p.Texts) == 0 || p.Rows["observations"] == 0 || p.Version != "1.0.0" {
			t.Errorf("%s: %+v", when, p)
		}
	}
	mustAdd(t, cfg, release(t, "2026-06-26"))
	if published(t, cfg, "").Unchanged {
		t.Error("a site with a new release is called unchanged")
	}
	now := tree(t, site, true)
	kept := 0
	for name, file := range first {
		if !strings.HasPrefix(name, "assets/echarts.") {
			continue
		}
		if kept++; now[name] != file {
			t.Errorf("%s is the same and has another time", name)
		}
	}
	if kept == 0 {
		t.Error("the site has no chart library")
	}
	if now["index.html"] == first["index.html"] {
		t.Error("the front page is that of the older release")
	}
}

func TestASiteAsOfADayIsTheSiteOfThatDay(t *testing.T) {
	t.Parallel()
	asOfADay(t, config, []string{release(t, "2026-01-02"), release(t, "2026-02-20"), release(t, "2026-02-27"), release(t, "2026-06-26")})
}

// asOfADay publishes as of 21 February: with all releases, and with those that were
// known then.
func asOfADay(t *testing.T, config worldIn, all []string) {
	t.Helper()
	then, now := t.TempDir(), t.TempDir()
	known := slices.IndexFunc(all, func(p string) bool { return releaseDate(t, p) > stat.MustDate("2026-02-21") })
	mustAdd(t, config(t, then), all[:known]...)
	mustAdd(t, config(t, now), all...)
	before := published(t, config(t, then), "2026-02-21")
	after := published(t, config(t, now), "2026-02-21")
	same(t, tree(t, after.Site, false), tree(t, before.Site, false))
	w := find(t, rowsOf(t, after.Site, "observations"), "series="+boats+":uncontrolled-landings:W", "period_end=2026-02-15")
	if w["value"] != "5" {
		t.Errorf("week ending 2026-02-15 as of 2026-02-21: %v", w)
	}
	after = published(t, config(t, now), "2026-02-28")
	if w := find(t, rowsOf(t, after.Site, "observations"), "series="+boats+":uncontrolled-landings:W", "period_end=2026-02-15"); w["value"] != "0" {
		t.Errorf("week ending 2026-02-15 as of 2026-02-28: %v", w)
	}
}

// TestRevisions counts what changed in the releases of half a year: twelve weeks' rows,
// one of them without a mark, and one taken back later. The releases between the ones
// here changed nothing; TestRealRevisions has all.
func TestRevisions(t *testing.T) {
	t.Parallel()
	var paths []string
	for _, day := range []string{"2026-06-26", "2026-06-05", "2026-05-15", "2026-05-01", "2026-04-24", "2026-04-10", "2026-03-27", "2026-03-06", "2026-02-27", "2026-02-20"} {
		paths = append(paths, release(t, day))
	}
	countRevisions(t, config, paths)
}

// countRevisions publishes the releases, newest first.
func countRevisions(t *testing.T, config worldIn, paths []string) {
	t.Helper()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, paths...)
	published(t, cfg, "")
	ledger := rows(t, dir, "revisions")
	weeks := map[string]bool{}
	for _, r := range ledger {
		weeks[r["period_end"]+" "+r["new_vintage"]] = true
		headline := r["series"] == boats+":prevented-persons:W" // the only weekly series that has one
		if !strings.HasSuffix(r["series"], ":W") || r["substantial"] != strconv.FormatBool(headline) {
			t.Errorf("revision %v", r)
		}
	}
	if len(weeks) != 12 || len(ledger) != 21 {
		t.Errorf("%d values in %d weeks' rows, want 21 in 12", len(ledger), len(weeks))
	}
	silent := find(t, ledger, "marked=false")
	if silent["period_end"] != "2026-02-15" || silent["old_value"] != "5" || silent["new_value"] != "0" || silent["change"] != "-5" ||
		silent["old_vintage"] != "2026-02-20" || silent["new_vintage"] != "2026-02-27" || silent["first_seen"] != "2026-02-27T11:52:04Z" {
		t.Errorf("silent revision %v", silent)
	}
	find(t, ledger, "series="+boats+":prevented-persons:W", "period_end=2026-04-19", "old_value=390", "new_value=322", "marked=true")
	find(t, ledger, "series="+boats+":prevented-persons:W", "period_end=2026-04-19", "old_value=322", "new_value=390", "marked=true")
}

func TestNothingToPublishIsAnErrorThatKeepsTheSite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	published(t, cfg, "")
	before := tree(t, filepath.Join(dir, "out", "site"), true)
	if _, err := publish.Publish(context.Background(), cfg.registry(), cfg.publish(), stat.MustDate("2020-01-01")); !errors.Is(err, tables.ErrNothing) || hint.Of(err) == "" {
		t.Errorf("error %v", err)
	}
	same(t, tree(t, filepath.Join(dir, "out", "site"), true), before)
}

func TestADamagedLakeIsNeverPublished(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	files, err := filepath.Glob(filepath.Join(dir, "out", "lake", "observations", "*", "*.parquet"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(files[0], data, 0o644); err != nil {
		t.Fatal(err)
	}
	if p, err := publish.Publish(context.Background(), cfg.registry(), cfg.publish(), 0); err == nil || p != nil {
		t.Errorf("published %+v, error %v", p, err)
	}
}

func TestASourceInTroubleShowsOnTheSite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	p.serve(t, release(t, "2026-06-26"), newest)
	run(t, cfg)
	p.name = ""
	run(t, cfg)
	published(t, cfg, "")
	if r := find(t, rows(t, dir, "sources"), "source="+boats); r["state"] != "moved" || r["findings"] != "1" || r["retrieved_at"] != "2026-06-28T03:00:00Z" || r["last_release"] != "2026-06-26" {
		t.Errorf("source %v", r)
	}
}

func BenchmarkPublish(b *testing.B) {
	cfg := configAllYears(b, b.TempDir())
	mustAdd(b, cfg, releases(b)...)
	b.ReportAllocs()
	for b.Loop() {
		published(b, cfg, "")
	}
}
