package ukhodetailed

import "testing"

// TestPlace finds the datasets among the titles that the publisher's page has had, and never a
// summary table.
func TestPlace(t *testing.T) {
	titles := []string{
		"Asylum claims detailed datasets, year ending June 2026",
		"Asylum applications, initial decisions and resettlement detailed datasets, year ending September 2024",
		"Asylum claims and initial decisions detailed datasets, year ending March 2025",
		"Asylum claims awaiting a decision detailed datasets, year ending June 2026",
		"Asylum  applications awaiting a decision detailed dataset, year ending June 2024",
		"Outcome analysis of asylum claims detailed datasets, year ending June 2026",
		"Asylum seekers in receipt of Home Office support detailed datasets, year ending June 2026",
		"Asylum seekers in receipt of support detailed datasets, year ending June 2023",
		"Asylum seekers in receipt of Home Office support by local authority detailed datasets, year ending June 2026",
		"Illegal entry routes to the UK detailed dataset, year ending June 2026",
		"Irregular migration to the UK detailed dataset, year ending September 2023",
		"Returns detailed datasets, year ending June 2026",
		"Detention detailed datasets, year ending June 2026",
		"Age disputes detailed datasets, year ending June 2026",
		"Returns datasets, year ending March 2024",
		"Asylum claims summary tables, year ending June 2026",
		"Returns summary tables and datasets, year ending June 2026",
		"Asylum claims awaiting a decision summary tables, with datasets, year ending June 2026",
		"Detention summary tables, year ending June 2026",
	}
	for words, want := range map[string][]int{
		Claims:       {0, 1, 2},
		Awaiting:     {3, 4},
		Support:      {6, 7},
		SupportLocal: {8},
		IllegalEntry: {9, 10},
		Returns:      {11, 14},
		Detention:    {12},
		AgeDisputes:  {13},
	} {
		place := Place(words)
		for i, title := range titles {
			found := false
			for _, k := range want {
				found = found || i == k
			}
			if place.Title.MatchString(title) != found {
				t.Errorf("%s: %q found %t, want %t", words, title, !found, found)
			}
		}
	}
}
