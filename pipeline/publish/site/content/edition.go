package content

import (
	"cmp"
	"fmt"
	"time"

	"crossings/pipeline/publish/site/stamp"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// EditionInfo is a published data version.
type EditionInfo struct {
	Version  string
	Vintage  stat.Date    // newest release in it
	Restated *Restatement // nil if it restates no value of the version before
	// Retractions are the releases that it was made from and that were taken back later.
	Retractions []Retraction
}

// Stamper returns what gives the files of the site their versions.
func (s Site) Stamper() *stamp.Stamper {
	var known []stamp.Edition
	for _, e := range s.Editions {
		known = append(known, stamp.Edition{Version: e.Version, Released: e.Vintage.Long()})
	}
	return stamp.New(s.Stamped, stamp.Edition{Version: s.Version, Released: s.Vintage.Long()}, known)
}

// Marked returns the index of the same site for files that have marks instead of their version, which a
// stamper fills.
func Marked(x *Index) *Index {
	marked := x.Carrying(stamp.Version)
	marked.Site.released = stamp.Released
	return marked
}

// Carrying returns the index of the same site for a file that carries another version.
func (x *Index) Carrying(version string) *Index {
	out := *x
	out.Site.carried = version
	return &out
}

// Carried returns the version that a file of the site carries. It is "" if the site has no version.
func (s Site) Carried() string {
	if s.Version == "" {
		return ""
	}
	return cmp.Or(s.carried, s.Version)
}

// Released returns the day of the newest release in the version that a file carries, in words. A site
// without a version has that of its newest release.
func (s Site) Released() string {
	if s.Version == "" {
		return s.Vintage.Long()
	}
	return cmp.Or(s.released, s.Vintage.Long())
}

// Restatement is what a data version states differently from the one before. It covers the rows
// that both versions have for the same days.
type Restatement struct {
	Before string          // the older version
	Own    bool            // no publisher's figure differs, only what is computed here
	Taken  bool            // releases that the older version was made from were taken back
	Count  int             // how many values
	Values []RestatedValue // the first of each table, as in the files
}

// RestatedValue is one value that was restated.
type RestatedValue struct {
	Table    string
	Key      []string // values of the row's key
	Column   string
	Old, New string // "" for none
}

// Sentence says in a sentence what a data version restated, or is "".
func (e EditionInfo) Sentence() string {
	if e.Restated == nil {
		return ""
	}
	why := "because publishers restated theirs"
	if e.Restated.Own {
		why = "although no publisher changed one: the computation here was corrected or extended"
	}
	if e.Restated.Taken {
		why = "because releases that it was made from were taken back here: withdrawn, or given their right date"
	}
	verb := "are"
	if e.Restated.Count == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s of version %s %s stated otherwise in version %s, %s.", wording.Counted(e.Restated.Count, "value", "values"), e.Restated.Before, verb, e.Version, why)
}

// Retraction is a release that this site used and that was taken back: it was withdrawn, or its date
// was corrected.
type Retraction struct {
	Source, Title string // the data set and its title
	Release       string
	Releases      []string  // all releases that its file states, including this one
	Released      stat.Date // the date that it had
	At            time.Time // of the decision, in UTC
	Reason        string    // why it was withdrawn, in the operator's words
	Now           string    // the release that it is now, or "" if it was withdrawn
	NowReleased   stat.Date // the date of Now
}

// Sentence says in a sentence what was taken back, when and why.
func (r Retraction) Sentence() string {
	on := stat.DateOf(r.At).Long()
	if r.Now != "" {
		return fmt.Sprintf("%s: the release %s, dated %s by mistake, is of %s. Its date was corrected on %s, and it is %s now.", r.Title, r.Release, r.Released.Long(), r.NowReleased.Long(), on, r.Now)
	}
	others := ""
	if n := len(r.Releases); n > 1 {
		others = fmt.Sprintf(", with all %d that its file states,", n)
	}
	return fmt.Sprintf("%s: the release %s of %s%s was withdrawn on %s. The reason given: “%s”", r.Title, r.Release, r.Released.Long(), others, on, r.Reason)
}

// Brief says in a few words what happened to the release, and in a short sentence to which.
func (r Retraction) Brief() (title, text string) {
	if r.Now != "" {
		return "Date corrected", fmt.Sprintf("%s: the release dated %s is of %s.", r.Title, r.Released.Long(), r.NowReleased.Long())
	}
	return "Withdrawn", fmt.Sprintf("%s: the release of %s was withdrawn on %s.", r.Title, r.Released.Long(), stat.DateOf(r.At).Long())
}

// Heading says in a few words what was taken back.
func (r Retraction) Heading() string {
	if r.Now != "" {
		return r.Title + ": the date of a release was corrected"
	}
	return r.Title + ": a release was withdrawn"
}

// Sentences returns a sentence for each release that was taken back.
func Sentences(list []Retraction) (out []string) {
	for _, r := range list {
		out = append(out, r.Sentence())
	}
	return out
}
