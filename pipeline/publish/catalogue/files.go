package catalogue

import "crossings/pipeline/stat"

// distribution is a file of a table, with the names of its format in other vocabularies.
type distribution struct {
	File
	suffix    string // of names that distinguish the files of a table
	title     string // the same for people
	format    string // extension, lower case
	mediaType string // as registered with IANA
	fileType  string // in the EU's vocabulary of file types
}

// files returns the files of a table, CSV first.
func (t Table) files() []distribution {
	out := []distribution{
		{t.CSV, "", "", "csv", "text/csv", "CSV"},
		{t.Parquet, "-parquet", " (Parquet)", "parquet", "application/vnd.apache.parquet", "PARQUET"},
	}
	if t.Records != nil {
		out = append(out, distribution{*t.Records, "-records", " (JSON)", "json", "application/json", "JSON"})
	}
	return out
}

// interval formats two days as an ISO 8601 interval; "" if there are none.
func interval(start, end stat.Date) string {
	if start.IsZero() || end.IsZero() {
		return ""
	}
	return start.String() + "/" + end.String()
}
