package codes

import (
	"fmt"
	"regexp"
	"slices"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// dimensionCode matches the codes that a dimension may have.
var dimensionCode = regexp.MustCompile(`^[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*$`)

// CheckDimension returns an error for a text that cannot be a code of the dimension called name.
func CheckDimension(name, code string) error {
	if !dimensionCode.MatchString(code) || code == stat.Total {
		return fmt.Errorf("%q cannot be a code: letters, digits and underscores, joined by hyphens or dots, and not %s", code, stat.Total)
	}
	if name == "sex" {
		return CheckListed("sex", code)
	}
	return nil
}

// CheckListed returns an error for a code that a code list lacks.
func CheckListed(list, code string) error {
	codes, err := schemas.CodeList(list)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(codes, func(c schemas.Code) bool { return c.Code == code }) {
		return fmt.Errorf("%q is not in the code list %s", code, list)
	}
	return nil
}
