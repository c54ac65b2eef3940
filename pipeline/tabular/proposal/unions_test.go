package proposal

import (
	"strings"
	"testing"
)

// TestProposeUnions proposes a layout for a table with groups of areas, and with labels that only
// begin like one.
func TestProposeUnions(t *testing.T) {
	for label, apart := range map[string]bool{"EU27_2020": true, "EU28": true, "European Union": true, "World": true, "eur": false, "EU2": false, "Eurasia": false} {
		text, err := Propose("groups.csv", []byte("Year,Citizenship,Persons\n2024,Syria,5\n2024,Eritrea,6\n2024,"+label+",7\n2025,Syria,8\n2025,Eritrea,9\n2025,"+label+",4\n"))
		if err != nil {
			t.Fatalf("%s: %v", label, err)
		}
		if got := strings.Contains(text, `"apart": ["`+label+`"]`); got != apart {
			t.Errorf("%s: apart is %v, want %v in\n%s", label, got, apart, text)
		}
	}
}
