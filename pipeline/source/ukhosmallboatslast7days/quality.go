package ukhosmallboatslast7days

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To see what was first stated for each of the last seven days. The weekly series replaces it.",
	Accuracy:      "First statements, made within a week.",
	Coverage:      "People who arrive undetected are not counted.",
	Comparability: "Bridged to the weekly series, which restates these days.",
	Seasonal:      source.SeasonalBoats,
}
