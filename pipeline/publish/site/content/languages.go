package content

// Translation is a language of the site besides English.
type Translation struct{ Code, Title string }

// LocalPage is a page in another language than English.
type LocalPage struct{ Code, Title, Name string }

// Local returns the pages in other languages of an English page, in the order of the languages.
func (s Site) Local(english string) (out []LocalPage) {
	for _, l := range s.Translations {
		if name := s.LocalName(l.Code, english); name != "" {
			out = append(out, LocalPage{l.Code, l.Title, name})
		}
	}
	return out
}

// LocalName returns the name of an English page in another language, or "" if it is in English only.
func (s Site) LocalName(code, english string) string {
	if english == FrontPage {
		return code + "/" + FrontPage
	}
	for _, t := range s.Topics {
		if t.InMenu() && TopicLink(t).Name == english {
			return code + "/" + t.ID + ".html"
		}
	}
	return ""
}
