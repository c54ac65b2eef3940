package ukhoasylum

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow asylum claims, decisions and backlogs in the long run. Flows and levels are not added to each other.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release. The figures were collected from several workbooks, and come in by hand.",
	Coverage:      "People who do not claim asylum are not counted.",
	Comparability: "Claims exclude dependants in 2001 and include them from 2002. From 2020 initial decisions are more than grants, refusals and withdrawals together. Hotels are told apart since December 2022.",
	Seasonal:      source.SeasonalPeriods,
}
