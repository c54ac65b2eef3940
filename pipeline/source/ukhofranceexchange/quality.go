package ukhofranceexchange

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To compare returns to France with transfers from France under the agreement. Returns are events: one person may be returned twice.",
	Accuracy:      "Operational figures, which the publisher calls provisional.",
	Coverage:      "Returns to France under other arrangements are not counted.",
	Comparability: "The agreement has been in force since 6 August 2025. There is nothing to compare with before.",
	Seasonal:      source.SeasonalPeriods,
}
