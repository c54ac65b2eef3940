package ukhosmallboatasylum

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know how many people who arrived in small boats claimed asylum, and with what first outcome.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "Claims of people who arrived in other ways are not counted.",
	Comparability: "A cohort's outcomes grow with each release: newer cohorts have had less time.",
	Seasonal:      source.SeasonalPeriods,
}
