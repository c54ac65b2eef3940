package schemas

import "path"

// Label says which code of a code list a publisher's label stands for.
type Label struct {
	Publisher string // "ukho", "iom", "frontex", or "" for any publisher
	Label     string // as the publisher writes it, white space tidied; "" for a blank cell
	Code      string // of the code list of the same name, or "" where rows with the label are left out
	Note      string // why, where that is not plain; never empty where Code is
}

// LabelNames returns the names of the code lists that have labels, sorted.
func LabelNames() []string { return names("labels") }

// Labels returns the labels for the code list called list, in the file's order:
// by publisher, then by label without regard to case. A list that has no labels,
// or whose file is malformed, is an error.
func Labels(list string) ([]Label, error) {
	rows, _, err := read(path.Join("labels", list+".csv"), "publisher,label,code,note")
	if err != nil {
		return nil, err
	}
	labels := make([]Label, len(rows))
	for i, r := range rows {
		labels[i] = Label{r[0], r[1], r[2], r[3]}
	}
	return labels, nil
}
