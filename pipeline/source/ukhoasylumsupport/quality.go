package ukhoasylumsupport

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know how many people receive asylum support, and how they are housed. It is a level on a date.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "People who support themselves are not counted.",
	Comparability: "Hotels are told apart since December 2022. Before, section 98 support has no accommodation.",
	Seasonal:      source.SeasonalLevels,
}
