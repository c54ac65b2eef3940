package catalogue

import (
	"bytes"
	"cmp"
	"encoding/json"

	"crossings/schemas"
)

// Page is what a page of the site says about the data on it.
type Page struct {
	Name        string     // file name of the page
	Title       string     // of the data; the site's for all of it
	Description string     // one or two sentences
	Measured    []string   // titles of its series
	Sources     []Source   // of its figures
	Whole       bool       // whether it is about all of the data
	Files       []Download // of a part of the data
}

// Download is a file of a part of the data.
type Download struct {
	Name      string // relative to the site's folder
	Title     string
	MediaType string
}

// thing is an object of schema.org. The JSON encoder sorts its properties, so "@context", "@id" and
// "@type" come first.
type thing map[string]any

// JSONLD returns the schema.org Dataset of a page as JSON that can be used in a script element:
// "<", ">" and "&" are escaped. The files are those of the site's tables. The data of a part of the
// site are described as part of the whole, with the files of the part; s then has only its tables.
func JSONLD(s Site, p Page) ([]byte, error) {
	start, end := span(s.Tables)
	d := thing{"@context": "https://schema.org", "@type": "Dataset", "name": p.Title, "description": p.Description, "isAccessibleForFree": true, "identifier": s.SiteURN(),
		"creator": organisation(s), "publisher": organisation(s), "inLanguage": "en", "keywords": Keywords, "dateModified": s.date().String(),
		"version": cmp.Or(s.Version, s.date().String()), "citation": Cite(s).Text, "url": s.address(p.Name), "@id": s.dataID(p.Name),
		"includedInDataCatalog": thing{"@type": "DataCatalog", "@id": s.named(catalogueID, "catalogue"), "name": s.Title, "url": s.address(folder + "index.html")}}
	set := func(name string, value any, given bool) {
		if given {
			d[name] = value
		}
	}
	set("temporalCoverage", interval(start, end), !start.IsZero())
	places, err := placesOf(areas(s.Tables))
	if err != nil {
		return nil, err
	}
	set("spatialCoverage", places, len(places) > 0)
	set("license", licences(p.Sources), len(licences(p.Sources)) > 0)
	set("variableMeasured", p.Measured, len(p.Measured) > 0)
	set("isBasedOn", basis(p.Sources), len(p.Sources) > 0)
	files := downloads(s)
	if !p.Whole {
		files = nil
		for _, f := range p.Files {
			files = append(files, thing{"@type": "DataDownload", "name": f.Title, "contentUrl": s.address(f.Name), "encodingFormat": f.MediaType})
		}
	}
	set("distribution", files, len(files) > 0)
	if !p.Whole {
		d["isPartOf"] = thing{"@type": "Dataset", "@id": s.dataID("index.html"), "name": s.Title, "description": s.Description, "url": s.address("index.html")}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out) // escapes HTML
	if err := e.Encode(d); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

// dataID returns the identifier of the data on a page.
func (s Site) dataID(page string) string { return s.named(page+"#dataset", "page:"+page) }

func organisation(s Site) thing {
	o := thing{"@type": "Organization", "name": s.Title}
	if s.Base != "" {
		o["url"] = s.Base
	}
	return o
}

// basis returns the data sets of other publishers that figures come from.
func basis(sources []Source) []thing {
	var out []thing
	for _, x := range sources {
		t := thing{"@type": "CreativeWork", "name": x.Title, "creator": thing{"@type": "Organization", "name": x.Publisher}}
		if at := link(x.Homepage); at != "" {
			t["url"] = at
		}
		if at := link(x.LicenceAt); at != "" {
			t["license"] = at
		}
		out = append(out, t)
	}
	return out
}

// downloads returns the CSV and the Parquet file of each table. The data package has all other
// formats.
func downloads(s Site) []thing {
	var out []thing
	for _, t := range s.Tables {
		for _, f := range t.files()[:2] {
			out = append(out, thing{"@type": "DataDownload", "name": t.Schema.Title + f.title, "contentUrl": s.address(folder + f.Name),
				"encodingFormat": f.mediaType, "sha256": f.SHA256})
		}
	}
	return out
}

// placesOf returns areas with their names.
func placesOf(areas []string) ([]thing, error) {
	list, err := schemas.CodeList("area")
	if err != nil {
		return nil, err
	}
	var out []thing
	for _, a := range areas {
		for _, c := range list {
			if c.Code == a {
				out = append(out, thing{"@type": "Country", "name": c.Label, "identifier": a})
			}
		}
	}
	return out, nil
}
