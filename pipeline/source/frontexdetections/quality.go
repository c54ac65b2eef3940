package frontexdetections

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To compare detections at the EU's borders by route and nationality. They are no count of people: one person may be detected several times.",
	Accuracy:      "Reports of the member states to Frontex. Each release restates earlier months.",
	Coverage:      "Crossings that nobody detects are not counted, nor are those at crossing points.",
	Comparability: "A blank cell is missing and not zero. In 2015 a third of the detections name no nationality.",
	Seasonal:      source.SeasonalPeriods,
}
