package site

import (
	"strings"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// inapplicable are the columns in which nothing stands where nothing applies: no
// number was found in a sentence, a file was not fetched, a share has nothing below
// the line. A text that is empty does not apply either, but for those in unknown.
var inapplicable = map[string]bool{"retrieved_at": true, "revised_percent": true, "mean_absolute_change": true, "prior_passed_on": true}

// unknown are texts that every row would have if they were known.
var unknown = map[string]bool{"sha256": true}

// absence returns what it means that a column of row i is empty. In this order:
//
//  1. a value has the reason of its status;
//  2. so have its other columns, where the value itself is missing;
//  3. the ends of a range do not apply to a figure that is not one;
//  4. a change in per cent is of a low base where the note says so and there is a
//     base; a share of the year does not apply to one that is not over;
//  5. an empty text, and what inapplicable names, does not apply;
//  6. anything else is not available.
func (g grid) absence(i int, c schemas.Column) stat.Mark {
	base, known := rangeOf[c.Name]
	switch {
	case g.t.Schema.Name == "claims":
		return stat.MarkNotApplicable
	case c.Name == "value" && g.has("obs_status"):
		return g.status(i).Absent()
	case known && g.has(base) && g.cell(i, base).IsNull():
		if base == "value" && g.has("obs_status") {
			return g.status(i).Absent()
		}
		return stat.MarkNotAvailable
	case known:
		return stat.MarkNotApplicable
	case c.Name == "change_percent" && !g.cell(i, "prior_value").IsNull() && strings.Contains(g.text(i, "note"), "low base"):
		return stat.MarkLowBase
	case c.Name == "share_percent" && g.isNewestYear(i):
		return stat.MarkNotApplicable
	case inapplicable[c.Name], c.Type == schemas.String && !unknown[c.Name]:
		return stat.MarkNotApplicable
	}
	return stat.MarkNotAvailable
}

// rangeOf names the figure that a column is an end, or another property, of.
var rangeOf = map[string]string{"lower": "value", "upper": "value", "prior_lower": "prior_value", "prior_upper": "prior_value", "prior_passed_on": "value"}

// isNewestYear reports whether no later year of the same series follows row i: the
// table year-to-date is in their order.
func (g grid) isNewestYear(i int) bool {
	return i+1 == g.rows() || g.text(i+1, "series") != g.text(i, "series")
}
