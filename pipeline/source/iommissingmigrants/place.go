package iommissingmigrants

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// point matches "POINT (-110.366453 31.650259)", longitude first.
var point = regexp.MustCompile(`^(?i:point) ?\( ?(\S+) (\S+) ?\)$`)

// placeText reads "31.650259, -110.366453", latitude first, or a point, longitude first.
func placeText(s string) (lat, lon float64, err error) {
	if m := point.FindStringSubmatch(s); m != nil {
		return place(m[2], m[1])
	}
	a, b, _ := strings.Cut(s, ",")
	return place(a, b)
}

// place reads a latitude and a longitude in degrees.
func place(latitude, longitude string) (lat, lon float64, err error) {
	if lat, err = degrees(latitude, 90); err != nil {
		return 0, 0, err
	}
	if lon, err = degrees(longitude, 180); err != nil {
		return 0, 0, err
	}
	return lat, lon, nil
}

// degrees reads a number of degrees. A number beyond most is one of a typing error, or a longitude
// where a latitude should be.
func degrees(s string, most float64) (float64, error) {
	s = strings.TrimSpace(s)
	// strconv also accepts Inf, NaN, 0x1p4 and 1_0, which are not degrees.
	if strings.Trim(s, "-.0123456789") != "" {
		return 0, fmt.Errorf("%q is no number of degrees", short(s))
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < -most || n > most {
		return 0, fmt.Errorf("%q is no number of degrees up to %g", short(s), most)
	}
	return n, nil
}
