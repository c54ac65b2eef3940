package download

import (
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// inapplicable are the columns that are empty where nothing applies: no number was found in a
// sentence, a file was not fetched, a share has a zero below the line. An empty text does not apply
// either, except in the columns of unknown.
var inapplicable = map[string]bool{"retrieved_at": true, "revised_percent": true, "mean_absolute_change": true, "prior_passed_on": true}

// unknown are texts that every row would have if they were known.
var unknown = map[string]bool{"sha256": true}

// absence returns why a column of row i is empty, by the first rule that fits:
//
//  1. a value has the reason of its status;
//  2. if the value itself is missing, its other columns have the same reason;
//  3. the ends of a range do not apply to a figure that is no range;
//  4. a change in per cent has a low base if the note says so and there is a base; a share of the
//     year does not apply to a year that is not over;
//  5. an empty text, or one of inapplicable, does not apply;
//  6. anything else is not available.
func absence(g grid, i int, c schemas.Column) stat.Mark {
	base, known := rangeOf[c.Name]
	switch {
	case g.name() == "claims":
		return stat.MarkNotApplicable
	case c.Name == "value" && g.has("obs_status"):
		return g.status(i).Absent()
	case known && g.has(base) && g.isNull(i, base):
		if base == "value" && g.has("obs_status") {
			return g.status(i).Absent()
		}
		return stat.MarkNotAvailable
	case known:
		return stat.MarkNotApplicable
	case c.Name == "change_percent" && isLowBase(g, i):
		return stat.MarkLowBase
	case c.Name == "share_percent" && isNewestYear(g, i):
		return stat.MarkNotApplicable
	case inapplicable[c.Name], c.Type == schemas.String && !unknown[c.Name]:
		return stat.MarkNotApplicable
	}
	return stat.MarkNotAvailable
}

// rangeOf names, for a column that is an end or another property of a figure, the column of the
// figure.
var rangeOf = map[string]string{"lower": "value", "upper": "value", "prior_lower": "prior_value", "prior_upper": "prior_value", "prior_passed_on": "value"}

// isLowBase reports whether a missing change in per cent is one on a value that is too small.
func isLowBase(g grid, i int) bool {
	prior := g.cell(i, "prior_value").Count()
	return prior.IsKnown() && listing.IsLowBase(row.Number{}, prior, g.notes(i))
}

// isNewestYear reports whether row i has the newest year of its series. The table year-to-date is in
// the order of series and years.
func isNewestYear(g grid, i int) bool {
	return i+1 == len(g.Rows) || g.text(i+1, "series") != g.text(i, "series")
}
