package content

import (
	"slices"

	"crossings/pipeline/table/row"
)

// Incidents returns the rows of the table incidents that come from the given data sets, in the order of
// the table. They are read when they are asked for, because the table is long.
func Incidents(x *Index, sources []string) []*row.Incident {
	return slices.DeleteFunc(rowsOf[row.Incident](x.published), func(r *row.Incident) bool { return !slices.Contains(sources, r.Source) })
}
