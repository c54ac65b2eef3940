package ukhosmallboats

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To follow arrivals in small boats by day. The quarterly official statistics are the reference for whole quarters.",
	Accuracy:      "Operational figures, which the publisher calls provisional. Prevented departures are estimates of the French authorities.",
	Coverage:      "People who arrive undetected, in larger vessels or in vehicles are not counted.",
	Comparability: "Uncontrolled landings are stated from 2023, prevented departures from 29 April 2024.",
	Revisions:     "The publisher marks a revised value, but not when or by how much it changed.",
	Seasonal:      source.SeasonalBoats,
}
