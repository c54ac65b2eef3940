// Package all lists the sources. Adding one is one import and one line.
package all

import (
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhosmallboats"
)

// Sources are the published data sets, in the order in which they are ingested
// and shown.
var Sources = []*source.Source{
	&ukhosmallboats.Source,
}
