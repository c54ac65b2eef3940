package layout

import (
	"time"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/stat"
)

// WrittenUntil is EngineUntil for records that other machines have read by this layout: the columns have their names in
// the output, code columns hold codes, and days are YYYY-MM-DD.
func (l *Layout) WrittenUntil(released stat.Date) engine.Layout {
	out := l.EngineUntil(released)
	out.Writing = engine.Writing{}
	for i := range out.Columns {
		c := &out.Columns[i]
		c.From, c.Order, c.AnyForm = c.Name, "", false
		if c.Kind == engine.Date {
			c.Formats = []string{time.DateOnly}
		}
		if c.Kind != engine.Code || c.Codes == nil {
			continue
		}
		written := map[string]string{}
		for _, code := range c.Codes {
			written[code] = code
		}
		if c.Default != "" {
			written[c.Default], c.Default = c.Default, ""
		}
		c.Codes = written
	}
	return out
}
