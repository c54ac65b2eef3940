package ukhosmallboatsday

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know what was first stated for single days of 2022. Newer figures are in the weekly series.",
	Accuracy:      "First statements, made on the next day. A third of them were changed later.",
	Coverage:      "People who arrive undetected are not counted.",
	Comparability: "The page ended on 31 January 2023. Bridged to the weekly series, which restates these days.",
	Seasonal:      source.SeasonalBoats,
}
