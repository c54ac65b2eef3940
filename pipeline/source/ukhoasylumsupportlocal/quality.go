package ukhoasylumsupportlocal

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know how asylum support is spread over local authorities. It is a level on a date.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "People who support themselves are not counted.",
	Comparability: "Support under section 4 has no local authorities before 2018, and under section 98 none before December 2022. An authority without a row is not stated.",
	Seasonal:      source.SeasonalLevels,
}
