package ukhoagedisputes

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow how many claims to be a child are disputed, and with what result. A dispute is no finding on age.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "Ages that nobody disputes are not counted.",
	Comparability: "A dispute may be resolved in a later quarter than it is raised, so the two are never subtracted.",
	Seasonal:      source.SeasonalPeriods,
}
