package claim

import (
	"encoding/json"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// A line has the series, the window, the figure, what it is compared with or divided by, and the release.
func TestTheLineOfAWindow(t *testing.T) {
	day := stat.MustDate
	m := Match{Series: "a:b:M", Basis: "month", WindowStart: day("2025-03-01"), WindowEnd: day("2025-03-31"), Value: stat.Known(1234), AsOf: day("2025-04-02")}
	prior, change, per, cut, early := m, m, m, m, m
	prior.Prior, prior.PriorStart, prior.PriorEnd = stat.Known(1000), day("2024-03-01"), day("2024-03-31")
	change = prior
	change.Percent = compare.KnownPercent(23.4)
	per.Per, per.PerValue, per.Figure, per.Prior = "a:c:M", stat.Known(100), 12.34, stat.Known(1)
	cut.Cut, early.Early = true, true
	const head, tail = "a:b:M month, 2025-03-01 to 2025-03-31: 1234", "; release of 2025-04-02"
	for want, m := range map[string]Match{
		head + tail: m,
		head + ", against 1000 in 2024-03-01 to 2024-03-31" + tail:           prior,
		head + ", against 1000 in 2024-03-01 to 2024-03-31 (+23.4 %)" + tail: change,
		head + " and 100 of a:c:M, 12.3" + tail:                              per,
		head + ", whole periods only" + tail:                                 cut,
		head + tail + ", the oldest known, for none is as old as the claim":  early,
	} {
		if got := m.Line(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// The answer for people has up to three windows for each number, each with its verdict.
func TestTheLinesOfAnAnswer(t *testing.T) {
	m := func(day string) Match {
		return Match{Series: "a:b:M", AsOf: stat.MustDate(day), Verdict: "verdict of " + day}
	}
	list := func(days ...string) (out []Match) {
		for _, day := range days {
			out = append(out, m(day))
		}
		return out
	}
	four := list("2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04")
	for _, c := range []struct {
		n    ClaimedNumber
		want string
	}{
		{ClaimedNumber{Matches: four, Later: four[:1]}, "500 is reproduced by; 2025-01-01; 2025-01-02; 2025-01-03"},
		{ClaimedNumber{Matches: four[:1], Nearest: four}, "500 is reproduced by; 2025-01-01"},
		{ClaimedNumber{Later: four[1:2], Nearest: four}, "500 was not known on 2025-06-20: the release of 2025-01-02 states it; 2025-01-02"},
		{ClaimedNumber{Nearest: four[3:]}, "500 is reproduced by no window; the nearest are; 2025-01-04"},
		{ClaimedNumber{}, "500: no series has figures to compare it with"},
	} {
		c.n.Text = "500"
		lines := Claimed{On: stat.MustDate("2025-06-20"), Numbers: []ClaimedNumber{c.n}}.Lines()
		got := []string{lines[0]}
		for i := 1; i < len(lines); i += 2 {
			day := strings.TrimPrefix(lines[i+1], "    verdict of ")
			if !strings.HasPrefix(lines[i], "  a:b:M") || !strings.HasSuffix(lines[i], day) {
				t.Errorf("%q, %q", lines[i], lines[i+1])
			}
			got = append(got, day)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := (Claimed{}).Lines(); len(got) != 1 || got[0] != "There is no number in the text that could be looked for." {
		t.Errorf("without a number: %q", got)
	}
}

// Quotients and distances are rounded in JSON, facts are a list, and both notes of a window are said.
func TestTheRoundedFiguresOfAMatch(t *testing.T) {
	m := Match{Figure: 12.3456789, Off: 12.3456789, Early: true, Cut: true, Facts: []words.Fact{{Fact: "number", Words: "500", Holds: true}}}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"figure":12.3457,"off":12.345679,`, `"facts":[{"fact":"number","words":"500","holds":true}]`, `"note":"` + noteEarly + `; ` + noteCut + `"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s: not in %s", want, text)
		}
	}
}

// A verdict counts no further than to five.
func TestTheCountOfAVerdict(t *testing.T) {
	facts := make([]words.Fact, 5)
	for i := range facts {
		facts[i] = words.Fact{Fact: "f", Holds: true}
	}
	for n, want := range map[int]string{2: "both facts", 3: "all three facts", 4: "all four facts", 5: "all five facts"} {
		if got := verdict(facts[:n], 0); !strings.HasPrefix(got, want+" of the sentence hold: f") {
			t.Errorf("%d: %s", n, got)
		}
	}
}
