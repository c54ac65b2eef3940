package plot

import "encoding/json"

// Heat is a chart of cells: a column for each category, a row for each of Rows, and the cells of one
// class in one colour.
type Heat struct {
	Columns []string // the first on the left
	Rows    []string // the first at the top
	Classes []Class
}

// Class is the cells of a heat map that have one colour.
type Class struct {
	Name   string
	Colour colour
	Cells  [][2]int // column and row
}

// Scale has the colours of falls and rises, from a large fall to a large rise. The middle is for none.
var Scale = [5]colour{{"#1f4e8c", "#7db4f0"}, {"#8fb3d9", "#3f6896"}, {"#d3dae1", "#36434f"}, {"#f0b48c", "#8f4a22"}, {"#b8400b", "#ff9d5c"}}

// The size of a cell in pixels. As many cells as a map may have fit next to each other on a telephone.
const cellWidth, cellHeight = 14, 12

// Dark returns the colours for a dark ground, class by class.
func (h Heat) Dark() []string {
	var out []string
	for _, c := range h.Classes {
		out = append(out, c.Colour.dark)
	}
	return out
}

// Option returns the option for the chart library as JSON, as Plot.Option does. The library's common
// build has no heat maps, so the cells are the squares of a scatter plot.
func (h Heat) Option() (json.RawMessage, error) {
	var colours, names []string
	var series []any
	for _, c := range h.Classes {
		colours, names = append(colours, c.Colour.light), append(names, c.Name)
		cells := c.Cells
		if cells == nil {
			cells = [][2]int{}
		}
		series = append(series, map[string]any{"type": "scatter", "name": c.Name, "symbol": "rect", "symbolSize": [2]int{cellWidth, cellHeight}, "data": cells, "silent": true, "itemStyle": map[string]any{"opacity": 1}})
	}
	return json.Marshal(map[string]any{
		"color":   colours,
		"legend":  map[string]any{"data": names, "left": "left", "top": "top", "itemWidth": cellWidth, "itemHeight": cellHeight},
		"grid":    map[string]any{"left": "28", "right": "16", "top": "64", "bottom": "8", "containLabel": true},
		"xAxis":   []any{map[string]any{"type": "category", "data": h.Columns, "splitLine": map[string]any{"show": false}}},
		"yAxis":   []any{map[string]any{"type": "category", "data": h.Rows, "inverse": true, "splitLine": map[string]any{"show": false}}},
		"series":  series,
		"tooltip": map[string]any{"show": false},
	})
}
