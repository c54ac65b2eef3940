package iommissingmigrants

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"crossings/pipeline/read/dayorder"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// maxPeople is the most people of one incident; the largest known has 1,022 dead and missing. It
// keeps typing errors out of the sums.
const maxPeople = 1_000_000

// counts reads the numbers of people. The number missing may be below zero: when bodies are found,
// an entry moves people from missing to dead. A fault in a number that is in no sum loses that
// number, not the row.
func (d *decoder) counts(r row, in *incident) error {
	var total stat.Count
	for _, x := range []struct {
		field field
		to    *stat.Count
		read  counter
	}{{numDead, &in.dead, r.count}, {numMissing, &in.missing, r.balance}, {numTotal, &total, r.balance}} {
		n, err := d.people(x.read, x.field)
		if err != nil {
			return bad{field: x.field, reason: cmp.Or(err.Error(), whyNoCount(r.text(x.field)))}
		}
		*x.to = n
	}
	for _, x := range []struct {
		field field
		to    *stat.Count
	}{{survivors, &in.survivors}, {females, &in.females}, {males, &in.males}, {children, &in.kids}} {
		n, err := d.people(r.count, x.field)
		if err != nil {
			d.note("bad-number", x.field)
			continue
		}
		*x.to = n
	}
	if err := resolve(in, total); err != nil {
		return err
	}
	if byYear := r.list.has(r.list.first(year, reportedYear)); byYear && !r.list.has(numTotal) && r.text(numMissing) == "" {
		d.blank.add(r.ref(numMissing))
	}
	if n, _ := in.missing.Get(); n < 0 {
		d.note("balancing-entry", numMissing)
	}
	if !in.dead.IsKnown() || !in.missing.IsKnown() {
		f := numDead
		if in.dead.IsKnown() {
			f = numMissing
		}
		d.note("count-not-stated", f)
	}
	return nil
}

// counter reads the number in a field, with its mark.
type counter func(field) (n stat.Count, mark string, err error)

// people reads a number of people. The error has a text if it is a number that one incident cannot
// have.
func (d *decoder) people(read counter, f field) (stat.Count, error) {
	n, mark, err := read(f)
	if err != nil {
		return n, errors.New("")
	}
	if people, _ := n.Get(); people > maxPeople || people < -maxPeople {
		return n, errors.New("more people than one incident can have")
	}
	if f == numDead || f == numMissing || f == numTotal {
		d.mark(mark)
	}
	return n, nil
}

// whyNoCount says what is wrong with a number of people.
func whyNoCount(s string) string {
	digits := strings.Trim(s, "-+0123456789.eE") == "" && strings.ContainsAny(s, "0123456789")
	switch {
	case digits && strings.HasPrefix(s, "-"):
		return "a number of people below zero"
	case digits && strings.ContainsAny(s, ".eE"):
		return "a number of people that is not whole"
	}
	return "not a number of people"
}

// resolve works out what is blank from the total, if the file has one:
//
// \tdead = total − missing, missing = total − dead
//
// and both are 0 if the total is. A number that is worked out is never below zero; one that is
// stated may be. Without a total a blank stays unknown, because missing is never zero. The sum is
// then that of the one number stated, and says so.
func resolve(in *incident, total stat.Count) error {
	if !total.IsKnown() {
		in.both = in.dead.Add(in.missing)
		if !in.both.IsKnown() {
			in.partly = true
			in.both = in.dead
			if !in.dead.IsKnown() {
				in.both = in.missing
			}
		}
		return nil
	}
	sum := in.dead.Add(in.missing)
	switch n, _ := total.Get(); {
	case sum.IsKnown() && sum != total:
		return bad{field: numTotal, reason: fmt.Sprintf("the total is %s, but dead and missing are %s and %s", total, in.dead, in.missing)}
	case sum.IsKnown():
	case in.dead.IsKnown() || in.missing.IsKnown():
		part, other := in.dead, &in.missing
		if !part.IsKnown() {
			part, other = in.missing, &in.dead
		}
		*other = total.Sub(part)
		if n, _ := other.Get(); n < 0 {
			return bad{field: numTotal, reason: fmt.Sprintf("the total of %s is less than one of its parts", total)}
		}
	case n == 0:
		in.dead, in.missing = stat.Known(0), stat.Known(0)
	}
	in.both = total
	return nil
}

// period reads when it happened, as precisely as the file is sure of.
//
// A cumulative incident is several deaths over a span of time in one row. The file does not say
// from when to when, so its date is not the day of any death; only the month is used.
func (d *decoder) period(r row, in *incident) error {
	p, err := d.stated(r)
	if err != nil {
		return err
	}
	if in.kind == "cumulative" && p.Precision == stat.PrecisionDay {
		y, m, _ := p.Start.YMD()
		p = stat.Month(y, m)
	}
	in.period = p
	return nil
}

// stated reads the date, the year and the month of a row. Some layouts have only the date.
func (d *decoder) stated(r row) (stat.Period, error) {
	y, m, err := d.yearAndMonth(r)
	if err != nil {
		return stat.Period{}, err
	}
	p, f, err := d.dated(r, partial{y: y, m: m})
	if err != nil {
		return p, err
	}
	switch {
	case p.Start < since:
		return p, bad{field: f, reason: "before the list begins, in 2014"}
	case p.Start > d.file.Release.Vintage:
		return p, bad{field: f, reason: fmt.Sprintf("after the release of %s", d.file.Release.Vintage)}
	}
	day := r.list.first(day, reportedDay)
	switch sameYear := p.Start.Year() == p.End.Year(); {
	case f != day:
		d.note("blank-date", day)
	case m != 0 && sameYear && p.Precision != stat.PrecisionYear && (m < p.Start.Month() || m > p.End.Month()):
		// Most have day and month swapped, but not all: neither of the two months is certain.
		d.note("month-contradicts", day)
		p = stat.Year(p.Start.Year())
	case p.Precision != stat.PrecisionDay:
		d.note("date-span", day)
	}
	if p.Start.Year() != p.End.Year() {
		d.note("two-years", f)
	}
	return p, nil
}

// dated reads the date of a row, or its year and month if it has none, and returns the field that it
// is from.
func (d *decoder) dated(r row, known partial) (stat.Period, field, error) {
	f := r.list.first(day, reportedDay)
	p, mark, err := d.dateIn(r, f, known)
	if mark || r.text(f) == "" {
		switch {
		case known.y == 0:
			return p, f, bad{field: f, reason: "the row has no date"}
		case known.m == 0:
			return stat.Year(known.y), r.list.first(year, reportedYear), nil
		}
		return stat.Month(known.y, known.m), r.list.first(year, reportedYear), nil
	}
	if err != nil {
		return p, f, err
	}
	if text := r.text(dayEnd); text != "" {
		end, mark, err := d.dateIn(r, dayEnd, known)
		if err != nil {
			return p, f, err
		}
		if !mark {
			if p, err = spanOf(p, end); err != nil {
				return p, f, bad{field: dayEnd, reason: "not a date after the first"}
			}
		}
	}
	if y := known.y; y != 0 && (y < p.Start.Year() || y > p.End.Year()) {
		return p, f, bad{field: f, reason: fmt.Sprintf("the date contradicts the year next to it, %d", y)}
	}
	return p, f, nil
}

// dateIn reads the date in a field, or reports that it has a mark instead.
func (d *decoder) dateIn(r row, f field, known partial) (p stat.Period, mark bool, err error) {
	text := r.text(f)
	p, err = d.dates.period(text, known)
	switch {
	case err != nil && isAbsent(text):
		d.mark(text)
		return p, true, nil
	case errors.Is(err, errWeekday):
		return p, false, r.fail(f, err, "the order of day and month may have changed; compare some dates with their weekdays before the source learns it")
	case errors.Is(err, dayorder.ErrOrder):
		return p, false, r.fail(f, err, "ask the publisher in which order the dates are, or add a file with the dates in words")
	case err != nil:
		return p, false, bad{field: f, reason: "not a date"}
	case p.Precision != stat.PrecisionDay:
		d.mark(text)
	}
	return p, false, nil
}

// monthForm is how a file writes months. A row with another form has a number of another column.
type monthForm struct{ names, numbers bool }

// yearAndMonth reads the columns next to the date. It returns 0 for one that is blank or not in the
// layout.
func (d *decoder) yearAndMonth(r row) (int, time.Month, error) {
	inYear, inMonth := r.list.first(year, reportedYear), r.list.first(month, reportedMonth)
	n, _, err := r.count(inYear)
	y, stated := n.Get()
	if err != nil || stated && (y < 1900 || y > 2199) {
		return 0, 0, bad{field: inYear, reason: "not a year"}
	}
	if m := monthNamed(r.text(inMonth)); m != 0 && !d.months.numbers {
		d.months.names = true
		return int(y), m, nil
	}
	number, _, err := r.count(inMonth)
	m, stated := number.Get()
	if err != nil || stated && (m < 1 || m > 12 || d.months.names) {
		return 0, 0, bad{field: inMonth, reason: "not a month"}
	}
	d.months.numbers = d.months.numbers || stated
	return int(y), time.Month(m), nil
}

// monthNamed returns the month that a text names, which the mark of a note may follow, or 0.
func monthNamed(text string) time.Month {
	m := decode.MonthNamed(text)
	if m == 0 && text != "" && !decode.IsPlain(text) {
		m = decode.MonthNamed(decode.Words(text))
	}
	return m
}

// placeOf reads the coordinates. Bad ones leave the place empty; they are no reason to leave out
// the dead.
func (d *decoder) placeOf(r row, in *incident) {
	f, text := coordinates, r.text(coordinates)
	read := func() (float64, float64, error) { return placeText(text) }
	if !r.list.has(coordinates) {
		f, text = latitude, r.text(latitude)+r.text(longitude)
		read = func() (float64, float64, error) { return place(r.text(latitude), r.text(longitude)) }
	}
	if text == "" {
		return
	}
	lat, lon, err := read()
	if err != nil {
		d.note("bad-coordinates", f)
		if errors.Is(err, errLongitude) {
			d.beyond++
		}
		return
	}
	in.lat, in.lon, in.placed = lat, lon, true
}

// qualityOf reads the quality of the source, 1 to 5.
func (d *decoder) qualityOf(r row, in *incident) {
	q, _, err := r.count(quality)
	n, stated := q.Get()
	switch {
	case err == nil && !stated:
	case err != nil || n < 1 || n > 5:
		d.note("bad-quality", quality)
	default:
		in.quality = q
	}
}
