// Package docs holds the documents that are also pages of the site.
package docs

import _ "embed" // the documents

// Methodology says how figures are made. About says who makes them, and under which rules.
// Analysts says how to read them with other programs. All are Markdown and begin with a heading
// of the first level.
var (
	//go:embed methodology.md
	Methodology []byte
	//go:embed about.md
	About []byte
	//go:embed for-analysts.md
	Analysts []byte
)
