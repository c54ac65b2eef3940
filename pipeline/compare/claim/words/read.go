package words

import (
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/stat"
)

// Reading is what the words of a sentence fix, number by number, for somebody who said them on a day.
type Reading struct {
	Sentence
	On      stat.Date
	numbers []reading
}

// reading is what the words say about one number.
type reading struct {
	series series
	when   when
}

// Read reads the words around the numbers of a sentence that was said on a day.
func (s Sentence) Read(on stat.Date) *Reading {
	r := &Reading{Sentence: s, On: on, numbers: make([]reading, len(s.Numbers))}
	var before []when
	for i := range s.Numbers {
		sameKind(s.Numbers, s.original, i)
		w := s.when(i, on, before)
		if n := s.Numbers[i]; n.compared || n.Percent && len(before) > 0 {
			w.borrowed = true
		}
		before = append(before, w)
		r.numbers[i].when = w
	}
	for i := range s.Numbers {
		r.numbers[i].series = r.what(i)
		more(&r.Numbers[i], r.numbers[i])
	}
	return r
}

// sameKind makes a number an average or a share if it is compared with one: "the monthly average was 305, against 304 in
// 2023", "50 % were refused, up from 41 %".
func sameKind(list []Number, text string, i int) {
	if i == 0 {
		return
	}
	n, x := &list[i], list[i-1]
	switch {
	case n.compared && n.Kind == numbers.Count && x.Kind.Span() != "":
		n.Kind = x.Kind
	case n.Kind == numbers.Change && x.Kind == numbers.Share && otherShare.MatchString(text[x.End:n.At]):
		n.Kind, n.Direction = numbers.Share, 0
	}
}

// otherShare matches the words between a share and another one that it is compared with.
var otherShare = find(`(?i)^[^.;]{0,60}\b(?:up from|down from|from|against|compared with|compared to)(?: about| around| nearly)? ?$|^ in (?:19|20)\d\d,? and $`)

// more decides whether a number of more people is a difference: it is unless they came within a few weeks, or the words name
// no window.
func more(n *Number, x reading) {
	if !n.More || !x.when.named() {
		return
	}
	if x.series.subject == nil || !x.series.subject.stock {
		for _, s := range x.when.spans {
			if s.inside || !s.ending && s.end-s.start < shortest {
				return
			}
		}
	}
	n.Kind, n.Direction = numbers.Difference, 1
}

// shortest is the least number of days between the edges of a window that is compared with another one.
const shortest stat.Date = 18

// what returns the series that the words around a number may mean.
func (r *Reading) what(i int) series {
	n := &r.Numbers[i]
	after := r.original[n.End:]
	x := series{}
	switch {
	case n.Money || n.Kind == numbers.Count && elsewhere.MatchString(after):
		return series{subject: &unknownSubject, named: true, words: strings.TrimSpace(elsewhere.FindString(after))}
	case n.Kind == numbers.Count && happened.MatchString(after):
		return series{subject: &unknownSubject, named: true, words: strings.TrimSpace(happened.FindString(after))}
	case countsBoat(after), countsBoats.MatchString(n.clause.text) && !isWho.MatchString(after):
		x.subject, x.named, x.words = &boatSubject, true, "boats"
	default:
		x = r.subjectOf(i)
	}
	if n.Kind == numbers.Count && n.Value < mostOnBoard && x.subject != &boatSubject && isPerBoat(r.sentenceText(n), after) {
		n.Kind = numbers.PerBoat
	}
	if n.Kind == numbers.PerBoat {
		x.subject, x.named, x.words = arrivals, true, "people per boat"
		if n.Low == n.High {
			n.Low, n.High = n.Low-0.5, n.High+0.5
		}
	}
	if n.Kind.Span() != "" && n.Low == n.High {
		n.Low, n.High = n.Low-0.5, n.High+0.5
	}
	r.place(n, &x)
	r.people(i, &x)
	r.destination(n, &x)
	return x
}

// ofBoats matches a sentence on an average of boats.
var ofBoats = find(`(?i)\bfor (?:each|every) (?:small |migrant )?(?:boat|dinghy|vessel)\b|\b(?:boats?|dingh(?:y|ies)|vessels?) (?:[^.;,]{0,60}\b)?(?:carr(?:ied|ying|y)|held|with|brought) (?:an average of|on average)|(?:carr(?:ied|ying|y)|held|brought) (?:about |around |some |nearly |almost |just over |just under )?\d+(?:\.\d)? (?:people|migrants|passengers) on average|\baverage (?:small )?(?:boat|dinghy|vessel)\b|\baverage\b.*\b(?:per|on each|on board each|each) (?:barely seaworthy |small |migrant )?(?:boat|vessel|dinghy)|(?:people|migrants|passengers|persons|arrivals|number) (?:found )?(?:per|on each|on board each|crammed) (?:barely seaworthy |small |migrant )?(?:boat|vessel|dinghy)`)

// mostOnBoard is a number that no average of people by boat reaches.
const mostOnBoard = 200

// isPerBoat reports whether a number is an average of people by boat: its sentence says so, or it is "each" in one on boats.
func isPerBoat(text, after string) bool {
	return ofBoats.MatchString(text) || eachOne.MatchString(after) && someBoats.MatchString(text)
}

var (
	eachOne   = find(`(?i)^ (?:(?:people|migrants|passengers) )?(?:(?:in|on|to) )?each(?:[.,;)]|$| on average)`)
	someBoats = find(`(?i)\b(?:boats|dinghies|vessels)\b`)
)

// countsBoat reports whether the words behind a number are boats, and not people who came in boats.
func countsBoat(after string) bool {
	m := numbers.BoatWords.FindStringIndex(after)
	return m != nil && !inBoats.MatchString(after[m[1]:])
}

var (
	inBoats = find(`(?i)^[ -]?(?:arrivals?|crossings?|migrants?|people|asylum|passengers|detections?)\b`)
	// happened matches what no series counts that became of people.
	happened = find(`(?i)^\s*(?:people|migrants|men|women|foreign nationals|asylum seekers)?\s*(?:were|was|have been|had been|are|being) (?:arrested|charged|convicted|jailed|prosecuted|sentenced|employed|naturalised|fined|interviewed|tagged|vaccinated|evicted|registered)\b`)
	// morePeople matches what counts people, and not what the numbers before it do.
	morePeople = find(`(?i)^\s*(?:more |fewer )(?:people|migrants|persons|arrivals|passengers|men|women|children)\b`)
	isWho      = find(`(?i)^\s*(?:people|migrants|persons|arrivals|passengers|men|women|children)\b`)
)

func (s *Sentence) sentenceText(n *Number) string {
	from, to := s.sentenceAround(n.At)
	return s.original[from:to]
}

// areas returns the parts of the text around a number in the order in which they are asked: its clause,
// the sentence up to it, the whole sentence, all that was said before, what was said after.
func (s *Sentence) areas(n *Number) []phrase {
	from, to := s.sentenceAround(n.At)
	return []phrase{n.clause, {at: from, end: n.clause.end}, {at: from, end: to}, {at: 0, end: to}, {at: to, end: len(s.original)}}
}

// subjectOf returns the subject that the words near a number name. A number that is compared with others counts what
// they do, unless its own clause says otherwise.
func (r *Reading) subjectOf(i int) series {
	n := &r.Numbers[i]
	areas := r.areas(n)
	if n.whole {
		areas = append([]phrase{r.wholePhrase(n)}, areas...)
	}
	if x := r.comparedSubject(i); x.subject != nil {
		if own := r.subjectIn(n, areas[0]); own.subject == nil {
			return x
		}
	}
	for k, p := range areas {
		if x := r.subjectIn(n, p); x.subject != nil {
			if n.whole && k == 0 {
				return x
			}
			in := areas[max(k, 2)] // the sentence at least
			if text := r.sentenceText(n); x.subject == arrivals && italy.words.MatchString(text) && !toBritain.MatchString(text) {
				x.subject = italy
			}
			for _, y := range sentenceSubjects {
				if x.subject.name == y.instead && (!y.shares || n.Kind == numbers.Share) && y.words.MatchString(r.original[in.at:in.end]) {
					x.subject = y.subject
				}
			}
			return x
		}
	}
	return series{}
}

// comparedSubject returns what all counts before a number in its sentence are of, if it is compared with them and they are
// of one subject.
func (r *Reading) comparedSubject(i int) series {
	if n := r.Numbers[i]; !n.compared && !n.More && n.Kind != numbers.Change && n.Kind != numbers.Difference || morePeople.MatchString(r.original[n.End:]) {
		return series{}
	}
	var out series
	for k := range i {
		x := r.numbers[k].series
		switch {
		case r.Numbers[k].Kind != numbers.Count || r.sentenceText(&r.Numbers[k]) != r.sentenceText(&r.Numbers[i]):
		case x.subject == nil || out.subject != nil && out.subject != x.subject:
			return series{}
		default:
			out = series{subject: x.subject, named: true, words: x.words}
		}
	}
	return out
}

// subjectIn returns the subject that a part of the text names. A special word counts before a general one, and of two
// special ones the nearer. A number of people counts no boats.
func (s *Sentence) subjectIn(n *Number, p phrase) series {
	ofPeople := isWho.MatchString(s.original[n.End:])
	var best *subject
	var words string
	var nearest int
	for i := range subjects {
		y := &subjects[i]
		m := closest(y.words, s.original[p.at:p.end], n.At-p.at, n.End-p.at)
		if m == nil || ofPeople && y.words == countsBoats || best != nil && y.weak && !best.weak {
			continue
		}
		if d := max(m[0]-(n.End-p.at), n.At-p.at-m[1], 0); best == nil || best.weak && !y.weak || d < nearest-1 {
			best, nearest, words = y, d, s.original[p.at+m[0]:p.at+m[1]]
		}
	}
	return series{subject: best, named: best != nil, words: words}
}

// closest returns the match of a pattern that is nearest to a stretch of text.
func closest(re *regexp.Regexp, text string, at, end int) (best []int) {
	var nearest int
	for _, m := range re.FindAllStringIndex(text, -1) {
		if d := max(m[0]-end, at-m[1], 0); best == nil || d < nearest {
			best, nearest = m, d
		}
	}
	return best
}

// Wants reports whether a number of the sentence may be of a series that is not compared: one broken down by
// nationality, sex or age.
func (r *Reading) Wants(id stat.SeriesID) bool {
	for i, x := range r.numbers {
		if len(x.series.who) == 0 {
			continue
		}
		measure, place, who := x.series.allows(id)
		if measure && place && who {
			return true
		}
		_, _, _, d, _ := id.Parse()
		unknown := d.Origin == stat.Unknown || d.Origin == notStated || d.Origin == stat.Total
		if r.Numbers[i].Kind == numbers.Share && measure && unknown {
			return true
		}
	}
	return false
}

// MayMean reports whether any sentence can have a number of a series: it is not broken down, or only by people
// whom words name.
func MayMean(id stat.SeriesID) bool {
	_, _, _, d, _ := id.Parse() // what is no series has no destination, not even all
	if d.Destination != stat.Total {
		return false
	}
	if _, named := people[d.Origin]; !named && d.Origin != stat.Total && d.Origin != stat.Unknown && d.Origin != notStated {
		return false
	}
	for _, name := range []string{"sex", "age"} {
		code := *d.Field(name)
		if code != stat.Total && !slices.ContainsFunc(others, func(x otherPeople) bool { return x.dim == name && x.code == code }) {
			return false
		}
	}
	return true
}

// families are the prefixes of the sources whose figures the subjects name.
var families = []string{"ukho-", "frontex-", "it-interior-", "iom-"}

// WantsSource reports whether a source may have a number of the sentence. A source that no subject knows is
// always asked.
func (r *Reading) WantsSource(source string) bool {
	for i := range r.numbers {
		x := r.numbers[i].series
		switch {
		case !slices.ContainsFunc(families, func(prefix string) bool { return strings.HasPrefix(source, prefix) }):
			return true
		case x.subject == nil:
			if slices.Contains(smallBoats, source) {
				return true // what nothing names is small boats
			}
			continue
		case x.subject == &unknownSubject:
			continue
		case r.Numbers[i].Kind == numbers.OneIn && slices.Contains([]string{"ukho-small-boats", "it-interior-landings"}, source):
			return true
		}
		known := sourcesOf(x.subject)
		if slices.ContainsFunc(known, func(prefix string) bool { return strings.HasPrefix(source, prefix) }) {
			return true
		}
	}
	return false
}

// sourcesOf returns the prefixes of the sources that may count a subject.
func sourcesOf(s *subject) []string {
	if len(s.sources) > 0 {
		return s.sources
	}
	switch s.measures[0] {
	case "prevented-persons", "prevention-events", "uncontrolled-landings":
		return []string{"ukho-small-boats"}
	case "exchange-in", "exchange-out":
		return []string{"ukho-france-exchange"}
	case "returns", "offender-returns":
		return []string{"ukho-returns", "ukho-france-exchange"}
	case "dead", "missing", "dead-and-missing":
		return []string{"iom-missing-migrants"}
	case "red-days":
		return []string{"ukho-crossing-conditions"}
	}
	return []string{"ukho-"}
}
