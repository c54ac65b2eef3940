package sdmx

import (
	"slices"
	"strings"

	"crossings/schemas"
)

const (
	agency  = "CROSSINGS"
	version = "1.0" // of all structures; in SDMX one with two parts may still change
)

// crossDomain are the concepts of SDMX that columns stand for, by the name of the column, with their
// identifiers and names in its scheme of cross-domain concepts.
var crossDomain = map[string][2]string{
	"value":      {"OBS_VALUE", "Observation value"},
	"obs_status": {"OBS_STATUS", "Observation status"},
	"ref_area":   {"REF_AREA", "Reference area"},
	"sex":        {"SEX", "Sex"},
	"age":        {"AGE", "Age"},
	"unit":       {"UNIT_MEASURE", "Unit of measure"},
}

// The two concepts of SDMX that no column holds as such.
const (
	frequency  = "FREQ"
	timePeriod = "TIME_PERIOD"
)

// idOf returns the identifier of a column in SDMX.
func idOf(column string) string {
	if c, ok := crossDomain[column]; ok {
		return c[0]
	}
	return plainID(column)
}

// plainID writes a name as an identifier of SDMX.
func plainID(name string) string { return strings.ToUpper(strings.ReplaceAll(name, "-", "_")) }

// official are the code lists of SDMX that have the codes of ours, with all of their codes.
var official = map[string]struct{ id, version, name, codes string }{
	"frequency":  {"CL_FREQ", "2.1", "Frequency", "A S T Q M W D H I B N"},
	"obs-status": {"CL_OBS_STATUS", "2.2", "Observation status", "A B D E F G H I J K L M N O P Q S U V W"},
	"sex":        {"CL_SEX", "2.1", "Sex", "F M _N _O _T _U _Z"},
}

// listOf returns the name of our code list for a column, or "". Lists that are open to new labels are
// not in the schema.
func listOf(c schemas.Column) string {
	if c.CodeList != "" {
		return c.CodeList
	}
	return map[string]string{"age": "age", "route": "route", "origin": "area", "destination": "area"}[c.Name]
}

// codeList is a code list of the structure message.
type codeList struct {
	agency, id, version, name string
	partial                   bool
	codes                     []schemas.Code
}

// urn returns the address of a list among all structures of SDMX.
func (l codeList) urn() string {
	return "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=" + l.agency + ":" + l.id + "(" + l.version + ")"
}

// listNamed returns the code list for columns in which certain codes occur: a part of the list of SDMX
// if that has them all, and otherwise ours with any code that it lacks.
func listNamed(name string, occur []string) (codeList, error) {
	codes, err := schemas.CodeList(name)
	if err != nil {
		return codeList{}, err
	}
	of, known := official[name]
	all := strings.Fields(of.codes)
	foreign := func(code string) bool { return !slices.Contains(all, code) }
	if known && !slices.ContainsFunc(occur, foreign) {
		part := slices.DeleteFunc(slices.Clone(codes), func(c schemas.Code) bool { return foreign(c.Code) })
		return codeList{"SDMX", of.id, of.version, of.name, true, part}, nil
	}
	codes = slices.Clone(codes)
	for _, code := range occur {
		if !slices.ContainsFunc(codes, func(c schemas.Code) bool { return c.Code == code }) {
			codes = append(codes, schemas.Code{Code: code, Label: code})
		}
	}
	return codeList{agency, "CL_" + plainID(name), version, strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "-", " "), false, codes}, nil
}

// isID reports whether SDMX allows a text as the identifier of a code.
func isID(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_@$-", r))
	})
}
