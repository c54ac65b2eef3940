package site

import (
	"bytes"
	"fmt"
	"net/url"
	"time"

	"crossings/pipeline/stat"
)

// Retraction is a release that this site had taken in and that was taken back: it was
// withdrawn, or its date was corrected.
type Retraction struct {
	Source, Title string // the data set and its title
	Release       string
	Releases      []string  // all that its file states, this one among them
	Released      stat.Date // the date that it had
	At            time.Time // of the decision, in UTC
	Reason        string    // why it was withdrawn, in the operator's words
	Now           string    // the release that it is now, or "" for one that was withdrawn
	NowReleased   stat.Date // and its date
}

// say says in a sentence what was taken back, when and why.
func (r Retraction) say() string {
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

// sayAll says what was taken back, a sentence each.
func sayAll(list []Retraction) (out []string) {
	for _, r := range list {
		out = append(out, r.say())
	}
	return out
}

// title says in a few words what was taken back.
func (r Retraction) title() string {
	if r.Now != "" {
		return r.Title + ": the date of a release was corrected"
	}
	return r.Title + ": a release was withdrawn"
}

// maxRetractions is how many releases that were taken back the front page names.
const maxRetractions = 2

// newestRetractions returns the newest releases that were taken back, for the front page.
func (b *builder) newestRetractions() (out []newsItem) {
	for _, r := range b.site.Retractions[:min(len(b.site.Retractions), maxRetractions)] {
		out = append(out, newsItem{correctionsName + "#taken-back", "Taken back", r.say()})
	}
	return out
}

// retracted returns an entry of the feed for each release that was taken back. It is dated
// by the decision and does not change later.
func (b *builder) retracted() (out []atomEntry) {
	for _, r := range b.site.Retractions {
		at := r.At.UTC().Format(time.RFC3339)
		out = append(out, atomEntry{ID: "urn:crossings:taken-back:" + r.Source + ":" + url.PathEscape(r.Release) + ":" + at, Title: r.title(), Updated: at,
			Link: atomLink{"alternate", "text/html", b.about.Base + correctionsName + "#taken-back"}, Content: atomText{"text", r.say()}})
	}
	return out
}

// Retract returns the page of a data version with a notice of the releases that it was made
// from and that were taken back since, below its title.
func Retract(page []byte, list []Retraction) ([]byte, error) {
	set, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	var notice bytes.Buffer
	if err := set.ExecuteTemplate(&notice, "retracted.html", sayAll(list)); err != nil {
		return nil, err
	}
	end := []byte("</h1>\n")
	at := bytes.Index(page, end)
	if at < 0 {
		return nil, fmt.Errorf("the page of the data version has no title: it is not one of this program's")
	}
	at += len(end)
	return bytes.Join([][]byte{page[:at], notice.Bytes(), page[at:]}, nil), nil
}
