package ukhosmallboatsday

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestOtherWords has pages that state what the fixture does. All were refused before.
func TestOtherWords(t *testing.T) {
	sourcetest.SamePages(t, &Source, load(t, "2022-08-23.html"),
		way("people", people, "Number of people detected in small boats: 1,295"),
		way("individuals arrived", people, "Number of individuals arrived: 1,295", boatsAre, "Number of small boats: 27"),
		way("people by themselves", people, "Number of people: 1,295"),
		way("mark in words", people, "Number of migrants detected in small boats: 1,295 (provisional)"),
		way("two digits", "22 August 2022<", "22/08/22<"),
	)
}
