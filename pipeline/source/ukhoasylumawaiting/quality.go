package ukhoasylumawaiting

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know how many people wait for a decision, how long, and their nationality. People and cases are two measures.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "People whose claim is not recorded yet are not counted.",
	Comparability: "Cases and people are stated side by side; a case may have several people.",
	Seasonal:      source.SeasonalLevels,
}
