package catalogue

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Citation is how to cite the data, in several formats.
type Citation struct {
	Text   string
	BibTeX string
	RIS    string
	CFF    string // the file CITATION.cff
}

// Cite returns how to cite the data: with their day, which fixes the figures, and their version if
// they have one.
func Cite(s Site) Citation {
	day := s.date()
	id := "crossings-" + day.String()
	notes := []string{"Unofficial statistics, derived from figures by " + strings.Join(publishers(s.Sources), ", ")}
	if len(s.Sources) == 0 {
		notes = nil
	}
	version := s.Version
	if version == "" {
		version = day.String()
	}
	c := Citation{Text: fmt.Sprintf("%s (%d). %s: data on arrivals, returns, deaths and asylum [data set]. Version %s, as of %s.", s.Title, day.Year(), s.Title, version, day.Long())}
	for _, n := range notes {
		c.Text += " " + n + "."
	}
	if at := s.Permanent(); at != "" {
		c.Text += " " + at
	}
	c.BibTeX = bibTeX(s, id, version, notes)
	for _, t := range s.Tables {
		c.BibTeX += "\n" + tableBibTeX(s, t, id, version)
	}
	c.RIS = ris(s, id, version, notes)
	c.CFF = cff(s, version)
	return c
}

func publishers(sources []Source) []string {
	var out []string
	for _, s := range sources {
		if !slices.Contains(out, s.Publisher) {
			out = append(out, s.Publisher)
		}
	}
	return out
}

// bibEscapes are the characters that mean something to TeX, or to programs that read entries before
// TeX does.
var bibEscapes = strings.NewReplacer(`\`, `\textbackslash `, "{", `\textbraceleft `, "}", `\textbraceright `, "$", `\$`, "&", `\&`, "%", `\%`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde `, "^", `\textasciicircum `, `"`, `\textquotedbl `, "@", `\symbol64 `)

func bibTeX(s Site, id, version string, notes []string) string {
	var b strings.Builder
	field := func(name, value string) { fmt.Fprintf(&b, "  %-9s = {%s},\n", name, value) }
	fmt.Fprintf(&b, "@misc{%s,\n", id)
	field("author", "{"+bibEscapes.Replace(oneLine(s.Title))+"}")
	field("title", bibEscapes.Replace(oneLine(s.Title))+": data on arrivals, returns, deaths and asylum")
	field("year", fmt.Sprint(s.date().Year()))
	field("version", bibEscapes.Replace(oneLine(version)))
	for _, n := range notes {
		field("note", bibEscapes.Replace(oneLine(n)))
	}
	field("howpublished", "Data set, "+s.SiteURN())
	if at := s.Permanent(); at != "" {
		field("url", at)
	}
	return b.String() + "}\n"
}

// tableBibTeX is the entry of one table.
func tableBibTeX(s Site, t Table, id, version string) string {
	var b strings.Builder
	field := func(name, value string) { fmt.Fprintf(&b, "  %-9s = {%s},\n", name, value) }
	fmt.Fprintf(&b, "@misc{%s-%s,\n", id, t.Schema.Name)
	field("author", "{"+bibEscapes.Replace(oneLine(s.Title))+"}")
	field("title", bibEscapes.Replace(oneLine(s.Title+": "+t.Schema.Title)))
	field("year", fmt.Sprint(s.date().Year()))
	field("version", bibEscapes.Replace(oneLine(version)))
	field("howpublished", "Data table, "+s.TableURN(t))
	if len(t.Sources) > 0 {
		var terms []string
		for _, x := range t.Sources {
			if words := x.Publisher + " (" + x.Licence + ")"; !slices.Contains(terms, words) {
				terms = append(terms, words)
			}
		}
		field("note", bibEscapes.Replace(oneLine("Unofficial, derived from figures by "+strings.Join(terms, ", "))))
	}
	if at := s.Permanent(); at != "" {
		field("url", at+folder+t.CSV.Name)
	}
	return b.String() + "}\n"
}

func ris(s Site, id, version string, notes []string) string {
	var b strings.Builder
	field := func(tag, value string) { b.WriteString(tag + "  - " + value + "\r\n") }
	field("TY", "DATA")
	field("ID", id)
	field("AU", oneLine(s.Title))
	field("TI", oneLine(s.Title)+": data on arrivals, returns, deaths and asylum")
	field("PY", fmt.Sprint(s.date().Year()))
	field("DA", strings.ReplaceAll(s.date().String(), "-", "/"))
	field("ET", oneLine(version))
	for _, n := range notes {
		field("N1", oneLine(n))
	}
	if at := s.Permanent(); at != "" {
		field("UR", at)
	}
	field("ER", "")
	return b.String()
}

// oneLine joins a text into one line, because in both formats a line break ends a field.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// cff is YAML whose texts are written as JSON strings, which are valid YAML.
func cff(s Site, version string) string {
	quote := func(text string) string {
		q, _ := json.Marshal(text) // a text can always be encoded
		return string(q)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "cff-version: 1.2.0\nmessage: %s\ntype: dataset\ntitle: %s\nauthors:\n  - name: %s\nversion: %s\ndate-released: %s\n",
		quote("Cite the publishers for the counts, and this data set for the comparisons."), quote(s.Title), quote(s.Title), quote(version), quote(s.date().String()))
	if at := s.Permanent(); at != "" {
		fmt.Fprintf(&b, "url: %s\n", quote(at))
	}
	fmt.Fprintf(&b, "identifiers:\n  - type: other\n    value: %s\n    description: %s\n", quote(s.SiteURN()), quote("These data, wherever they are"))
	if all := licences(s.Sources); len(all) == 1 && openNames[all[0]] != "" && !slices.ContainsFunc(s.Sources, func(x Source) bool { return x.LicenceAt != all[0] }) {
		fmt.Fprintf(&b, "license: %s\n", openNames[all[0]])
	}
	b.WriteString("abstract: " + quote(s.Description) + "\nkeywords:\n")
	for _, k := range Keywords {
		b.WriteString("  - " + quote(k) + "\n")
	}
	if len(s.Sources) > 0 {
		b.WriteString("references:\n")
	}
	for _, x := range s.Sources {
		cffReference(&b, x, quote)
	}
	return b.String()
}

// cffReference is a data set that figures come from, with its own licence: the licences of all sources
// apply together, which the format cannot say of the data as a whole.
func cffReference(b *strings.Builder, x Source, quote func(string) string) {
	fmt.Fprintf(b, "  - type: data\n    title: %s\n    authors:\n      - name: %s\n", quote(oneLine(x.Title)), quote(oneLine(x.Publisher)))
	if at := link(x.Homepage); at != "" {
		fmt.Fprintf(b, "    url: %s\n", quote(at))
	}
	if id := openNames[x.LicenceAt]; id != "" {
		fmt.Fprintf(b, "    license: %s\n", id)
	} else if at := link(x.LicenceAt); at != "" {
		fmt.Fprintf(b, "    license-url: %s\n", quote(at))
	}
	if x.Licence != "" {
		fmt.Fprintf(b, "    notes: %s\n", quote("Licence: "+oneLine(x.Licence)))
	}
}
