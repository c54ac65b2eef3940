package breakdown

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// Set is a total and its parts in one dimension.
type Set struct {
	dimension string
	total     *compare.Path
	parts     []*part // in the order of their codes
	occurring bool
	multiple  int64 // what all figures are rounded to; 1 if they are exact
}

// Part is the observations of one code.
type Part struct {
	Code         string
	Observations []stat.Observation
	// Group means that the code counts together what other codes of its list name, as a region does
	// countries.
	Group bool
	// Within are the codes that count this one too.
	Within []string
}

// part is a Part with what follows from the other parts.
type part struct {
	Part
	stated *compare.Path // as the publisher states it
	filled *compare.Path // with 0 where it is not listed, if that is what it means
	// The parts that count all of what this one counts, and those that count some of it.
	inside, crossing []*part
	related          []*part // all parts that count something that this one counts
}

// NewSet returns the set of a total. occurring says that the table lists only what occurs: a part
// that it does not list is then 0 in each period of the total, if the period is broken down and no
// listed part counts the same.
func NewSet(dimension string, total *compare.Path, occurring bool, parts []Part) (*Set, error) {
	s := &Set{dimension: dimension, total: total, occurring: occurring}
	for _, p := range parts {
		stated, err := pathOf(p.Observations)
		if err != nil {
			return nil, fmt.Errorf("%s by %s: %w", total.Series().ID, dimension, err)
		}
		s.parts = append(s.parts, &part{Part: p, stated: stated, filled: stated})
	}
	slices.SortFunc(s.parts, func(a, b *part) int { return cmp.Compare(a.Code, b.Code) })
	relate(s.parts)
	s.multiple = s.roundedTo()
	if occurring {
		return s, s.fill()
	}
	return s, nil
}

func pathOf(obs []stat.Observation) (*compare.Path, error) {
	if len(obs) == 0 {
		return nil, errors.New("a part without observations")
	}
	return compare.NewPath(obs[0].Series, obs)
}

// fill sets the parts to 0 where they are not listed: in each period of the total that is broken
// down, unless a listed part counts some of the same.
func (s *Set) fill() error {
	brokenDown := map[stat.Period]bool{}
	for _, p := range s.parts {
		for _, o := range p.stated.Observations() {
			brokenDown[o.Period] = brokenDown[o.Period] || !p.unnamed()
		}
	}
	for _, o := range s.total.Observations() {
		brokenDown[o.Period] = brokenDown[o.Period] || o.Value == stat.Known(0) // so are its parts
	}
	for _, p := range s.parts {
		obs := slices.Clone(p.stated.Observations())
		for _, o := range s.total.Observations() {
			if o.Value.IsKnown() && brokenDown[o.Period] && !p.isListedIn(o.Period) {
				obs = append(obs, zero(p.stated.Series(), o))
			}
		}
		if len(obs) == len(p.stated.Observations()) {
			continue
		}
		var err error
		if p.filled, err = compare.NewPath(p.stated.Series(), obs); err != nil {
			return err
		}
	}
	return nil
}

// isListedIn reports whether a part, or one that counts some of the same, is listed in a period.
func (p *part) isListedIn(per stat.Period) bool {
	return compare.Touches(p.stated, per) || slices.ContainsFunc(p.related, func(q *part) bool { return compare.Touches(q.stated, per) })
}

// zero returns the observation of a series that is not listed in the period of a total. If the total
// lacks rows, one of them may be of this series.
func zero(s *stat.Series, total stat.Observation) stat.Observation {
	o := stat.Observation{Series: s, Period: total.Period, Value: stat.Known(0), Status: stat.Normal, Release: total.Release}
	if total.Incomplete() {
		o.Status, o.Locator = total.Status, total.Locator
	}
	return o
}

// unnamed reports whether the code of a part names nobody, as that of unknown.
func (p *part) unnamed() bool { return strings.HasPrefix(p.Code, "_") }

// relate notes which parts count some of the same.
func relate(parts []*part) {
	for _, p := range parts {
		from, to, ok := stat.Ages(p.Code)
		if !ok && len(p.Within) == 0 {
			continue
		}
		for _, q := range parts {
			start, end, also := stat.Ages(q.Code)
			switch {
			case q == p:
			case slices.Contains(p.Within, q.Code):
				p.inside = append(p.inside, q)
				p.related, q.related = append(p.related, q), append(q.related, p)
			case !ok || !also || from > end || start > to:
			case start <= from && to <= end:
				p.inside, p.related = append(p.inside, q), append(p.related, q)
			case from <= start && end <= to:
				p.related = append(p.related, q)
			default:
				p.crossing, p.related = append(p.crossing, q), append(p.related, q)
			}
		}
	}
}
