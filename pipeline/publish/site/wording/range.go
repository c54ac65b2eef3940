package wording

import (
	"fmt"

	"crossings/pipeline/stat"
)

// Figure is a count that may be a range.
type Figure struct {
	Value, Lower, Upper stat.Count
	Status              stat.Status // the reason if the value is missing
	// AtLeast says that the value is a sum of ranges, even if the ends of this sum are not known.
	AtLeast bool
}

// IsRange reports whether both ends of a range are known.
func IsRange(lower, upper stat.Count) bool { return lower.IsKnown() && upper.IsKnown() }

// String writes the figure for people: "at least 15 (12 to 17)".
func (f Figure) String() string {
	text := CountText(f.Value, f.Status)
	if !f.Value.IsKnown() || !f.AtLeast {
		return text
	}
	text = "at least " + text
	if IsRange(f.Lower, f.Upper) && f.Lower != f.Upper {
		text += fmt.Sprintf(" (%s to %s)", Count(f.Lower), Count(f.Upper))
	}
	return text
}
