package pipeline_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/publish/tables"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

// said is one number of a published sentence, and where our data have it. A series is empty if no
// window of ours gives the number. The answers are computed from the raw files.
type said struct {
	id, on, text, data string
	aside              bool // kept aside while the rules were written
	number             int  // the place of the number in the sentence, from 1
	series             string
	start, end, value  string
}

// corpus reads the published sentences for which so much data is needed: "starter" or "real".
func corpus(t *testing.T, data string) []said {
	t.Helper()
	rows := files.ReadCSV(t, "testdata", "claims", "corpus.csv")
	at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	var out []said
	for _, r := range rows[1:] {
		n, err := strconv.Atoi(at(r, "number"))
		if err != nil || at(r, "publisher") == "" || !strings.HasPrefix(at(r, "url"), "http") {
			t.Fatalf("%v: %v", r, err)
		}
		if at(r, "data") == data {
			out = append(out, said{at(r, "id"), at(r, "on"), at(r, "text"), data, at(r, "aside") == "true", n, at(r, "series"), at(r, "window_start"), at(r, "window_end"), at(r, "value")})
		}
	}
	return out
}

// ownSentences reads sentences of our own that say such things in other words, right and wrong ones, with what is right.
func ownSentences(t *testing.T) []said {
	t.Helper()
	var out []said
	for i, r := range files.ReadCSV(t, "testdata", "claims", "own.csv")[1:] {
		n, err := strconv.Atoi(r[2])
		if err != nil {
			t.Fatalf("%v: %v", r, err)
		}
		out = append(out, said{id: fmt.Sprint("row ", i+2), on: r[0], text: r[1], number: n, series: r[3], start: r[4], end: r[5], value: r[6]})
	}
	return out
}

// verdict says how an answer differs from the right one, or "".
func (s said) wrong(t *testing.T, c *tables.Claims) string {
	t.Helper()
	got, err := c.Answer(t.Context(), s.text, stat.MustDate(s.on))
	if err != nil {
		t.Fatal(s.id, err)
	}
	if len(got.Numbers) < s.number {
		return fmt.Sprintf("has %d numbers", len(got.Numbers))
	}
	n := got.Numbers[s.number-1]
	found := append(n.Matches, n.Later...)
	switch {
	case len(found) == 0 && s.series == "":
		return ""
	case len(found) == 0:
		near := ""
		if len(n.Nearest) > 0 {
			near = n.Nearest[0].Line() + ", " + n.Nearest[0].Verdict
		}
		return fmt.Sprintf("%s: no window; nearest %s", n.Text, near)
	case s.series == "":
		return fmt.Sprintf("%s: nothing of ours gives it, got %s", n.Text, found[0].Line())
	}
	m := found[0]
	if string(m.Series) != s.series || m.WindowStart.String() != s.start || m.WindowEnd.String() != s.end || m.Value.String() != s.value {
		return fmt.Sprintf("%s: got %s", n.Text, m.Line())
	}
	return ""
}

// knownWrong lists the numbers that are answered wrongly, with the reason. One that becomes right must be
// taken off the list.
var knownWrong = map[string]string{}

// TestClaimsOfTheCorpus answers published sentences from the starter data. It says what share is right,
// of those the rules were written with and of those kept aside.
func TestClaimsOfTheCorpus(t *testing.T) {
	t.Parallel()
	cfg := starterConfig(t, boats, "ukho-asylum", "ukho-france-exchange", "iom-missing-migrants", "it-interior-landings", "ukho-illegal-entry", "ukho-returns", "ukho-crossing-conditions", "ukho-small-boat-asylum")
	c, err := tables.NewClaims(cfg.registry())
	if err != nil {
		t.Fatal(err)
	}
	right, all := map[bool]int{}, map[bool]int{}
	sentences := map[string]bool{}
	for _, s := range corpus(t, "starter") {
		key := fmt.Sprintf("%s %d", s.id, s.number)
		wrong := s.wrong(t, c)
		reason, listed := knownWrong[key]
		sentences[s.id] = true
		all[s.aside]++
		switch {
		case wrong == "" && listed:
			t.Errorf("%s is right now: take it off the list", key)
		case wrong != "" && !listed:
			t.Errorf("%s: %q on %s\n\t%s", key, s.text, s.on, wrong)
		case listed && reason == "":
			t.Errorf("%s has no reason", key)
		}
		if wrong == "" {
			right[s.aside]++
		}
	}
	t.Logf("%d sentences; right %d of %d numbers of those at hand, %d of %d of those kept aside", len(sentences), right[false], all[false], right[true], all[true])
	if len(sentences) < 80 {
		t.Errorf("only %d sentences", len(sentences))
	}
	for _, s := range ownSentences(t) {
		if wrong := s.wrong(t, c); wrong != "" {
			t.Errorf("own.csv, %s: %q on %s\n\t%s", s.id, s.text, s.on, wrong)
		}
	}
}
