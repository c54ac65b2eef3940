// Package quality makes a quality report of each source under the headings of SIMS, the European
// statistical system's Single Integrated Metadata Structure. Figures come from the published tables,
// the rest from short texts of the source. It is pure.
package quality

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// Facts are what the report of one source is made from. The rows are those of the source, releases in
// the order of their days.
type Facts struct {
	Source       *source.Source
	Compared     []stat.Series               // the series that are compared over time
	Observations iter.Seq[*stat.Observation] // the newest vintage of each
	Releases     []row.Release
	Summaries    []row.RevisionSummary
	Bridges      []row.Bridge
	Residuals    []row.Residual
}

// text is the item of a row without a figure.
const text = "text"

// report collects the rows of one source.
type report struct {
	Facts
	tally
	headings map[string]string
	rows     []row.Quality
}

// tally is what is counted of the observations of a source.
type tally struct {
	stated, known, provisional, estimated, breaks int

	first, last           stat.Date // stated
	firstKnown, lastKnown stat.Date
	units, spans          map[string]bool
}

// tallyOf counts observations.
func tallyOf(all iter.Seq[*stat.Observation]) tally {
	t := tally{units: map[string]bool{}, spans: map[string]bool{}}
	for o := range all {
		t.stated++
		t.units[o.Series.Unit], t.spans[string(o.Series.Frequency())] = true, true
		t.first, t.last = earlier(t.first, o.Period.Start), max(t.last, o.Period.End)
		if !o.Value.IsKnown() {
			continue
		}
		t.known++
		t.firstKnown, t.lastKnown = earlier(t.firstKnown, o.Period.Start), max(t.lastKnown, o.Period.End)
		switch o.Status {
		case stat.Provisional:
			t.provisional++
		case stat.Estimated:
			t.estimated++
		case stat.Break:
			t.breaks++
		}
	}
	return t
}

// earlier returns the earlier of two days; the first may be unknown.
func earlier(a, b stat.Date) stat.Date {
	if a.IsZero() {
		return b
	}
	return min(a, b)
}

// Report returns the rows of a source's report, by concept in the order of the code list. A heading
// that nothing is known of has no row.
func Report(f Facts) []row.Quality {
	headings, err := schemas.CodeLabels("quality-concept")
	if err != nil {
		panic(err) // part of the program
	}
	r := &report{Facts: f, tally: tallyOf(f.Observations), headings: headings}
	r.presentation()
	r.dissemination()
	r.relevance()
	r.timeliness()
	r.comparability()
	r.coherence()
	r.revisions()
	r.processing()
	return r.rows
}

// say adds a text. An empty one says nothing and has no row.
func (r *report) say(concept, words string) {
	if words != "" {
		r.rows = append(r.rows, row.Quality{Source: r.Source.ID, Concept: concept, Item: text, Heading: r.headings[concept], Text: words})
	}
}

// figure is a value with its name and unit.
type figure struct {
	item  string
	value float64
	unit  string
}

// state adds a figure with the sentence that says it.
func (r *report) state(concept string, f figure, words string, args ...any) {
	r.rows = append(r.rows, row.Quality{Source: r.Source.ID, Concept: concept, Item: f.item, Heading: r.headings[concept], Value: row.Num(f.value, true), Unit: f.unit,
		Text: fmt.Sprintf(words, args...)})
}

// presentation says what the figures are.
func (r *report) presentation() {
	r.say("S.3.1", r.Source.Holds)
	if r.stated == 0 {
		return
	}
	r.say("S.3.8", fmt.Sprintf("From %s to %s.", r.first.Long(), r.last.Long()))
	r.say("S.4", "What is counted: "+joined(r.units)+".")
	names, err := schemas.CodeLabels("frequency")
	if err != nil {
		panic(err) // part of the program
	}
	said := map[string]bool{}
	for f := range r.spans {
		said[names[f]] = true
	}
	r.say("S.5", "The figures are "+joined(said)+".")
}

// joined writes words in order, the last after "and".
func joined(words map[string]bool) string {
	var out []string
	for w := range words {
		out = append(out, w)
	}
	slices.Sort(out)
	if n := len(out) - 1; n > 0 {
		return strings.Join(out[:n], ", ") + " and " + out[n]
	}
	return strings.Join(out, "")
}

// relevance says what the figures are for, how complete they are, and what limits them.
func (r *report) relevance() {
	r.say("S.12.1", r.Source.Quality.Users)
	if r.stated > 0 {
		r.state("S.12.3.1", figure{"values-known", percent(r.known, r.stated), "per cent"}, "%s of %s stated observations have a value.", count(r.known), count(r.stated))
	}
	r.say("S.13.1", r.Source.Quality.Accuracy)
	if r.known > 0 {
		r.state("S.13.1", figure{"values-provisional", percent(r.provisional, r.known), "per cent"}, "%s of %s values are called provisional.", count(r.provisional), count(r.known))
		r.state("S.13.1", figure{"values-estimated", percent(r.estimated, r.known), "per cent"}, "%s of %s values are estimates.", count(r.estimated), count(r.known))
	}
	r.say("S.13.3.1", r.Source.Quality.Coverage)
	if n := len(r.Releases); n > 0 {
		newest := r.Releases[n-1]
		r.state("S.13.3.4", figure{"findings", float64(newest.Findings), "findings"}, "Odd but usable things in the newest release: %s.", count(newest.Findings))
		r.state("S.13.3.4", figure{"quarantined", float64(newest.Quarantined), "rows"}, "Rows of the newest release that failed a check and are in no figure: %s.", count(newest.Quarantined))
	}
}

// processing says where the figures come from and what is done to them.
func (r *report) processing() {
	r.say("S.18.1", fmt.Sprintf("The files that %s publishes. Their bytes are kept as they were served.", r.Source.Publisher))
	rules := len(r.Source.Checks())
	r.state("S.18.4", figure{"rules", float64(rules), "rules"}, "Rules of this data set that each release is checked against, besides those of all: %s.", count(rules))
	r.say("S.18.5.1", "Nothing is imputed. A missing value stays missing and is never zero.")
	r.say("S.18.6.1", strings.TrimSpace("No figure is seasonally adjusted. "+r.Source.Quality.Seasonal))
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

// count writes a count with commas.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// median returns the middle of some numbers, or the mean of the two in the middle.
func median(list []int) float64 {
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return float64(list[(n-1)/2]+list[n/2]) / 2
}

// decimal writes a number with at most one decimal.
func decimal(f float64) string {
	if f == math.Trunc(f) {
		return count(int(f))
	}
	return fmt.Sprintf("%.1f", f)
}
