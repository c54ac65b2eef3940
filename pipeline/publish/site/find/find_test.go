package find_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/find"
	"crossings/pipeline/publish/site/sitetest"
)

// found is an entry as the search shows it.
type found struct {
	Kind  string `json:"k"`
	Title string `json:"t"`
	Page  string `json:"p"`
}

// searcher returns the search of a site, as the pages run it.
func searcher(t *testing.T, s content.Site) func(query string) []found {
	t.Helper()
	text, err := find.Index(content.NewIndex(s), nil, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	assets, err := charts.Assets()
	if err != nil {
		t.Fatal(err)
	}
	name, err := assets.Name("find.js")
	if err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	if _, err := vm.RunScript(name, string(assets.Files[name])); err != nil {
		t.Fatal(err)
	}
	f, err := vm.RunString(`(function (text) { var list = find.prepare(JSON.parse(text)); return function (q) { return JSON.stringify(find.search(list, q, 8)); }; })`)
	if err != nil {
		t.Fatal(err)
	}
	prepare, _ := goja.AssertFunction(f)
	made, err := prepare(goja.Undefined(), vm.ToValue(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	search, _ := goja.AssertFunction(made)
	return func(query string) (out []found) {
		got, err := search(goja.Undefined(), vm.ToValue(query))
		if err != nil {
			t.Fatal(query, err)
		}
		if err := json.Unmarshal([]byte(got.String()), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// TestTheSearchKnowsTheWordsOfReaders has the words that the search did not know, the tasks that
// readers come with, other forms of both, and errors of typing. One of the pages must be among the
// first three.
func TestTheSearchKnowsTheWordsOfReaders(t *testing.T) {
	search := searcher(t, sitetest.Real(t))
	const days = "topics/arrivals.html#records"
	for query, pages := range map[string][]string{
		"deaths":           {"topics/deaths.html"},
		"nationality":      {"charts/arrivals-nationality.html"},
		"backlog":          {"charts/asylum-awaiting.html"},
		"deportation":      {"topics/returns.html"},
		"record":           {days},
		"one in one out":   {"topics/returns.html"},
		"One in, one out?": {"topics/returns.html"},

		"this year against the same date":        {"charts/arrivals-cumulative.html"},
		"the worst day ever":                     {days},
		"returned under the France deal":         {"topics/returns.html"},
		"channel deaths this year":               {"topics/deaths.html"},
		"CSV of all days":                        {"explore.html?measure=ukho-small-boats:arrivals&frequency=D"},
		"2022, 2024 and 2026 only":               {"charts/arrivals-cumulative.html?years=2022,2024,2026"},
		"10 July 2026 before and after revision": {"corrections.html"},
		"people in hotels now":                   {"charts/asylum-hotels.html"},
		"nationality of arrivals":                {"charts/arrivals-nationality.html"},
		"where deaths happened":                  {"topics/deaths.html#map"},

		"died": {"topics/deaths.html"}, "drowned": {"topics/deaths.html"}, "drownings in the channel": {"topics/deaths.html"}, "dead people": {"topics/deaths.html"},
		"country": {"charts/arrivals-nationality.html"}, "removals": {"topics/returns.html"}, "deported": {"topics/returns.html"}, "busiest": {days}, "record day": {days},
		"boats": {"charts/persons-per-boat.html"}, "hotel": {"charts/asylum-hotels.html"}, "waiting list": {"charts/asylum-awaiting.html"}, "fact check": {"claims.html"}, "check a claim": {"check.html"}, "claim checker": {"check.html"},
		"natonality": {"charts/arrivals-nationality.html"}, "deprotation": {"topics/returns.html"}, "hotles": {"charts/asylum-hotels.html"}, "backlogg": {"charts/asylum-awaiting.html"},
		"revisoin": {"corrections.html"}, "nationalit": {"charts/arrivals-nationality.html"}, "excel": {"data/index.html"}, "next release": {"calendar.html"}, "Italy": {"topics/frontiers.html"},
	} {
		got := search(query)
		first := got[:min(3, len(got))]
		for _, page := range pages {
			if !slices.ContainsFunc(first, func(f found) bool { return f.Page == page }) {
				t.Errorf("%q finds %+v, not %s", query, first, page)
			}
		}
	}
}

// TestRevisionsDoNotFillTheAnswers looks for a series that has many revisions: a reader sees two of them, and
// more with the word.
func TestRevisionsDoNotFillTheAnswers(t *testing.T) {
	search := searcher(t, sitetest.Real(t))
	for query, want := range map[string]int{"asylum claims": 2, "claims": 2, "asylum claims revisions": 8} {
		n := 0
		for _, f := range search(query) {
			if f.Kind == "revision" {
				n++
			}
		}
		if n != want {
			t.Errorf("%q finds %d revisions, not %d", query, n, want)
		}
	}
}

func TestTheSearchFindsNothingWhereThereIsNothing(t *testing.T) {
	search := searcher(t, sitetest.Real(t))
	for _, query := range []string{"", "   ", "cost", "xqzzk", "the", "__proto__", "constructor", `"><img src=x>`, "hasOwnProperty", strings.Repeat("a", 5000)} {
		for _, f := range search(query) {
			if query != "the" && query != `"><img src=x>` {
				t.Errorf("%.20q finds %+v", query, f)
			}
		}
	}
}

func TestTheListLeadsNowhereElse(t *testing.T) {
	text, err := find.Index(content.NewIndex(sitetest.Real(t)), nil, func(page string) bool { return page == "topics/deaths.html" })
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Entries []found }
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	for _, e := range list.Entries {
		if !strings.HasPrefix(e.Page, "topics/deaths.html") {
			t.Errorf("%+v leads to a page that is not there", e)
		}
	}
	if len(list.Entries) < 2 {
		t.Errorf("%d entries", len(list.Entries))
	}
}
