package ukhoillegalentry

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know the nationality, sex and age of people detected entering irregularly. It is the official figure for whole quarters.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "Entries that nobody detects are not counted, nor are people who overstay a visa.",
	Comparability: "Small boats are counted apart from the weekly series; the two differ by a few people.",
	Seasonal:      source.SeasonalPeriods,
}
