package codes

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

func TestTally(t *testing.T) {
	l := build("route", "iom", []schemas.Label{{Label: "A", Code: "a"}, {Label: "B", Code: "b"}})
	met := func(labels ...string) *Tally {
		var out Tally
		for i, label := range labels {
			r, err := l.Open(label)
			if err != nil {
				t.Fatal(err)
			}
			out.Add(l, "Route", label, fmt.Sprintf("B%d", i+2), r)
		}
		return &out
	}
	severities := func(list []stat.Finding) (out string) {
		for _, f := range list {
			out += f.Code + "/" + f.Severity.String() + " "
		}
		return out
	}
	for name, c := range map[string]struct {
		tally *Tally
		rows  int
		want  string
	}{
		"all listed":             {met("A", "b", "A"), 3, ""},
		"one by its parts":       {met("A", "A,B", "B, A"), 3, "unlisted-label/note unlisted-label/note "},
		"one in a small file":    {met("A", "C"), 2, "unlisted-label/warning "},
		"few of many":            {met("C", "C", "C", "c"), 80, "unlisted-label/warning "},
		"more than one in 20":    {met("C", "C", "C", "c", "C"), 80, "many-unlisted-labels/error unlisted-label/warning "},
		"composites never wait":  {met("A,B", "A,B", "A,B"), 3, "unlisted-label/note "},
		"two labels, each found": {met("C", "D"), 100, "unlisted-label/warning unlisted-label/warning "},
	} {
		t.Run(name, func(t *testing.T) {
			if got := severities(c.tally.Findings(c.rows)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	f := met("A", "C", "C").Findings(100)[0]
	if f.Where != "B3" || !strings.Contains(f.Message, `"C" is in no list; rows with it: 2`) || !strings.Contains(f.Message, "code x-c of route") {
		t.Errorf("finding %+v", f)
	}
}

// TestTallyIsBounded checks that a file with a different label in each row gets a bounded list of
// findings.
func TestTallyIsBounded(t *testing.T) {
	l := build("route", "iom", nil)
	var out Tally
	for i := range 10_000 {
		label := fmt.Sprint("label ", i)
		r, _ := l.Open(label)
		out.Add(l, "Route", label, "B2", r)
	}
	if n := len(out.Findings(10_000)); n > maxListed+2 {
		t.Errorf("%d findings", n)
	}
}
