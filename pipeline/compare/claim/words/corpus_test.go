package words

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

var update = flag.Bool("update", false, "rewrite the readings of the published sentences")

// asked are series and sources that the readings are asked about.
var (
	asked = []stat.SeriesID{"ukho-small-boats:arrivals:D", "ukho-small-boats:boats:D", "ukho-small-boats-weekly:prevented-persons:W", "ukho-illegal-entry:detections:Q:category=small-boat",
		"ukho-asylum:asylum-claims:Q", "ukho-asylum:in-hotels:Q", "ukho-returns:returns:Q:category=enforced", "iom-missing-migrants:dead:M:route=english-channel", "it-interior-landings:arrivals:D"}
	years = []int{2018, 2020, 2021, 2022, 2023, 2024, 2025}
)

// TestCorpus compares what the words of all published sentences fix with testdata/readings.txt. That
// the right windows follow from them is for TestCorpus of package pipeline.
func TestCorpus(t *testing.T) {
	rows := files.ReadCSV(t, "..", "..", "..", "testdata", "claims", "corpus.csv")
	at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	name := filepath.Join("testdata", "readings.txt")
	want, all, last := string(files.ReadFile(t, name)), "", ""
	for _, r := range rows[1:] {
		key := at(r, "on") + at(r, "text")
		if key == last {
			continue
		}
		last = key
		got := fmt.Sprintf("%s %s\n%s", at(r, "on"), at(r, "id"), written(Parse(at(r, "text")).Read(stat.MustDate(at(r, "on")))))
		all += got
		if rest, same := strings.CutPrefix(want, got); same {
			want = rest
		} else if !*update {
			t.Fatalf("%s: got\n%s\nwant\n%s\nread the difference, then: go test ./pipeline/compare/claim/words -run TestCorpus -update", name, got, want[:min(len(want), len(got))])
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(all), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != "" {
		t.Fatalf("%s has more: %s", name, want)
	}
}

// written returns a line for a reading, and three for each of its numbers: the number, when, and what.
func written(r *Reading) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  names day %t, counts since %t, spans", r.NamesDay(), r.CountsSince())
	for _, s := range r.Spans() {
		fmt.Fprintf(&b, " %s..%s%s", s.Start, s.End, mark(s.Open, " open")+mark(s.Basis != "", " "+s.Basis))
	}
	for i, n := range r.Numbers {
		w, x := r.numbers[i].when, r.numbers[i].series
		fmt.Fprintf(&b, "\n  %q %v [%v %v] kind %d%s\n    when %q %q", n.Text, n.Value, n.Low, n.High, n.Kind,
			mark(n.Percent, " %")+mark(n.Direction > 0, " up")+mark(n.Direction < 0, " down")+mark(n.compared, " compared")+mark(n.far, " far")+mark(n.from, " from")+mark(n.Money, " money")+mark(n.Unrounded(), " unrounded"), w.words, w.name)
		b.WriteString(mark(w.borrowed, " borrowed") + mark(r.ToDate(i), " to date") + mark(r.ComparesWithLast(i), " with last"))
		for _, s := range w.spans {
			fmt.Fprintf(&b, ", %s..%s%s%s", s.start, s.end, mark(s.open, " open")+mark(s.inside, " inside")+mark(s.ending, " ending")+mark(s.newest, " newest"), mark(len(s.bases) > 0, " "+strings.Join(s.bases, " ")))
		}
		b.WriteString(", may skip")
		for _, y := range years {
			b.WriteString(mark(r.MaySkip(i, y), fmt.Sprint(" ", y)))
		}
		subject := "-"
		if x.subject != nil {
			subject = fmt.Sprint(x.subject.measures, len(x.subject.sources))
		}
		fmt.Fprintf(&b, "\n    what %s %q place %q %v who %v %q%s%s", subject, x.words, x.place, x.routes, x.who, x.whoName, mark(x.named, " named"), mark(r.Elsewhere(i), " elsewhere"))
		for k, id := range asked {
			measure, place, who := r.Allows(i, id)
			m, s, named := r.Rank(i, strings.Split(string(id), ":")[0], strings.Split(string(id), ":")[1])
			fmt.Fprintf(&b, " %d:%s%s%s", k, mark(measure, "m")+mark(place, "p")+mark(who, "w"), mark(named, fmt.Sprintf("%d/%d", m, s)), mark(r.Wants(id), "+"))
		}
	}
	b.WriteString("\n")
	return b.String()
}

// mark returns a text if something is so, else "".
func mark(is bool, text string) string {
	if is {
		return text
	}
	return ""
}
