package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/schemas"
)

// sourceTable is data sets with their state.
type sourceTable struct {
	Rows        []sourceRow
	Quarantined bool           // whether the rows say how many of the data set's rows failed a check
	Listed      bool           // whether there are pages of releases
	Reported    bool           // whether there are quality reports
	States      []schemas.Code // the states that occur, with their meaning
	Marks       []string       // the shorthand that occurs
}

// Counted says how many data sets the table has.
func (t sourceTable) Counted() string {
	return wording.Counted(len(t.Rows), "data set", "data sets") + ": what each holds, and in what state it is"
}

// sourceRow is a data set with its state.
type sourceRow struct {
	content.SourceInfo                                  // Homepage is "" if there is no page for readers
	State, LastRelease, Coverage, Findings, Quarantined string
	Releases                                            string // how many there are
	Page                                                string // that lists them, or ""
	Quality                                             string // the page of its quality report, or ""
}

// unregistered is the state of a data set that a topic names and the site lacks.
const unregistered = "not part of this site yet"

// newSourceTable returns data sets, in the order of ids, with what the table sources says of each.
func newSourceTable(index *content.Index, ids []string) (sourceTable, error) {
	codes, err := schemas.CodeList("source-state")
	if err != nil {
		return sourceTable{}, err
	}
	t := sourceTable{Quarantined: len(index.SourceStates) > 0}
	var texts []string
	seen := map[string]bool{}
	for _, id := range ids {
		const none = wording.MarkNotAvailable
		line := sourceRow{State: none, LastRelease: none, Coverage: none, Findings: none, Quarantined: none}
		registered := false
		if line.SourceInfo, registered = index.Registered(id); !registered {
			line.SourceInfo, line.State = content.SourceInfo{Title: id}, unregistered
		}
		if line.Page, line.Releases, err = index.Releases(id); err != nil {
			return t, err
		}
		t.Listed = t.Listed || line.Page != ""
		line.Quality = index.QualityPage(id)
		t.Reported = t.Reported || line.Quality != ""
		if state := index.State(id); state != nil {
			seen[state.State] = true
			line.State, line.LastRelease = schemas.LabelOf("source-state", state.State), wording.DateText(state.LastRelease)
			line.Coverage = wording.Span(state.CoverageStart, state.CoverageEnd)
			line.Findings, line.Quarantined = wording.Thousands(int64(state.Findings)), wording.Thousands(int64(state.Quarantined))
		}
		line.Publisher, line.Licence, line.Holds = cmp.Or(line.Publisher, none), cmp.Or(line.Licence, none), cmp.Or(line.Holds, none)
		t.Rows = append(t.Rows, line)
		texts = append(texts, line.Releases, line.State, line.LastRelease, line.Coverage, line.Findings, line.Publisher, line.Licence, line.Holds)
	}
	t.States = slices.DeleteFunc(codes, func(c schemas.Code) bool { return !seen[c.Code] })
	t.Marks = listing.Explained(texts...)
	return t, nil
}

// stated returns the table without the data sets that have stated nothing yet.
func (t sourceTable) stated() sourceTable {
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r sourceRow) bool { return r.LastRelease == wording.MarkNotAvailable })
	return t
}

// silent returns a sentence that names the data sets without any release, or "".
func (t sourceTable) silent() string {
	var names []string
	for _, r := range t.Rows {
		if r.LastRelease == wording.MarkNotAvailable {
			names = append(names, r.Title)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("There are no figures yet from: %s.", strings.Join(names, "; "))
}

// notice says that releases of a data set wait for a person, with the way to its releases.
type notice struct{ Text, Name, Title string }

// waiting returns a notice for each of the data sets with releases that wait for a person.
func waiting(index *content.Index, ids []string) (out []notice) {
	for _, id := range ids {
		s, _ := index.Registered(id)
		if len(s.Waiting) == 0 {
			continue
		}
		var days []string
		for _, d := range s.Waiting {
			days = append(days, d.Long())
		}
		n := notice{Title: s.Title, Text: "A release of " + days[0] + " waits for review; nothing of it is in the figures here."}
		if len(days) > 1 {
			n.Text = "Releases of " + strings.Join(days, ", ") + " wait for review; nothing of them is in the figures here."
		}
		n.Name, _, _ = index.Releases(id) // the source table reports a name that is not valid
		out = append(out, n)
	}
	return out
}
