package ukhodublin

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To know requests and transfers while the UK took part in the Dublin regulation. The table has ended.",
	Accuracy:      "Administrative records of the Home Office. They may be corrected in any later release.",
	Coverage:      "Transfers under other agreements are not counted.",
	Comparability: "The regulation no longer applies to the UK since the end of 2020.",
	Seasonal:      source.SeasonalPeriods,
}
