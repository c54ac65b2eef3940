package ukhocrossingconditions

import "crossings/pipeline/source"

// qualityTexts are what the quality report says in words.
var qualityTexts = source.Quality{
	Users:         "To see how many days had weather in which crossings were likely. It explains a part of a change and corrects nothing.",
	Accuracy:      "An assessment of sea and weather by the publisher, typed from the text of its publication. It says nothing about who crossed.",
	Coverage:      "Only the spans that the text states are there.",
	Comparability: "Most spans are January to April. Nothing is shared out to single months.",
	Seasonal:      "The figure is about the season itself: days with weather for crossings.",
}
