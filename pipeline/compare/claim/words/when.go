package words

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/stat"
)

// moment is a stretch of words that says when: its place in the text and what it may mean.
type moment struct {
	at, end int
	words   string
	name    string // how a verdict calls it: "date", "month", "year", "window"
	// spans returns what is meant by somebody who speaks on a day. It is nil if the words only
	// name a kind of window or shift another one.
	spans func(on stat.Date, year int) []span
	bases []string // the kinds of window that the words name: "on a single day"
	back  bool     // the words shift another window: "at the same point last year"
	// years and months are how many of them the words name: "in five years", "a month earlier"
	years, months int
	year          int  // the year that the words name; zero if they name none
	last          bool // the year is the one before the sentence
	this          bool // the year is that of the sentence
	upTo          bool // a last day, not a day of its own: "to 7 November"
	open          bool // counts to the day of the sentence, or to a day that other words name
	// near returns the day that is meant by the one that is named in front of it; nil if the words need no other.
	near func(stat.Date) stat.Date
	rest bool // other words of the clause come first: a bare year
	base bool // words in front of it compare with it: "than in May 2024"
}

// when is what the words say about the window of one number.
type when struct {
	spans []span
	words string
	name  string
	// borrowed says that the number is compared with another, so that no third one is compared with it.
	borrowed bool
	years    int  // how many years a change is over; zero if the words do not say
	base     bool // they name what the number is compared with, and not its own window
}

// named reports whether the words say anything.
func (w when) named() bool { return len(w.spans) > 0 }

// holds reports whether the words allow a window.
func (w when) holds(x Window) bool {
	return len(w.spans) == 0 || slices.ContainsFunc(w.spans, func(s span) bool { return s.holds(x) })
}

// when returns what the moments near a number say, or what they say about the number that it is
// compared with.
func (s *Sentence) when(i int, on stat.Date, before []when) when {
	n := s.Numbers[i]
	own, a := s.own(n), anchor(before)
	if s.isPart(i) {
		own = s.ofPart(own, s.Numbers[i+1])
	}
	if n.whole {
		return s.wholeWhen(n, on)
	}
	if years := s.yearsOf(n, own); years > 0 {
		return s.overYears(n, own, a, on, years)
	}
	if !a.named() && n.Kind == numbers.Change && slices.ContainsFunc(own, func(m moment) bool { return toThisPoint.MatchString(m.words) }) {
		a = when{spans: yearToDate(0)(on, 0), words: "this year", name: "window"}
	}
	if (n.Kind == numbers.Change || n.Kind == numbers.Difference) && a.named() && s.comparesWith(n, own) && !startsAnew(s, i) {
		return a
	}
	if n.from && i+1 < len(s.Numbers) {
		if w, ok := join(s.momentsIn(n.End, s.Numbers[i+1].At), n, on, s.yearNear(n, on)); ok {
			return w
		}
	}
	back := nearestBack(own, n)
	if w, ok := join(own, n, on, s.yearNear(n, on)); ok && !(back != nil && a.named() && isNearer(back, own, n)) {
		if n.from {
			return shifted(w, 0, w.words, n.far)
		}
		return w.orShifted(a)
	}
	if back != nil {
		return s.earlier(*back, n, a, on)
	}
	if n.to && a.named() {
		return a
	}
	if n.compared && a.named() {
		return shifted(a, 0, a.words, true)
	}
	return s.borrowed(n, on, a)
}

// yearsOf returns the number of years over which a change or difference is, by its own words or by those that say what it
// is compared with. It returns zero if they do not say.
func (s *Sentence) yearsOf(n Number, own []moment) int {
	if n.Kind != numbers.Change && n.Kind != numbers.Difference {
		return 0
	}
	for _, m := range own {
		if m.years > 0 {
			return m.years
		}
	}
	_, to := s.sentenceAround(n.At)
	for _, m := range s.momentsIn(n.End, to) {
		if m.years > 0 && behindOn.MatchString(strings.TrimSpace(s.original[n.End:m.at])+" ") {
			return m.years
		}
	}
	return 0
}

// overYears returns the window of a change over some years: that of its own words, the one that was named before, else the
// newest.
func (s *Sentence) overYears(n Number, own []moment, a when, on stat.Date, years int) when {
	others := slices.DeleteFunc(slices.Clone(own), func(m moment) bool { return m.years > 0 })
	w, ok := join(others, n, on, s.yearNear(n, on))
	switch {
	case ok:
	case a.named():
		w = a
	default:
		w = when{spans: newest(on), words: fmt.Sprintf("in %d years", years), name: "window"}
	}
	w.years = years
	return w
}

// toThisPoint matches the words that compare two years as far as they are known.
var toThisPoint = find(`(?i)\b(?:point|stage|time|date)\b`)

// nearestBack returns the moment that shifts another and is nearest to a number, or nil.
func nearestBack(list []moment, n Number) (best *moment) {
	for i := range list {
		if list[i].back {
			best = nearer(best, &list[i], n)
		}
	}
	return best
}

// isNearer reports whether a moment is nearer to a number than every other in a list.
func isNearer(m *moment, list []moment, n Number) bool {
	for i := range list {
		if x := &list[i]; !x.back && nearer(m, x, n) == x {
			return false
		}
	}
	return true
}

// comparesWith reports whether the words behind a change name what it is compared with, or nothing: "up 81 %
// on 2023".
func (s *Sentence) comparesWith(n Number, own []moment) bool {
	return onlyRest(own) || slices.ContainsFunc(own, func(m moment) bool {
		return m.back || m.at >= n.End && behindOn.MatchString(strings.TrimSpace(s.original[n.End:m.at])+" ")
	})
}

// startsAnew reports whether the sentence of a number names a window of its own in front of it, behind all other numbers: "36,816
// crossed in 2024. In 2025, 4,656 more did".
func startsAnew(s *Sentence, i int) bool {
	n := s.Numbers[i]
	from, _ := s.sentenceAround(n.At)
	if i > 0 && s.Numbers[i-1].End > from {
		return false
	}
	return slices.ContainsFunc(s.momentsIn(from, n.At), func(m moment) bool { return m.spans != nil && !m.base })
}

// earlier returns the window that words such as "the same period" mean: in the year that they name, or that
// was named just before.
func (s *Sentence) earlier(m moment, n Number, a when, on stat.Date) when {
	year := m.year
	if year == 0 && !strings.Contains(strings.ToLower(m.words), "year") {
		from, _ := s.sentenceAround(n.At)
		for _, x := range slices.Backward(s.momentsIn(from, m.at)) {
			if x.rest || x.last {
				year = x.yearOn(on)
				break
			}
		}
	}
	if m.years > 0 || m.months > 0 {
		out := when{words: m.words, name: "window", borrowed: true}
		for _, x := range a.spans {
			out.spans = append(out.spans, x.shift(m.years).shiftMonths(m.months))
		}
		return out
	}
	return shifted(a, year, m.words, n.far)
}

// yearOn returns the year that a moment names, for somebody who speaks on a day.
func (m moment) yearOn(on stat.Date) int {
	switch {
	case m.last:
		return on.Year() - 1
	case m.this:
		return on.Year()
	}
	return m.year
}

// borrowed returns what the other clauses say: those before in the same sentence, nearest first, then those
// behind, then the sentences before.
func (s *Sentence) borrowed(n Number, on stat.Date, a when) when {
	from, to := s.sentenceAround(n.At)
	var before, behind, context []moment
	for _, m := range s.moments {
		switch {
		case m.upTo && m.at > n.At, m.base && m.at > n.At && n.Kind == numbers.Count:
		case m.at >= from && m.at < n.At:
			before = append([]moment{m}, before...)
		case m.at >= from && m.at < to && !m.back:
			behind = append(behind, m)
		case m.at < from && !m.back:
			context = append([]moment{m}, context...)
		}
	}
	year := s.yearNear(n, on)
	for _, list := range [][]moment{before, behind, context} {
		if len(list) == 0 {
			continue
		}
		if list[0].back && a.named() {
			return s.earlier(list[0], n, a, on)
		}
		near := clauseOf(s, list[0])
		if w, ok := join(s.momentsIn(near.at, near.end), n, on, year); ok {
			return w.orShifted(a)
		}
	}
	return when{}
}

// clauseOf returns the clause that a moment is in.
func clauseOf(s *Sentence, m moment) phrase { return clause(s.masked, m.at) }

// onlyRest reports whether moments only name years, if anything.
func onlyRest(list []moment) bool {
	return !slices.ContainsFunc(list, func(m moment) bool { return !m.rest })
}

// behindOn matches what is between a change and the words for what it is compared with.
var behindOn = find(`(?i)^\s*(?:more |higher |lower |fewer |less |up |down |rise |increase |fall |drop )*(?:on|from|than|over|as|compared (?:with|to)|against)\s*(?:the )?(?:\S+ ){0,6}$`)

// anchor returns the newest window that was named before.
func anchor(before []when) when {
	for _, w := range slices.Backward(before) {
		if w.named() && !w.borrowed {
			return w
		}
	}
	return when{}
}

// farthest is the number of years that a comparison may go back.
const farthest = 5

// shifted returns a window some years earlier: in the year that is named, else one year, or up to
// five where the words leave the years open.
func shifted(w when, year int, words string, far bool) when {
	out := when{words: words, name: "window", borrowed: true}
	for _, s := range w.spans {
		first, last := 1, 1
		switch {
		case year != 0:
			first = s.end.Year() - year
			last = first
		case far:
			last = farthest
		}
		for back := first; back <= last; back++ {
			out.spans = append(out.spans, s.shift(back))
		}
	}
	return out
}

// orShifted adds to a whole year the same window of that year: "29,578 so far this year, against 26,501 last
// year".
func (w when) orShifted(a when) when {
	if w.name != "year" || !a.named() {
		return w
	}
	for _, s := range w.spans[:1] {
		w.spans, w.borrowed = append(slices.Clone(w.spans), shifted(a, s.end.Year(), w.words, false).spans...), true
	}
	return w
}

// join puts the moments of one clause together: a kind of window inside a span, and an open window
// up to a day. Of several the nearest counts. ok is false if the moments name no window.
func join(list []moment, n Number, on stat.Date, year int) (w when, ok bool) {
	var best, kind, day *moment
	for i := range list {
		m := &list[i]
		switch {
		case m.spans == nil:
			if len(m.bases) > 0 {
				kind = nearer(kind, m, n)
			}
		case m.name == "date":
			day = nearer(day, m, n)
		default:
			best = nearer(best, m, n)
		}
	}
	switch {
	case best == nil && day == nil && kind == nil:
		return when{}, false
	case best != nil && day != nil && best.open:
		return upTo(best, day, on, year), true
	case day != nil:
		return when{spans: day.spans(on, year), words: day.words, name: "date", base: day.base}, true
	case best != nil && kind != nil:
		return within(best, kind, on, year), true
	case best != nil:
		return when{spans: best.spans(on, year), words: best.words, name: best.name, base: best.base}, true
	}
	return when{spans: []span{{end: on, inside: true, bases: kind.bases}}, words: kind.words, name: "window"}, true
}

// nearer returns the moment that is nearer to a number. A bare year counts only if it is next to the number or there is no other.
func nearer(a, b *moment, n Number) *moment {
	distance := func(m *moment) int {
		d := max(n.At-m.end, m.at-n.End, 0)
		if m.at == n.End+len(" in ") {
			d-- // "in 2024 to 62 in 2025"
		}
		if m.rest && (m.at < n.End || m.at > n.End+len(" in ")) {
			d += maxText
		}
		return d
	}
	if a == nil || distance(b) < distance(a) {
		return b
	}
	return a
}

// upTo ends an open window on a day.
func upTo(open, day *moment, on stat.Date, year int) when {
	w := when{words: open.words + ", " + day.words, name: "date"}
	for _, d := range day.spans(on, year) {
		for _, s := range open.spans(d.end, year) {
			if s.end >= d.end && s.start <= d.end {
				s.end, s.open = d.end, false
				w.spans = append(w.spans, s)
			}
		}
	}
	if len(w.spans) == 0 || !day.upTo {
		w.spans = append(w.spans, day.spans(on, year)...)
	}
	return w
}

// within returns the windows of a kind inside a span.
func within(best, kind *moment, on stat.Date, year int) when {
	w := when{words: strings.TrimSpace(kind.words + " " + best.words), name: "window"}
	for _, s := range best.spans(on, year) {
		if !s.newest { // the same days once more
			s.inside, s.open, s.ending, s.bases = true, false, false, kind.bases
			w.spans = append(w.spans, s)
		}
	}
	return w
}
