package ukhoasylumclaims

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow who claims asylum, where, and with what initial outcome. A decision may be about a claim of an earlier year.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "People who do not claim asylum are not counted.",
	Comparability: "Outcomes are initial decisions, not those after appeals.",
	Seasonal:      source.SeasonalPeriods,
}
