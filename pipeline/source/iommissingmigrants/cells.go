package iommissingmigrants

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"crossings/pipeline/read/decode"
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

// errLongitude means that a latitude is beyond 90 degrees, and would be a longitude.
var errLongitude = errors.New("the longitude seems to come first")

// place reads a latitude and a longitude in degrees.
func place(latitude, longitude string) (lat, lon float64, err error) {
	if lat, err = degrees(latitude, 90); err != nil {
		_, bad := degrees(latitude, 180)
		if _, worse := degrees(longitude, 90); bad == nil && worse == nil {
			err = errLongitude
		}
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

// A place is taken to be swapped, longitude first, if it is far from the middle of the places in its
// country, and near it the other way round. Enough incidents must say where the country is, and most
// of them the right way. In a list without countries the region must do, which is larger.
const (
	farCountry, farRegion = 10, 25 // degrees
	nearOtherwise         = 8      // degrees
	timesNearer           = 3
	enoughPlaces          = 20
	mostSwapped           = 0.4 // of the places in a country
)

// mostBeyond is how many latitudes, in per cent, may be beyond 90 degrees and be longitudes. If there
// are more, the longitude comes first in the whole list.
const mostBeyond = 5

// swapped returns the incidents whose places are swapped, and the code of the finding about them.
// beyond is how many others have a latitude that must be a longitude.
func swapped(incidents []incident, beyond int, byCountry bool) (out []*incident, code string) {
	for i := range incidents {
		if in := &incidents[i]; in.placed {
			out = append(out, in)
		}
	}
	if beyond > 1 && beyond*100 > (len(out)+beyond)*mostBeyond {
		return out, "longitude-first"
	}
	return oddPlaces(out, byCountry), "swapped-coordinates"
}

// oddPlaces returns the incidents whose places are swapped in a list whose others are not.
func oddPlaces(placed []*incident, byCountry bool) (out []*incident) {
	groups := map[string][]*incident{}
	for _, in := range placed {
		where := in.region
		if byCountry {
			where = in.country
		}
		if where != "" {
			groups[where] = append(groups[where], in)
		}
	}
	far := float64(farRegion)
	if byCountry {
		far = farCountry
	}
	for _, where := range slices.Sorted(maps.Keys(groups)) {
		group := groups[where]
		lat, lon := middle(group, func(in *incident) float64 { return in.lat }), middle(group, func(in *incident) float64 { return in.lon })
		odd := slices.DeleteFunc(slices.Clone(group), func(in *incident) bool {
			away := max(math.Abs(in.lat-lat), math.Abs(in.lon-lon))
			otherwise := max(math.Abs(in.lon-lat), math.Abs(in.lat-lon))
			return away <= far || otherwise > nearOtherwise || away < timesNearer*otherwise
		})
		if len(group) >= enoughPlaces && float64(len(odd)) <= mostSwapped*float64(len(group)) {
			out = append(out, odd...)
		}
	}
	return out
}

// middle returns the median of a number of the incidents.
func middle(group []*incident, of func(*incident) float64) float64 {
	var all []float64
	for _, in := range group {
		all = append(all, of(in))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// misplaced is from how many hints on a row is taken to have its cells below other headers. Then
// its numbers may be those of other columns.
const misplaced = 2

// webAddress matches the start of an address.
var webAddress = regexp.MustCompile(`^(?i:https?://|www\.)`)

// figuresOnly reports whether a text is no name: coordinates and other numbers.
func figuresOnly(s string) bool { return s != "" && strings.Trim(s, "0123456789.,;:+- ()/") == "" }

// aligned returns a bad about a row whose cells are not below their headers, as after a cell too
// many or too few. A single odd cell may be a slip of its author.
func aligned(r row) error {
	hints := 0
	var at field
	hint := func(f field, weight int, odd bool) {
		if text := r.text(f); odd && text != "" {
			hints += weight
			at = f
		}
	}
	for _, f := range []field{incidentType, region, cause, country, migrationRoute} {
		hint(f, misplaced, figuresOnly(r.label(f)))
	}
	hint(migrationRoute, misplaced, webAddress.MatchString(r.text(migrationRoute)))
	hint(cause, 1, webAddress.MatchString(r.text(cause)))
	hint(coordinates, 1, strings.IndexFunc(r.text(coordinates), unicode.IsDigit) < 0 || webAddress.MatchString(r.text(coordinates)))
	hint(quality, 1, !mayBeGrade(r.text(quality)))
	hint(address, 1, !strings.ContainsAny(r.text(address), ".:/"))
	if hints >= misplaced {
		return bad{field: at, reason: "the cells of the row are not below their headers"}
	}
	return nil
}

// mayBeGrade reports whether a text may be a grade of one digit, with a mark, or a mark instead.
func mayBeGrade(text string) bool {
	if len(text) <= 3 && figuresOnly(text) {
		return true
	}
	f, err := decode.FigureText(text)
	return err == nil && f.N < 10
}
