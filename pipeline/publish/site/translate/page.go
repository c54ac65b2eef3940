package translate

import (
	"bytes"
	"encoding/json"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Page says where a page is and which other files of the site are there in the language.
type Page struct {
	Name string // of the page in the language
	// Local returns the name in the language of a file of the site, or "" if it is there in English only.
	Local func(name string) string
}

// unread are the elements whose text is no language: their texts stay as they are.
var unread = []string{"code", "pre", "style", "script"}

// textOnly are the elements that can hold text only, so that a text cannot say its language.
var textOnly = []string{"title", "option", "textarea"}

// HTML returns an English page in the language. An element with a lang attribute stays as it is. A text
// without a translation stays English and says so. Links lead to the pages in the language; those to pages
// that are in English only say so.
func (l *Language) HTML(page []byte, p Page) []byte {
	return (&walk{l: l, page: p}).read(page)
}

// read returns a page, or a part of one, in the language.
func (w *walk) read(page []byte) []byte {
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken { // at the end: a reader of memory has no other error
			return w.out.Bytes()
		}
		raw := string(z.Raw())
		switch kind {
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			w.start(string(name), raw, kind == nethtml.SelfClosingTagToken)
		case nethtml.EndTagToken:
			name, _ := z.TagName()
			w.end(string(name), raw)
		case nethtml.TextToken:
			w.text(raw)
		default:
			w.out.WriteString(raw)
		}
	}
}

// SVG returns a picture of a chart in the language.
func (l *Language) SVG(picture []byte) []byte { return l.HTML(picture, Page{}) }

// walk is a page while it is read.
type walk struct {
	l    *Language
	page Page
	out  bytes.Buffer
	open []element
}

// element is one that is open. still reports whether its texts stay as they are. after follows its end.
type element struct {
	name  string
	still bool
	data  bool // holds data of a chart
	svg   bool
	dense bool   // a table, where a link says in its title only that its page is in English
	menu  bool   // a menu, where it says so briefly
	after string // what follows its content
}

// void are the elements without an end.
var void = []string{"meta", "link", "input", "img", "br", "hr", "source"}

func (w *walk) top() element {
	if len(w.open) == 0 {
		return element{}
	}
	return w.open[len(w.open)-1]
}

func (w *walk) start(name, raw string, closed bool) {
	outer := w.top()
	e := element{name: name, still: outer.still || slices.Contains(unread, name), svg: outer.svg || name == "svg", dense: outer.dense || name == "table", menu: outer.menu || name == "header" || name == "footer"}
	if name == "code" && len(w.open) > 0 {
		w.open[len(w.open)-1].after = "" // the name of a row
	}
	if name == "html" {
		w.out.WriteString(langAttribute.ReplaceAllString(raw, ` lang="`+w.l.Code+`"`))
		w.open = append(w.open, e)
		return
	}
	own := langAttribute.MatchString(raw)
	e.still = e.still || own
	e.data = name == "script" && strings.Contains(raw, `class="chart-option"`)
	if !own {
		raw, e.after = w.attributes(name, raw)
	}
	w.out.WriteString(raw)
	if !closed && !slices.Contains(void, name) {
		w.open = append(w.open, e)
	} else if e.after != "" {
		w.out.WriteString(e.after)
	}
}

func (w *walk) end(name, raw string) {
	if name == "head" {
		w.out.Write(w.l.scriptWords())
	}
	for len(w.open) > 0 {
		e := w.top()
		w.open = w.open[:len(w.open)-1]
		if e.name == name {
			w.out.WriteString(e.after)
			break
		}
	}
	w.out.WriteString(raw)
}

func (w *walk) text(raw string) {
	e := w.top()
	switch {
	case e.data:
		w.out.WriteString(w.l.option(raw))
		return
	case e.still:
		w.out.WriteString(raw)
		return
	case e.name == "noscript": // which the tokenizer takes for a text
		w.out.Write((&walk{l: w.l, page: w.page}).read([]byte(raw)))
		return
	}
	text := html.UnescapeString(raw)
	core := strings.Trim(text, " \n\t")
	if !worded(core) {
		w.out.WriteString(raw)
		return
	}
	before, after, _ := strings.Cut(text, core)
	if own := "<" + e.name + ">" + core; w.l.elements[own] {
		core = own
	}
	said, ok := w.l.Text(core)
	said = html.EscapeString(said)
	if (!ok || w.l.kept(core)) && !e.svg && !slices.Contains(textOnly, e.name) && letters.MatchString(core) {
		said = `<span lang="en">` + said + `</span>`
	}
	w.out.WriteString(before + said + after)
}

// kept reports whether a text is a name that stays as it is.
func (l *Language) kept(text string) bool {
	text = strings.ReplaceAll(text, noBreak, " ")
	return l.memo[text].kept
}

var (
	letters       = regexp.MustCompile(`[A-Za-z]{2}`)
	langAttribute = regexp.MustCompile(` lang="[^"]*"`)
	attribute     = regexp.MustCompile(` (aria-label|alt|title|placeholder|content|data-alt|href|src|srcset|data-at)="([^"]*)"`)
)

// worded reports whether a text has a letter or a digit.
func worded(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
}

// described are the elements of a head whose content is a text.
var described = []string{`name="description"`, `property="og:title"`, `property="og:description"`}

// attributes translates the texts of a tag, and turns its links. after follows the content of a link to a
// page in English.
func (w *walk) attributes(name, raw string) (tag, after string) {
	tag = attribute.ReplaceAllStringFunc(raw, func(a string) string {
		m := attribute.FindStringSubmatch(a)
		value := html.UnescapeString(m[2])
		switch m[1] {
		case "href", "src", "srcset":
			if name == "link" { // to the files of the page, and to the page in other languages
				return a
			}
			to, english := w.link(value)
			out := ` ` + m[1] + `="` + html.EscapeString(to) + `"`
			if english && name == "a" {
				out += ` hreflang="en" title="` + html.EscapeString(w.l.form.only) + `"`
				after = w.only()
			}
			return out
		case "data-at":
			return a
		case "content":
			if name != "meta" || !slices.ContainsFunc(described, func(d string) bool { return strings.Contains(raw, d) }) {
				return a
			}
		}
		if !worded(value) {
			return a
		}
		said, ok := w.l.Text(value)
		if !ok && m[1] == "aria-label" {
			said = w.l.label(value)
		}
		return ` ` + m[1] + `="` + html.EscapeString(said) + `"`
	})
	return tag, after
}

// label translates what the name of a control begins with, "Table: ", before a title that has no translation.
// The name must have the words that people see on the control.
func (l *Language) label(english string) string {
	begins, title, has := strings.Cut(english, ": ")
	if !has || len(l.names) == 0 {
		return english
	}
	known := l.names[0]
	r := l.translate(begins + ": " + known)
	before, after, once := strings.Cut(r.text, known)
	if !r.ok || !once || strings.Contains(after, known) {
		return english
	}
	return before + title + after
}

// only returns what says after a link that its page is in English, or "" in a table. In a menu it is the
// code of the language; the title of the link says it in full.
func (w *walk) only() string {
	switch e := w.top(); {
	case e.dense:
		return ""
	case e.menu:
		return ` <small>(en)</small>`
	}
	return ` <small>(` + html.EscapeString(w.l.form.only) + `)</small>`
}

// scriptWords returns the data from which the scripts of a page have their words.
func (l *Language) scriptWords() []byte {
	texts := map[string]string{}
	for _, e := range l.scripts {
		texts[e.original] = l.written(e)
	}
	data, err := json.Marshal(map[string]any{"texts": texts, "months": l.form.months, "short": l.form.short, "group": l.form.group, "decimal": l.form.decimal})
	if err != nil {
		panic(err) // texts and nothing else
	}
	return []byte(`<script type="application/json" id="words">` + string(data) + "</script>\n")
}

// written returns the translation of an entry with its slots as they are written.
func (l *Language) written(e *entry) string {
	var b strings.Builder
	for _, p := range e.other {
		b.WriteString(p.literal)
		if p.slot != "" {
			b.WriteString("{" + p.slot + "}")
		}
	}
	return b.String()
}

// link returns where a link of the page leads, and whether that is a page in English only.
func (w *walk) link(to string) (turned string, english bool) {
	file, fragment, has := strings.Cut(to, "#")
	if w.page.Local == nil || file == "" || strings.Contains(file, ":") || strings.HasPrefix(file, "/") {
		return to, false
	}
	site := path.Join(path.Dir(w.page.Name), file)
	local := w.page.Local(site)
	if local == "" {
		return to, strings.HasSuffix(site, ".html")
	}
	turned = strings.Repeat("../", strings.Count(w.page.Name, "/")) + local
	if dir := path.Dir(w.page.Name) + "/"; strings.HasPrefix(local, dir) {
		turned = strings.TrimPrefix(local, dir)
	}
	if has {
		turned += "#" + fragment
	}
	return turned, false
}

// literal is a string of JSON, with the colon after a name.
var literal = regexp.MustCompile(`"(?:[^"\\]|\\.)*"\s*:?`)

// option translates the names in the option of a chart. What the chart library reads has no translation
// and stays.
func (l *Language) option(text string) string {
	return literal.ReplaceAllStringFunc(text, func(s string) string {
		var value string
		if strings.HasSuffix(s, ":") || json.Unmarshal([]byte(s), &value) != nil || !named.MatchString(value) {
			return s
		}
		said, ok := l.Text(value)
		if !ok {
			return s
		}
		out, err := json.Marshal(said)
		if err != nil {
			return s
		}
		return string(out)
	})
}

// named is a text of a chart that people read: with a capital, a space, or a unit.
var named = regexp.MustCompile(`^(?:[A-Z0-9].*[a-z]|.* .*|people|number|boats|decisions|detections|claims|days|count)$`)
