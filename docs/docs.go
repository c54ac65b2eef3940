// Package docs holds the documents that the site shows as pages too.
package docs

import _ "embed" // the documents

// Methodology says how figures are made, About who makes them and under which
// rules, and Analysts how to read them with other programs. All three are Markdown
// that begins with a heading of the first level.
var (
	//go:embed methodology.md
	Methodology []byte
	//go:embed about.md
	About []byte
	//go:embed for-analysts.md
	Analysts []byte
)
