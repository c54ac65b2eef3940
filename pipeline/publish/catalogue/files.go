package catalogue

import "crossings/pipeline/stat"

// distribution is a file of a table with what its form is called elsewhere.
type distribution struct {
	File
	suffix    string // of names that tell the files of a table apart
	title     string // the same for people
	format    string // extension, lower case
	mediaType string // as registered
	fileType  string // in the EU's vocabulary of file types
}

// files returns the files of a table, the CSV first.
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

// interval returns two days as an interval of ISO 8601, "" for no days.
func interval(start, end stat.Date) string {
	if start.IsZero() || end.IsZero() {
		return ""
	}
	return start.String() + "/" + end.String()
}
