package plot

import (
	"strings"
	"testing"
)

// TestPastHasNoNewColour checks the colours of a chart whose source is late or has stopped: none is that
// of what is new, the newest line has ink and the line before is muted, in both schemes.
func TestPastHasNoNewColour(t *testing.T) {
	p := Plot{Unit: "persons", Categories: []string{"2025", "2026"}, Traces: []Trace{
		{Name: "2025", Values: []any{1, 2}, Colour: Ink, Width: 2}, {Name: "2026", Values: []any{1, 2}, Colour: Strong, Width: 3}}}
	past := p.Past()
	if past.Traces[0].Colour != soft || past.Traces[1].Colour != Ink {
		t.Errorf("the colours are %+v", past.Traces)
	}
	option, err := past.Option()
	if err != nil || strings.Contains(string(option), Strong.light) || strings.Contains(strings.Join(past.Dark(), " "), Strong.dark) {
		t.Errorf("the option has the colour of what is new: %v", err)
	}
}
