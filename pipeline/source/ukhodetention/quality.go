package ukhodetention

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow entries into immigration detention, exits and their reasons. One person may enter several times.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "Places of detention are not read.",
	Comparability: "Entries and exits are events, people in detention a level on a date. They are never subtracted.",
	Seasonal:      source.SeasonalPeriods,
}
