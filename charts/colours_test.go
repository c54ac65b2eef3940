package charts

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/dop251/goja"
)

// leastDifference is the CIEDE2000 by which any two lines that a reader is to compare must differ.
const leastDifference = 20

// lab is a colour of CIELAB, for daylight of 6500 K.
type lab struct{ l, a, b float64 }

// labOf converts a colour of a style sheet: #b8400b.
func labOf(t *testing.T, hex string) lab {
	t.Helper()
	var rgb [3]float64
	for i := range rgb {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(hex, err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			rgb[i] = c / 12.92
		} else {
			rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124564*rgb[0] + 0.3575761*rgb[1] + 0.1804375*rgb[2]) / 0.95047)
	y := f(0.2126729*rgb[0] + 0.7151522*rgb[1] + 0.0721750*rgb[2])
	z := f((0.0193339*rgb[0] + 0.1191920*rgb[1] + 0.9503041*rgb[2]) / 1.08883)
	return lab{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// difference returns the CIEDE2000 of two colours (CIE 142-2001).
func difference(p, q lab) float64 {
	rad := math.Pi / 180
	c := math.Pow((math.Hypot(p.a, p.b)+math.Hypot(q.a, q.b))/2, 7)
	g := 1 + 0.5*(1-math.Sqrt(c/(c+math.Pow(25, 7))))
	c1, c2 := math.Hypot(g*p.a, p.b), math.Hypot(g*q.a, q.b)
	angle := func(a, b float64) float64 {
		if a == 0 && b == 0 {
			return 0
		}
		return math.Mod(math.Atan2(b, a)/rad+360, 360)
	}
	h1, h2 := angle(g*p.a, p.b), angle(g*q.a, q.b)
	turn, mean := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		turn, mean = 0, h1+h2
	case math.Abs(turn) > 180:
		mean = math.Mod(mean+180, 360)
		turn -= math.Copysign(360, turn)
	}
	dl, dc, dh := q.l-p.l, c2-c1, 2*math.Sqrt(c1*c2)*math.Sin(turn*rad/2)
	l, cm := (p.l+q.l)/2, (c1+c2)/2
	w := 1 - 0.17*math.Cos((mean-30)*rad) + 0.24*math.Cos(2*mean*rad) + 0.32*math.Cos((3*mean+6)*rad) - 0.20*math.Cos((4*mean-63)*rad)
	sl, sc, sh := 1+0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50)), 1+0.045*cm, 1+0.015*cm*w
	c7 := math.Pow(cm, 7)
	rotate := -2 * math.Sqrt(c7/(c7+math.Pow(25, 7))) * math.Sin(60*rad*math.Exp(-math.Pow((mean-275)/25, 2)))
	return math.Sqrt(dl*dl/sl/sl + dc*dc/sc/sc + dh*dh/sh/sh + rotate*dc/sc*dh/sh)
}

// TestDifference compares with published pairs: G. Sharma, W. Wu, E. N. Dalal, 2005, table 1.
func TestDifference(t *testing.T) {
	for _, x := range []struct {
		p, q lab
		want float64
	}{
		{lab{50, 2.6772, -79.7751}, lab{50, 0, -82.7485}, 2.0425},
		{lab{50, 2.5, 0}, lab{73, 25, -18}, 27.1492},
		{lab{50, 2.5, 0}, lab{58, 24, 15}, 19.4535},
		{lab{2.0776, 0.0795, -1.1350}, lab{0.9033, -0.0636, -0.5514}, 0.9082},
		{lab{22.7233, 20.0904, -46.6940}, lab{23.0331, 14.9730, -42.5619}, 2.0373},
	} {
		if got := difference(x.p, x.q); math.Abs(got-x.want) > 0.00005 {
			t.Errorf("%v and %v differ by %.4f, not %.4f", x.p, x.q, got, x.want)
		}
	}
}

// apart fails for each pair of lines whose colours are too close.
func apart(t *testing.T, where string, colours map[string]string) {
	t.Helper()
	names := slices.Sorted(maps.Keys(colours))
	for i, a := range names {
		for _, b := range names[i+1:] {
			if d := difference(labOf(t, colours[a]), labOf(t, colours[b])); d < leastDifference {
				t.Errorf("%s: %s %s and %s %s differ by a CIEDE2000 of %.1f, less than %d", where, a, colours[a], b, colours[b], d, leastDifference)
			}
		}
	}
}

// scheme returns the custom properties of a style sheet, those for dark pages in the place of the others
// if dark is set.
func scheme(t *testing.T, dark bool) map[string]string {
	t.Helper()
	sheet, err := styleSheet()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	inDark := regexp.MustCompile(`(?s)@media \(prefers-color-scheme: dark\) \{.*?\n\}|@media \(prefers-color-scheme: dark\) \{[^\n]*\}\n`)
	property := regexp.MustCompile(`(--[a-z0-9-]+): (#[0-9a-f]{6});`)
	read := func(text []byte) {
		for _, m := range property.FindAllSubmatch(text, -1) {
			out[string(m[1])] = string(m[2])
		}
	}
	read(inDark.ReplaceAll(sheet, nil))
	if dark {
		for _, part := range inDark.FindAll(sheet, -1) {
			read(part)
		}
	}
	return out
}

// TestLinesOfTheExplorerAreApart reads the colours of its lines from the style sheet.
func TestLinesOfTheExplorerAreApart(t *testing.T) {
	for _, dark := range []bool{false, true} {
		lines := map[string]string{}
		for name, colour := range scheme(t, dark) {
			if regexp.MustCompile(`^--s\d$`).MatchString(name) {
				lines[name] = colour
			}
		}
		if len(lines) < 5 {
			t.Errorf("dark %t: %d colours of lines", dark, len(lines))
		}
		apart(t, fmt.Sprintf("dark %t", dark), lines)
	}
}

// painted is what the test reads of a painted option.
type painted struct {
	Name, Colour string
	Width        float64
	Label        string
}

// painter returns what paints a chart by years with some of them chosen.
func painter(t *testing.T, dark bool) func(chosen []string) []painted {
	t.Helper()
	text, err := assets.ReadFile("assets/paint.js")
	if err != nil {
		t.Fatal(err)
	}
	vm, tokens := goja.New(), scheme(t, dark)
	if _, err := vm.RunString(string(text)); err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunString(`(function (chosen, dark, ink, now) {
	  var names = ["2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"], colours = names.map(function () { return "#888888"; }).slice(2).concat([ink, now]);
	  var o = { endLabels: true, color: colours, legend: {}, grid: {}, tooltip: {}, xAxis: [{ data: ["1 January", "2 January"] }], yAxis: [{}], series: names.map(function (n, i) { return { name: n, data: [i, 10 * i] }; }) };
	  o = paintOption(o, { width: 720, dark: dark, colours: colours, decimals: 0, font: "x", measure: function (s) { return 7 * s.length; }, chosen: chosen });
	  return o.series.map(function (s, i) { return { Name: s.name, Colour: o.color[i], Width: s.lineStyle.width, Label: s.endLabel.show ? s.endLabel.formatter() : "" }; });
	})`)
	if err != nil {
		t.Fatal(err)
	}
	paint, _ := goja.AssertFunction(v)
	return func(chosen []string) (out []painted) {
		got, err := paint(goja.Undefined(), vm.ToValue(chosen), vm.ToValue(dark), vm.ToValue(tokens["--ink"]), vm.ToValue(tokens["--now"]))
		if err != nil {
			t.Fatal(err)
		}
		if err := vm.ExportTo(got, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// TestStressedLinesAreApartAndLabelled paints every choice of years: the lines that are stressed differ,
// and each has its name and its last value at its end.
func TestStressedLinesAreApartAndLabelled(t *testing.T) {
	years := []string{"2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"}
	for _, dark := range []bool{false, true} {
		paint := painter(t, dark)
		for set := 1; set < 1<<len(years); set++ {
			var chosen []string
			for i, y := range years {
				if set>>i&1 == 1 {
					chosen = append(chosen, y)
				}
			}
			stressed := map[string]string{}
			for i, x := range paint(chosen) {
				if x.Width < 2 {
					continue
				}
				stressed[x.Name] = x.Colour
				if want := fmt.Sprintf("%s  %d", x.Name, 10*i); x.Label != want {
					t.Errorf("%v: the line of %s has the label %q", chosen, x.Name, x.Label)
				}
			}
			if len(stressed) == 0 || len(stressed) > len(chosen) || len(chosen) <= 5 && len(stressed) != len(chosen) {
				t.Errorf("%v: stressed are %v", chosen, stressed)
			}
			apart(t, fmt.Sprintf("%v, dark %t", chosen, dark), stressed)
		}
	}
}
