package itinteriorlandings

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow landings in Italy by day.",
	Accuracy:      "Provisional counts of the ministry, read from its reports by a third party.",
	Coverage:      "Arrivals over land, and landings that nobody recorded, are not counted.",
	Comparability: "A day ends at 08:00, and the day of a report is often revised by the next. Frontex counts detections, which do not compare.",
	Seasonal:      source.SeasonalBoats,
}
