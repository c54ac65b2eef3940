package tabular

import (
	"strings"
	"testing"
)

// TestADimensionMayListOnlyWhatOccurs reads the declaration, and refuses it with its opposite.
func TestADimensionMayListOnlyWhatOccurs(t *testing.T) {
	const layout = `{"title": "T", "period": {"column": "Year", "is": "year"}, "flow": "arrival", "values": [{"measure": "arrivals", "column": "People", "unit": "persons"}],
		"dimensions": [{"name": "origin", "column": "Nationality", "occurring": true%s}]}`
	l, err := Parse("l.json", []byte(strings.Replace(layout, "%s", "", 1)))
	if err != nil || !l.Dimensions[0].Occurring {
		t.Errorf("%v", err)
	}
	if _, err := Parse("l.json", []byte(strings.Replace(layout, "%s", `, "some": true`, 1))); err == nil || !strings.Contains(err.Error(), `dimension "origin"`) {
		t.Errorf("both at once: %v", err)
	}
}
