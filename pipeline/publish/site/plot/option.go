// Package plot makes an option for the chart library from categories, lines and bars. It knows the
// colours of the site, but not its figures.
package plot

import (
	"encoding/json"
	"fmt"

	gocharts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Plot is a chart before it becomes an option of the chart library.
type Plot struct {
	Categories []string // texts of the horizontal axis: "1 January", "June 2026", "6 September 2025"
	Unit       string   // of the vertical axis
	Decimals   int
	Traces     []Trace // bars before lines; the last is drawn on top
	Overlap    bool    // draw bars in front of each other, not side by side
	Marks      []Mark
	EndLabels  bool // name each line at its end; there is no legend
	Flat       bool // draw bars from left to right, the first category on top
}

// Mark is a dashed vertical line at a category.
type Mark struct {
	Category int
	Label    string // a letter or two
}

// Trace is one line or set of bars.
type Trace struct {
	Name   string
	Values []any // int64, float64 or nil for a gap, one a category
	Colour colour
	Bar    bool
	Width  float32 // of a line; 0 draws only its dots
	Dash   string  // "solid", "dashed" or "dotted"
	Dots   bool    // draw a dot at each value
}

// Colour is a colour on a light and on a dark ground.
type colour struct{ light, dark string }

// The colours of the palette differ in lightness as well as in hue, for readers who do not see all hues
// and for print.
var (
	Strong = colour{"#b8400b", "#ff9d5c"}
	Muted  = colour{"#8398ab", "#7f93a7"}
	Ink    = colour{"#17202a", "#e7edf3"}
	Faint  = colour{"#a9b6c2", "#5f7082"} // of what is only context
	soft   = colour{"#52606d", "#a5b3c1"} // of what is before the newest of the past
)

// Past returns the plot without the colour of what is now: what it draws is of the past.
func (p Plot) Past() Plot {
	for i, t := range p.Traces {
		switch t.Colour {
		case Strong:
			p.Traces[i].Colour = Ink
		case Ink:
			p.Traces[i].Colour = soft
		}
	}
	return p
}

// Ramp returns n colours of grey-blue from the faintest to the clearest.
func Ramp(n int) []colour {
	out := make([]colour, n)
	for i := range out {
		t := 1.0
		if n > 1 {
			t = float64(i) / float64(n-1)
		}
		out[i] = colour{mix([3]int{0x9f, 0xb0, 0xc0}, [3]int{0x34, 0x4b, 0x62}, t), mix([3]int{0x5a, 0x6c, 0x7e}, [3]int{0xc3, 0xd3, 0xe2}, t)}
	}
	return out
}

// mix returns the colour at t, 0 to 1, between two.
func mix(from, to [3]int, t float64) string {
	var c [3]int
	for i := range c {
		c[i] = from[i] + int(float64(to[i]-from[i])*t)
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// Dark returns the colours for a dark ground, trace by trace.
func (p Plot) Dark() []string {
	var out []string
	for _, t := range p.Traces {
		out = append(out, t.Colour.dark)
	}
	return out
}

// Option returns the option for the chart library as JSON. Every < > and & is escaped, and no part is or
// becomes a function.
//
// Note: go-echarts only builds the option. Its own pages write the option into the script unescaped and
// fetch the library from another host.
func (p Plot) Option() (json.RawMessage, error) {
	base, lines := gocharts.NewBar(), gocharts.NewLine()
	var names, colours []string
	gap := "0%"
	if p.Overlap {
		gap = "-100%"
	}
	for i, t := range p.Traces {
		names, colours = append(names, t.Name), append(colours, t.Colour.light)
		if t.Bar {
			base.AddSeries(t.Name, nil, t.data(), p.markedOn(i), gocharts.WithBarChartOpts(opts.BarChart{BarGap: gap, BarCategoryGap: "20%"}))
			continue
		}
		lines.AddSeries(t.Name, nil, t.data(), p.markedOn(i),
			gocharts.WithLineChartOpts(opts.LineChart{Symbol: t.symbol(), SymbolSize: 5, ShowSymbol: opts.Bool(t.Dots)}),
			gocharts.WithLineStyleOpts(t.line()),
			gocharts.WithEmphasisOpts(opts.Emphasis{Focus: "series"}))
	}
	base.Overlap(lines)
	bars := len(p.Traces) > 0 && p.Traces[0].Bar
	width, height := 30, 5 // of a legend's mark: long enough to tell dashes
	if bars {
		width, height = 22, 10
	}
	base.SetGlobalOptions(
		gocharts.WithColorsOpts(colours),
		gocharts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(names) > 1 && !p.EndLabels), Data: names, Left: "left", Top: "top", ItemWidth: width, ItemHeight: height}),
		gocharts.WithGridOpts(opts.Grid{Left: "8", Right: "16", Top: "64", Bottom: "8", ContainLabel: opts.Bool(true)}),
		gocharts.WithXAxisOpts(opts.XAxis{Type: "category", Data: p.Categories, AxisTick: &opts.AxisTick{AlignWithLabel: opts.Bool(bars)}}),
		gocharts.WithYAxisOpts(opts.YAxis{Type: "value", Name: p.Unit, NameLocation: "end"}),
	)
	if p.Flat {
		base.SetGlobalOptions(gocharts.WithXAxisOpts(opts.XAxis{Type: "value"}),
			gocharts.WithYAxisOpts(opts.YAxis{Type: "category", Data: p.Categories, Inverse: opts.Bool(true), Name: p.Unit, NameLocation: "start"}))
	}
	option := base.JSON()
	delete(option, "title")
	delete(option, "toolbox")
	if p.EndLabels {
		option["endLabels"] = true // for the site's script: go-echarts has no such labels
	}
	// Tooltips are drawn on the canvas. Those in HTML set style attributes, which the pages' policy
	// refuses.
	option["tooltip"] = map[string]any{"trigger": "axis", "renderMode": "richText", "order": "seriesDesc", "confine": true}
	return json.Marshal(option)
}

// data sets a series' values as a plain array. The items that go-echarts makes take three times the
// space.
func (t Trace) data() gocharts.SeriesOpts {
	return func(s *gocharts.SingleSeries) { s.Data = t.Values }
}

// markedOn returns the marks if trace i is the first: in the chart library, marks belong to a trace. The
// site's script sets their colours.
func (p Plot) markedOn(i int) gocharts.SeriesOpts {
	return func(s *gocharts.SingleSeries) {
		if i > 0 || len(p.Marks) == 0 {
			return
		}
		gocharts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(true), Formatter: "{b}"},
			LineStyle: &opts.LineStyle{Type: "dashed", Width: 1.5}})(s)
		for _, m := range p.Marks {
			gocharts.WithMarkLineNameXAxisItemOpts(opts.MarkLineNameXAxisItem{Name: m.Label, XAxis: m.Category})(s)
		}
	}
}

// line returns how the line between the values is drawn.
func (t Trace) line() opts.LineStyle {
	if t.Width == 0 {
		return opts.LineStyle{Opacity: opts.Float(0)}
	}
	return opts.LineStyle{Width: t.Width, Type: t.Dash}
}

// symbol returns what marks each value of a line.
func (t Trace) symbol() string {
	if t.Dots {
		return "circle"
	}
	return "none"
}
