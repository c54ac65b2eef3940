package ukhoreturns

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow returns by kind and destination. Enforced and voluntary returns are apart, and people refused at port never lived in the UK.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "People who leave without being recorded are not counted. There is no sum over the groups.",
	Comparability: "Returns of foreign national offenders are among the others and are never added to them.",
	Seasonal:      source.SeasonalPeriods,
}
