package publish

import (
	"fmt"
	"runtime/debug"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
)

// ParseBase returns the public address of the site in its canonical form, which ends with a
// slash. "" stays "". The error is ErrUsage if the address is neither https nor http on
// loopback, or if it has a user, query or fragment.
func ParseBase(text string) (string, error) {
	base, err := catalogue.ParseBase(text)
	if err != nil {
		return "", fmt.Errorf("%w: --base-url: %w", registry.ErrUsage, err)
	}
	return base, nil
}

// programVersion returns the version of the module that the program was built from. It is
// "(devel)" if the program was built from a working tree.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.Main.Version
}

// siteOf returns the content of the site.
func siteOf(b *tables.Builder, base string) (content.Site, error) {
	figures, err := charts.Load()
	if err != nil {
		return content.Site{}, err
	}
	topics, err := charts.LoadTopics()
	if err != nil {
		return content.Site{}, err
	}
	events, err := charts.LoadEvents()
	if err != nil {
		return content.Site{}, err
	}
	cards, err := charts.LoadCards()
	if err != nil {
		return content.Site{}, err
	}
	languages, err := site.Translations()
	if err != nil {
		return content.Site{}, err
	}
	out := content.Site{Title: "Crossings", Translations: languages, AsOf: b.AsOf, Vintage: b.Vintage, Series: b.Series, Charts: figures, Cards: cards, Topics: topics, Events: events,
		Base: base, Program: programVersion()}
	for _, name := range tables.TableNames {
		out.Tables = append(out.Tables, b.Tables[name])
	}
	for _, k := range b.Known {
		s := k.Source
		out.Sources = append(out.Sources, content.SourceInfo{ID: s.ID, Title: s.Title, Publisher: s.Publisher, Licence: s.Licence,
			LicenceAt: s.LicenceAt, Homepage: s.Homepage, Holds: s.Holds, Every: s.Every, Waiting: k.PendingDays()})
	}
	return out, nil
}
