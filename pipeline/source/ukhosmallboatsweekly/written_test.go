package ukhosmallboatsweekly

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestOtherWords has pages that state what the fixtures do. All were refused before.
func TestOtherWords(t *testing.T) {
	sourcetest.SamePages(t, &Source, load(t, "2026-06-23.html"),
		way("people", ">Migrants arrived<", ">People arrived<", ">Migrants prevented<", ">People prevented<"),
		way("number of people", ">Migrants arrived<", ">Number of people<", ">Migrants prevented<", ">Number of people prevented from crossing<"),
		way("individuals", ">Migrants arrived<", ">Individuals detected<", ">Events prevented<", ">Prevented events<"),
		way("mark in words", ">46<", ">46 (provisional)<"),
	)
	sourcetest.SamePages(t, &Source, load(t, "26-december-2022-to-1-january-2023.html"),
		way("people", ">Migrants detected<", ">People arrived<", ">Boats detected<", ">Number of boats<"),
		way("individuals", ">Migrants detected<", ">Number of individuals<", ">Boats detected<", ">Small boats<"),
		way("two digits", "<td>1 January 2023", "<td>1 January 23", "<td>28 December 2022", "<td>28/12/22"),
	)
}
