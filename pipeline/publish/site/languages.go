package site

import (
	"os"
	"path/filepath"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/find"
	"crossings/pipeline/publish/site/pages"
	"crossings/pipeline/publish/site/translate"
)

// Translations returns the languages that a site can have besides English.
func Translations() (out []content.Translation, err error) {
	for _, code := range charts.Languages() {
		l, err := language(code)
		if err != nil {
			return nil, err
		}
		out = append(out, content.Translation{Code: code, Title: l.Name()})
	}
	return out, nil
}

// language reads the catalogue of a language.
func language(code string) (*translate.Language, error) {
	text, err := charts.LanguageText(code)
	if err != nil {
		return nil, err
	}
	return translate.Parse(code, text)
}

// languagesOf returns the languages of a site by code. Names of the site, of publishers and of data sets
// are the same in all of them.
func languagesOf(s content.Site) (map[string]*translate.Language, error) {
	out := map[string]*translate.Language{}
	for _, t := range s.Translations {
		l, err := language(t.Code)
		if err != nil {
			return nil, err
		}
		l.Keep(s.Title)
		for _, x := range s.Sources {
			l.Keep(x.Title, x.Publisher, x.Licence)
		}
		out[t.Code] = l
	}
	return out, nil
}

// translated writes a page in another language, and the pictures on it.
func (b *build) translated(w *writer, p pages.Page, local content.LocalPage) error {
	l := b.languages[local.Code]
	p = pages.Local(p, local.Name)
	data, err := b.frame.Render(p)
	if err != nil {
		return err
	}
	var failed error
	data = l.HTML(data, translate.Page{Name: p.Name, Local: func(name string) string {
		if page := b.index.Site.LocalName(local.Code, name); page != "" {
			return page
		}
		if !strings.HasPrefix(name, content.ChartFolder) || !strings.HasSuffix(name, ".svg") {
			return ""
		}
		picture := local.Code + "/" + name
		if _, there := w.written[picture]; !there && failed == nil {
			failed = translatePicture(w, l, name, picture)
		}
		return picture
	}})
	if failed != nil {
		return failed
	}
	say := func(text string) string { said, _ := l.Text(text); return said }
	b.local = append(b.local, find.Local{Language: local.Code, Title: say(p.Title), Page: p.Name, Words: say(p.About)})
	return w.file(p.Name, b.stamps.FillIn(p.Name, data, say))
}

// translatePicture writes the picture of a chart in another language.
func translatePicture(w *writer, l *translate.Language, from, to string) error {
	data, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(from)))
	if err != nil {
		return err
	}
	return w.file(to, l.SVG(data))
}
