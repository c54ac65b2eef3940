package translate

import (
	"strings"
	"testing"
)

// small is a catalogue of a few entries.
const small = `[[language]]
name: Français
english: English
only: en anglais
decimal: ,
group: <nnbsp>
percent: <nnbsp>%
months: janvier février mars avril mai juin juillet août septembre octobre novembre décembre
short: janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.
first: 1er
singular-below: 2
narrow: ; ! ?
tie: : »
before de: de |d’|aeiou

[[scripts]]
{n} found
	{n} résultats

[[change]]
 ({pct})
	 ({pct})
<nothing>
	<nothing>

[[texts]]
{n} people in {year}{change}
	{n} {n?personne|personnes} en {year}{change}
Note: {text}
	Note : {text}
Since {month}
	Depuis {de:month}
On {date}
	Le {date}
boats
	embarcations
From {area}
	De : {area}
More
	Plus
`

func parsed(t *testing.T, text string) *Language {
	t.Helper()
	l, err := Parse("fr", text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestText(t *testing.T) {
	l := parsed(t, small)
	l.Keep("Open Data")
	for english, want := range map[string]string{
		"0 people in 2026":                     "0 personne en 2026",
		"1 people in 2026":                     "1 personne en 2026",
		"2 people in 2026":                     "2 personnes en 2026",
		"18,518 people in 2026 (−37.2 %)":      "18\u202f518 personnes en 2026 (−37,2\u202f%)",
		"1.5 people in 2026 (+1,000.0\u00a0%)": "1,5 personne en 2026 (+1\u202f000,0\u202f%)",
		"Note: boats":                          "Note\u00a0: embarcations",
		"Since April 2026":                     "Depuis d’avril 2026",
		"Since May 2026":                       "Depuis de mai 2026",
		"On 1 July 2026":                       "Le 1er juillet 2026",
		"On 11 July 2026":                      "Le 11 juillet 2026",
		"From Ivory Coast":                     "",
		"From Türkiye":                         "De\u00a0: Turquie",
		"From Niger":                           "De\u00a0: Niger",
		"From Nigeria":                         "De\u00a0: Nigéria",
		"From Nigeriana":                       "",
		"On 1 Julember 2026":                   "",
		"Note: boats. More.":                   "Note\u00a0: embarcations. Plus.",
		"boats; More":                          "embarcations\u202f; Plus",
		"Note: Open Data":                      "Note\u00a0: Open Data",
		"Note: unknown":                        "",
		"":                                     "",
	} {
		got, ok := l.Text(english)
		if want == "" {
			if ok {
				t.Errorf("%q has the translation %q", english, got)
			}
		} else if got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
	if unasked := l.Unasked(); len(unasked) != 0 {
		t.Errorf("unasked: %q", unasked)
	}
	if lacking := strings.Join(l.Lacking(), "|"); !strings.Contains(lacking, "Note: unknown") || strings.Contains(lacking, "boats") {
		t.Errorf("lacking: %s", lacking)
	}
}

// TestEveryCountryHasItsName asks for the name of each country of the code list.
func TestEveryCountryHasItsName(t *testing.T) {
	l := parsed(t, small)
	named := 0
	for label, code := range areaCodes() {
		if name := l.areaName(code); name != "" {
			named++
			if name == "Région indéterminée" || strings.Contains(name, "'") {
				t.Errorf("%s (%s) is %q", label, code, name)
			}
		}
	}
	for code, want := range map[string]string{"AFG": "Afghanistan", "CIV": "Côte d’Ivoire", "DEU": "Allemagne", "SYR": "Syrie", "XXA": "", "_T": "", "YUG": ""} {
		if got := l.areaName(code); got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
	if named < 240 {
		t.Errorf("%d countries have names", named)
	}
}

func TestACatalogueWithAFaultIsRefused(t *testing.T) {
	for fault, text := range map[string]string{
		"no translation":       small + "Lonely\n",
		"has no translation":   small + "Lonely\nLonelier\n\tSeul\n",
		"lacks {n}":            small + "{n} boats\n\tembarcations\n",
		"has no {n}":           small + "Some boats\n\t{n} embarcations\n",
		"is no kind":           small + "{xyz} boats\n\t{xyz} embarcations\n",
		"there twice":          small + "More\n\tPlus\n",
		"without its other":    small + "{n boats\n\tembarcations\n",
		"no word for many":     small + "{n} y\n\t{n} {n?y}\n",
		"has a form":           small + "{low:text} y\n\t{text} y\n",
		"before the first":     "More\n\tPlus\n",
		"no property":          strings.Replace(small, "tie:", "knot:", 1),
		"11 months":            strings.Replace(small, " décembre", "", 1),
		"without an English":   small + "\tPlus\n",
		"lacks only":           strings.Replace(small, "only: en anglais\n", "", 1),
		"is not full|cut|lett": strings.Replace(small, "|d’|", "|", 1),
	} {
		if _, err := Parse("fr", text); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: %v", fault, err)
		}
	}
}

// TestHTML translates the texts of a page and nothing else. A text without a translation says that it is
// English, and hostile texts stay texts.
func TestHTML(t *testing.T) {
	l := parsed(t, small)
	l.Keep("Open Data")
	const page = `<!doctype html>
<html lang="en-GB"><head><title>More</title><meta name="description" content="More"><meta name="referrer" content="More"></head>
<body><p class="More">More <b>boats</b> &lt;script&gt;</p><p>Unknown &amp; odd</p><p>12,345</p>
<a href="more.html">More</a> <a href="x.html">More</a> <a href="https://x.org/y.html">Open Data</a><table><tr><td><a href="x.html">More</a></td></tr></table>
<img src="a.svg" alt="Note: boats"><svg><title>Unknown</title><text>boats</text></svg><a lang="fr" href="x.html">More</a>
<script type="application/json" class="chart-option">{"name":"More","More":["1 July","bar","Note: boats",1000]}</script><script>More</script><code>More</code>
<noscript><p>More</p></noscript><a aria-label="Note: my own title" href="a">More</a><a aria-label="Remark: my own title" href="a">More</a></body></html>`
	local := func(name string) string {
		return map[string]string{"more.html": "fr/more.html", "a.svg": "fr/a.svg"}[name]
	}
	got := string(l.HTML([]byte(page), Page{Name: "fr/page.html", Local: func(name string) string { return local(strings.TrimPrefix(name, "fr/")) }}))
	for _, want := range []string{
		`<html lang="fr">`, `<title>Plus</title>`, `name="description" content="Plus"`, `name="referrer" content="More"`, `<p class="More">Plus <b>embarcations</b> `,
		`&lt;script&gt;`, `<p><span lang="en">Unknown &amp; odd</span></p>`, "<p>12,345</p>", `<a href="more.html">Plus</a>`, `<a href="x.html" hreflang="en" title="en anglais">Plus <small>(en anglais)</small></a>`,
		`<a href="https://x.org/y.html"><span lang="en">Open Data</span></a>`, `<td><a href="x.html" hreflang="en" title="en anglais">Plus</a></td>`, "alt=\"Note\u00a0: embarcations\"", `<title>Unknown</title><text>embarcations</text>`,
		`<a lang="fr" href="x.html">More</a>`, "{\"name\":\"Plus\",\"More\":[\"1 July\",\"bar\",\"Note\u00a0: embarcations\",1000]}", `<script>More</script><code>More</code>`, `<noscript><p>Plus</p></noscript>`,
		"aria-label=\"Note\u00a0: my own title\"", `aria-label="Remark: my own title"`,
		`"texts":{"{n} found":"{n} résultats"}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(got, "<script>alert") {
		t.Error("a text became a script")
	}
	if t.Failed() {
		t.Log(got)
	}
}
