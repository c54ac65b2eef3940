package section

import (
	"fmt"

	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// Freshness says how far the figures of a page reach and whether more are due. A page says it once.
type Freshness struct {
	To      string // last day that its first series covers
	Status  string // of the newest figure of that series
	Release string // day of the newest release of that series
	Next    string // day on which the next release is expected, or ""
	Chips   []string
	Others  string // how many other data sets of the page are late or have ended, or ""
}

// NewFreshness returns the freshness of a page that begins with the series lead and rests on the data
// sets ids. It returns nil if nothing is known of the series.
func NewFreshness(index *content.Index, lead stat.SeriesID, ids []string) *Freshness {
	to, status := reach(index, lead)
	if to.IsZero() {
		return nil
	}
	f := &Freshness{To: to.Long(), Status: status.Label(), Release: index.Vintage(lead).Long()}
	if source := index.SourceOf(lead).ID; calendar.Chip(index, source) == "" {
		f.Next = calendar.New(index).Next(source)
	}
	behind, own := 0, index.SourceOf(lead).ID
	for _, id := range ids {
		switch chip := calendar.Chip(index, id); {
		case chip == "":
		case id == own:
			f.Chips = append(f.Chips, chip)
		default:
			behind++
		}
	}
	switch {
	case behind == 1:
		f.Others = "1 other data set is late or has ended"
	case behind > 1:
		f.Others = fmt.Sprintf("%d other data sets are late or have ended", behind)
	}
	return f
}

// reach returns the last day that the comparisons of a series cover, with the status of its newest
// figure.
func reach(index *content.Index, id stat.SeriesID) (to stat.Date, status stat.Status) {
	for _, r := range index.YearToDate.Of(id) {
		if r.Value.IsKnown() && r.Cutoff > to {
			to, status = r.Cutoff, r.Status
		}
	}
	if !to.IsZero() {
		return to, status
	}
	for _, r := range index.YearOnYear.Of(id) {
		if r.Value.IsKnown() && r.PeriodEnd > to {
			to, status = r.PeriodEnd, r.Status
		}
	}
	return to, status
}
