package catalogue

import "crossings/pipeline/stat"

// releaseFile is the content of release.json.
type releaseFile struct {
	ID      string         `json:"identifier"`
	Title   string         `json:"title"`
	Version string         `json:"data_version"`
	Program string         `json:"program_version"`
	AsOf    *stat.Date     `json:"as_of"` // null for the newest state
	Vintage stat.Date      `json:"vintage"`
	Inputs  []Input        `json:"inputs"`
	Tables  []releaseTable `json:"tables"`
}

type releaseTable struct {
	Name  string `json:"name"`
	Rows  int    `json:"rows"`
	Files []File `json:"files"`
}

// Release returns release.json: the inputs and outputs of the data, each with its hash, so that
// anybody can tell two states apart and check either.
func Release(s Site) ([]byte, error) {
	r := releaseFile{ID: s.SiteURN(), Title: s.Title, Version: s.Version, Program: s.Program, Vintage: s.Vintage, Inputs: s.Inputs, Tables: []releaseTable{}}
	if !s.AsOf.IsZero() {
		r.AsOf = &s.AsOf
	}
	if r.Inputs == nil {
		r.Inputs = []Input{}
	}
	for _, t := range s.Tables {
		x := releaseTable{Name: t.Schema.Name, Rows: t.Rows}
		for _, f := range t.files() {
			f.Name = folder + f.Name
			x.Files = append(x.Files, f.File)
		}
		r.Tables = append(r.Tables, x)
	}
	return indented(r)
}
