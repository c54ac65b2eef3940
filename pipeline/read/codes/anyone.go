package codes

import "crossings/schemas"

// Anyone is the publisher of Labels that has the labels of all publishers, except those with which
// two of them mean different codes. It is for tables that a layout describes: their publishers are
// named by people.
const Anyone = "*"

// rowsFor returns the rows from which the labels of a publisher are built.
func rowsFor(publisher string, rows []schemas.Label) []schemas.Label {
	if publisher == Anyone {
		return ofAnyone(rows)
	}
	return rows
}

// ofAnyone returns the labels of all publishers as those of any, without those that contradict each
// other. The labels of any publisher stay as they are.
func ofAnyone(rows []schemas.Label) (out []schemas.Label) {
	means := map[string]string{}
	two := map[string]bool{}
	for _, r := range rows {
		if r.Publisher == "" {
			out = append(out, r)
			continue
		}
		key := fold(r.Label)
		if code, ok := means[key]; ok && code != r.Code {
			two[key] = true
		}
		means[key] = r.Code
	}
	taken := map[string]bool{}
	for _, r := range out {
		taken[fold(r.Label)] = true
	}
	for _, r := range rows {
		if key := fold(r.Label); r.Code != "" && !two[key] && !taken[key] {
			taken[key] = true
			r.Publisher = ""
			out = append(out, r)
		}
	}
	return out
}
