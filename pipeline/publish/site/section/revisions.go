package section

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Revisions makes tables of what releases changed.
type Revisions struct{ index *content.Index }

// NewRevisions returns the revisions of a site.
func NewRevisions(index *content.Index) Revisions { return Revisions{index} }

// newestRevisions is how many revisions a topic page shows.
const newestRevisions = 10

// OfTopic returns the newest changes of the topic's series, and how many there are.
func (r Revisions) OfTopic(t charts.Topic) Section {
	rows := changes.Of(r.index, func(id stat.SeriesID) bool { return r.index.Described(id) && t.Shows(id) })
	text := fmt.Sprintf("%s values of these series differ from one release to the next.", wording.Thousands(int64(len(rows))))
	if len(rows) == 1 {
		text = "One value of these series differs from one release to the next."
	}
	return New("revisions", "Revisions", text, r.Newest(rows, newestRevisions))
}

// OfSeries returns the newest changes of a series.
func (r Revisions) OfSeries(id stat.SeriesID) listing.Table {
	return r.Newest(changes.Of(r.index, func(other stat.SeriesID) bool { return other == id }), newestOfEach)
}

// Maturity says when the values of a series stop moving, and whether revisions have a direction. It is ""
// if no value was revised.
func (r Revisions) Maturity(id stat.SeriesID) string {
	rows := r.index.Summaries.Of(id)
	if len(rows) == 0 {
		return ""
	}
	x := rows[0] // a series has one row
	if x.Raised+x.Lowered == 0 {
		return x.Maturity
	}
	return fmt.Sprintf("%s Of %s stated at least twice, releases raised %d and lowered %d.", x.Maturity, wording.Counted(x.Compared, "period", "periods"), x.Raised, x.Lowered)
}

// Newest lists the first limit of revisions. rows are the newest first.
func (r Revisions) Newest(rows []*row.Revision, limit int) listing.Table {
	return listing.Anchored(bySeries(r.index, "revisions", "The newest revisions. One that the publisher did not mark is silent; one is substantial that changes a headline's direction, rank or rounded value."+
		" Withdrawn means that the release does not state the figure any more, none that it states that there is none.", rows, limit,
		func(x *row.Revision) stat.SeriesID { return x.Series },
		listing.Text("Period", func(x *row.Revision) string { return wording.PeriodText(x.PeriodStart, x.PeriodEnd) }),
		listing.Plain("Before", func(x *row.Revision) string { return wording.Count(x.OldValue) }),
		listing.Main("After", changes.After),
		listing.Plain("Change", func(x *row.Revision) string { return wording.Change(x.Change) }),
		listing.Text("Release before", func(x *row.Revision) string { return wording.DateText(x.OldVintage) }),
		listing.Text("Release after", func(x *row.Revision) string { return wording.DateText(x.NewVintage) }),
		listing.Text("Marked or silent", changes.Marked),
		listing.Text("Substantial", func(x *row.Revision) string { return wording.YesNo(x.Substantial) })), rows)
}

// Summary returns how often, how much and how late the series that the site describes were changed,
// in the order of the site.
func (r Revisions) Summary() listing.Table {
	var rows []*row.RevisionSummary
	for _, s := range r.index.Site.Series {
		rows = append(rows, r.index.Summaries.Of(s.ID)...)
	}
	count := func(head string, of func(*row.RevisionSummary) int) listing.Column[row.RevisionSummary] {
		return listing.Plain(head, func(x *row.RevisionSummary) string { return wording.Thousands(int64(of(x))) })
	}
	columns := append(seriesColumns(r.index, func(x *row.RevisionSummary) stat.SeriesID { return x.Series }),
		listing.Main("Changes", func(x *row.RevisionSummary) string { return wording.Thousands(int64(x.Revisions)) }),
		count("Silent", func(x *row.RevisionSummary) int { return x.Silent }),
		count("Substantial", func(x *row.RevisionSummary) int { return x.Substantial }),
		count("Values changed", func(x *row.RevisionSummary) int { return x.Revised }),
		count("Values withdrawn", func(x *row.RevisionSummary) int { return x.Withdrawn }),
		count("Values stated", func(x *row.RevisionSummary) int { return x.Observations }),
		listing.Plain("Per cent changed", listing.Decimals(rows, func(x *row.RevisionSummary) row.Number { return x.RevisedPercent })),
		listing.Plain("Largest fall", func(x *row.RevisionSummary) string { return wording.Signed(int64(x.LargestFall)) }),
		listing.Plain("Largest rise", func(x *row.RevisionSummary) string { return wording.Signed(int64(x.LargestRise)) }),
		listing.Plain("Mean change, without signs", listing.Decimals(rows, func(x *row.RevisionSummary) row.Number { return x.MeanAbsoluteChange })),
		count("Longest lag, days", func(x *row.RevisionSummary) int { return x.LongestLag }),
		count("Periods raised", func(x *row.RevisionSummary) int { return x.Raised }),
		count("Periods lowered", func(x *row.RevisionSummary) int { return x.Lowered }),
		listing.Plain("Mean revision of all periods", listing.Decimals(rows, func(x *row.RevisionSummary) row.Number { return x.MeanRevision })),
		listing.Plain("p value of no bias", listing.Decimals(rows, func(x *row.RevisionSummary) row.Number { return x.PValue })),
		listing.Text("Maturity", func(x *row.RevisionSummary) string { return x.Maturity }))
	t := listing.Lay("how often, how much and how late", "The changes of each series over all releases. The lag is the most days from the end of a period to the release that changed its value.",
		rows, listing.MaxRows, columns...)
	t.Named = true
	return t
}

// Claims lists the numbers of claims whose window has had another value since.
func (r Revisions) Claims() listing.Table {
	rows := slices.DeleteFunc(slices.Clone(r.index.Tables.Claims), func(c *row.Claim) bool { return !c.Changed.Set })
	newestFirst(rows, func(c *row.Claim) stat.Date { return c.RevisedOn })
	return listing.Lay("claims revised", "Numbers of claims that rest on a value that a release has changed since. The newest change comes first.", rows, listing.MaxRows,
		listing.Plain("Said on", func(c *row.Claim) string { return wording.DateText(c.On) }),
		listing.Text("As written", func(c *row.Claim) string { return cmp.Or(c.NumberText, wording.Nothing) }),
		listing.Text("Series", func(c *row.Claim) string { return r.index.Title(c.Series) }),
		listing.Text("From and to", func(c *row.Claim) string { return wording.PeriodText(c.WindowStart, c.WindowEnd) }),
		listing.Plain("Value then", func(c *row.Claim) string { return wording.Count(c.Value) }),
		listing.Main("Value now", func(c *row.Claim) string { return wording.Count(c.ValueNow) }),
		listing.Text("Changed by the release of", func(c *row.Claim) string { return wording.DateText(c.RevisedOn) }))
}
