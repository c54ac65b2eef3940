package schemas

import "path"

// Label maps a publisher's label to a code of a code list.
type Label struct {
	Publisher string // first part of the identifiers of its sources, such as "ukho", or "" for any publisher
	Label     string // as the publisher writes it, with tidy white space; "" for a blank cell
	Code      string // from the code list of the same name; "" leaves out the rows with the label
	Note      string // the reason, if it is not obvious; required if Code is ""
}

// LabelNames returns the names of the code lists that have labels, sorted.
func LabelNames() []string { return names("labels") }

// Labels returns the labels for the code list called name, in the file's order: by publisher,
// then by label without regard to case. It is an error if the list has no labels or its file is
// malformed.
func Labels(name string) ([]Label, error) {
	return list(path.Join("labels", name+".csv"), "publisher,label,code,note", func(r []string) Label { return Label{r[0], r[1], r[2], r[3]} })
}
