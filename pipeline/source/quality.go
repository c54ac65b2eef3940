package source

// Quality is what a source says of itself in its quality report, in short texts. Everything else in
// the report is computed from the figures.
type Quality struct {
	Users         string // what the figures are for, and what not
	Accuracy      string // what limits them
	Coverage      string // who or what is not counted
	Comparability string // what changed over time, and what they do not compare with
	Revisions     string // what the publisher says of its revisions
	Seasonal      string // why the figures are not seasonally adjusted
}

// Reasons why figures are not seasonally adjusted.
const (
	// SeasonalBoats is that of crossings, which follow the weather.
	SeasonalBoats = "Crossings follow the weather and the season, and a few years that differ this much give no stable pattern to remove. Comparisons are with the same dates of the year before."
	// SeasonalPeriods is that of counts by quarter or month.
	SeasonalPeriods = "The publisher states counts as they are. Comparisons are with the same period of the year before, or of twelve months with twelve months, and need no adjustment."
	// SeasonalLevels is that of levels on a date.
	SeasonalLevels = "A level on a date is compared with the level a year before, and is never added up over time."
)
