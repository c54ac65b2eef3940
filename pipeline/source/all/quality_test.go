package all

import "testing"

// TestEachSourceSaysWhatItsReportNeeds: what no figure tells is in words.
func TestEachSourceSaysWhatItsReportNeeds(t *testing.T) {
	for _, s := range Sources {
		q := s.Quality
		for name, text := range map[string]string{"users": q.Users, "accuracy": q.Accuracy, "coverage": q.Coverage, "comparability": q.Comparability, "seasonal": q.Seasonal} {
			if text == "" || text[len(text)-1] != '.' || len(text) > 300 {
				t.Errorf("%s: %s is %q", s.ID, name, text)
			}
		}
	}
}
