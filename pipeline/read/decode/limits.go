package decode

import "math"

// Limits bounds the cost of reading one file. A limit of 0 allows nothing; start from
// DefaultLimits.
type Limits struct {
	File    int64 // bytes of the file itself
	XML     int64 // uncompressed bytes of one part of the package
	Token   int   // bytes of one tag with its attributes, or of one cell's text
	Rows    int   // rows with content in the whole workbook
	Columns int   // content must be within this many columns
	Depth   int   // nested elements
	Nodes   int   // tags, texts and cells of an HTML page
}

// DefaultLimits allows more than twenty times the largest release of the small-boats series up to
// June 2026 (2.4 MB of XML, 3,600 rows).
var DefaultLimits = Limits{
	File: 64 << 20, XML: 64 << 20, Token: 1 << 20, Rows: 200_000, Columns: 1024, Depth: 64, Nodes: 250_000,
}

// AddCapped adds two numbers that are not negative. A sum beyond int becomes the largest int.
func AddCapped(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}
