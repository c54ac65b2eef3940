package words

import (
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// subject is what a number counts, as words name it.
type subject struct {
	name     string         // how a verdict calls it
	words    *regexp.Regexp // nil for a subject that only other code chooses
	measures []string       // the measures that count it, the likeliest first
	sources  []string       // where they are; empty means in any source
	category string         // the category that the words name, with its parts
	stock    bool           // it has levels
	weak     bool           // other words of the clause come first
}

var (
	smallBoats = []string{"ukho-small-boats", "ukho-small-boats-last7days", "ukho-small-boats-weekly", "ukho-small-boats-day", "ukho-illegal-entry", "ukho-small-boat-asylum"}
	deathWords = `\b(?:died?|dying|deaths?|dead|killed|drown\w*|fatalit\w*|lost their lives|(?:claim(?:ed|ing)?|cost(?:ing)?|took) [^.;]{0,30}\blives|lives (?:were |have been )?lost|los[et] (?:his|her|their) li(?:fe|ves)|perished|deadliest)\b`
)

// subjects lists what the series count, the most special words first.
var subjects = []subject{
	{name: "boats", words: countsBoats, measures: []string{"boats"}, sources: smallBoats},
	{name: "uncontrolled landings", words: find(`(?i)uncontrolled`), measures: []string{"uncontrolled-landings"}},
	{name: "prevention events", words: find(`(?i)prevention events?|events? (?:were |was )?prevented|(?:crossing )?attempts? (?:were |was )?(?:prevented|stopped|foiled|thwarted)|(?:prevented|stopped|foiled) [\d,]+ (?:crossing )?attempts`), measures: []string{"prevention-events"}},
	{name: "people prevented", words: find(`(?i)\bprevent(?:ed|ions?|ing|s)?\b|dissuaded|\bstopped\b|\bintercepted (?:by|on|in) (?:the )?fr|\bpolice (?:have )?(?:stopped|intercept)|\bblocked\b|\bturned back\b`), measures: []string{"prevented-persons"}},
	{name: "transfers from France", words: find(`(?i)(?:transferred|brought|came|come|arriv\w+|admitted|taken|took in|accepted|received)(?:[^.;,]|,\d){0,40}\bfrom france\b|(?:arriv\w+|brought|come|came)[^.;,]{0,30}(?:under|through|via) (?:the |this |that )?(?:same )?(?:scheme|deal|agreement|treaty|pilot)|\b(?:came|come|coming|brought|transferred|admitted|taken|accepted|received)(?: in)? (?:the other way|in (?:the other direction|exchange|return))`), measures: []string{"exchange-in"}},
	{name: "returns to France", words: find(`(?i)(?:return\w*|remov\w+|deport\w+|sent|sending)(?:[^.;,]|,\d){0,30}\bto france|\bfrom france\b[^.;]{0,20}\bsent [\d,]+ (?:people |migrants )?(?:the other way|back|in return)\b|to france under|one[ -]in,?[ -]one[ -]out|french returns|returned under|under the uk[ -]france`), measures: []string{"exchange-out"}},
	{name: "people in hotels", words: find(`(?i)\bhotels?\b`), measures: []string{"in-hotels"}, stock: true},
	{name: "cases awaiting a decision", words: find(`(?i)(?:cases|applications|claims)[^.;,]{0,30}(?:awaiting|waiting|pending)|(?:awaiting|waiting|pending)[^.;,]{0,20}(?:cases|applications)|case backlog|backlog of[^.;,]{0,20}cases`), measures: []string{"cases-awaiting-initial-decision", "awaiting-initial-decision"}, stock: true},
	{name: "people awaiting a decision", words: find(`(?i)backlog|await\w*|\bwaiting\b`), measures: []string{"awaiting-initial-decision", "cases-awaiting-initial-decision"}, stock: true},
	{name: "people in receipt of support", words: find(`(?i)receipt of (?:asylum )?support|receiving (?:asylum )?support|asylum support|asylum accommodation|supported asylum`), measures: []string{"in-receipt-of-support"}, stock: true},
	{name: "grants", words: find(`(?i)\b(?:grant|recognition|acceptance) rate|(?:were|was|are|as|in|and) (?:a )?grants?\b|granted (?:asylum|refugee|protection|leave|humanitarian)|\bgrants of\b|initial grants|\bgranted\b`), measures: []string{"initial-grants"}},
	{name: "refusals", words: find(`(?i)\brefusal rate|(?:were|was|are|as|in|and) (?:a )?refusals?\b|refused asylum|initial refusals?|asylum refusals?|claims? (?:were )?refused`), measures: []string{"initial-refusals"}},
	{name: "withdrawals", words: find(`(?i)withdr[ae]wn?|withdrawals?`), measures: []string{"initial-withdrawals"}},
	{name: "initial decisions", words: find(`(?i)initial (?:asylum )?decisions\b|asylum decisions?|decisions? (?:were )?made|\bdecisions (?:have|had|rose|fell|went|are|were) (?:gone |been )?(?:up|down|by|risen|fallen|increased|taken)\b`), measures: []string{"initial-decisions", "initial-case-decisions"}},
	{name: "resettled people", words: find(`(?i)resettl\w+`), measures: []string{"resettled"}},
	{name: "detention", words: find(`(?i)(?:in|into|entered|entering|immigration) detention|\bdetained\b`), measures: []string{"in-detention", "detention-entries", "detention-exits"}},
	{name: "claims for asylum", words: find(`(?i)asylum (?:claims?|applications?)|claim(?:ed|ing|s)?(?: for)? asylum|appl(?:y|ied|ying|ications?) for asylum|(?:claims|applications) (?:were )?(?:made|lodged|relating)|sought asylum|asylum (?:has|have) been claimed`), measures: []string{"asylum-claims", "asylum-cases"}},
	{name: "returns of foreign offenders", words: find(`(?i)foreign national offenders?|\bfnos?\b|foreign (?:national )?criminals?|foreign offenders`), measures: []string{"offender-returns"}},
	{name: "enforced returns", words: find(`(?i)enforced? (?:returns?|removals?)|forc(?:ed|ibly|ed) (?:return|remov)\w*|\bdeport\w*`), measures: []string{"returns"}, category: "enforced"},
	{name: "voluntary returns", words: find(`(?i)voluntar\w+|left voluntarily`), measures: []string{"returns"}, category: "voluntary"},
	{name: "refused at port", words: find(`(?i)refused (?:entry|at)|port (?:refusals|returns)|passengers? refused`), measures: []string{"returns"}, category: "refused-at-port"},
	{name: "returns", words: find(`(?i)\breturns?\b|\breturned\b|\bremov(?:ed|als?)\b|sent (?:home|back)`), measures: []string{"returns", "offender-returns", "exchange-out"}},
	{name: "bodies found", words: find(`(?i)\bbodies\b|confirmed dead`), measures: []string{"dead", "dead-and-missing"}},
	{name: "dead and missing", words: find(`(?i)` + deathWords), measures: []string{"dead-and-missing", "dead"}},
	{name: "missing", words: find(`(?i)\bmissing\b|disappear\w*|presumed dead`), measures: []string{"missing", "dead-and-missing"}},
	{name: "detections at the EU's borders", words: find(`(?i)frontex|irregular (?:border )?(?:crossings?|entries|arrivals)|illegal (?:border )?(?:crossings|entries) (?:into|to|at|of) (?:the )?(?:eu\b|europe)|border crossings|external borders?|(?:the )?eu(?:'s|’s)? (?:external )?borders?`), measures: []string{"detections"}, sources: []string{"frontex-detections"}},
	{name: "landings in Italy", words: find(`(?i)\bital(?:y|ian)\w*|lampedusa|sicil\w+`), measures: []string{"arrivals"}, sources: []string{"it-interior-landings"}},
	{name: "detections", words: find(`(?i)detections?\b|(?:people|migrants|persons) detected (?:in|by|between|since|during)\b|detected (?:entering|arriving by irregular)|irregular(?:ly)?\b|illegal (?:migration|entr)`), measures: []string{"detections", "arrivals"}, sources: smallBoats, weak: true},
	{name: "likely days", words: find(`(?i)red days?|assessed as (?:likely|red)|likely days`), measures: []string{"red-days"}},
	{name: "arrivals in small boats", words: find(`(?i)\bcross(?:ed|ing|ings|es)?\b|\barriv(?:ed?|als?|ing|es)\b|small[ -]boats?|\bchannel\b|reach(?:ed|ing)? (?:the uk|uk|britain|british|england|dover)|\bland(?:ed|ings?)\b|made (?:the|this|that) (?:journey|trip|perilous)|(?:came|come|brought) (?:ashore|over|here|to (?:dover|kent))|\bdinghies\b|brought (?:in)?to (?:the uk|britain)|number of (?:people|migrants)\b`), measures: []string{"arrivals", "detections"}, sources: smallBoats, weak: true},
}

// The subjects that the word behind a number names.
var (
	boatSubject    = subject{name: "boats", measures: []string{"boats"}, sources: smallBoats}
	unknownSubject = subject{name: "something else"} // no series counts it
	arrivals       = &subjects[len(subjects)-1]
	italy          = subjectNamed("landings in Italy")
	countsBoats    = find(`(?i)(?:number of (?:small |migrant |detected )?(?:boats|dinghies|vessels)|\bboats (?:arrive[ds]?|arriving|c[ao]me at|detected|that|made|making|cross(?:ed|ing)?)\b|fewer boats|more boats|(?:^|[.;,:] |the )boats (?:are|were|fell|rose|have|had|dropped|increased)\b)`)
	// elsewhere is what no series counts: a number before it is not looked for.
	elsewhere = find(`(?i)^\s*(?:of the )?(?:(?:\w+ )?(?:visas?|hotels?\b(?: (?:were|are|in use))?|pounds?|euros?|officers?|arrests?|votes?|ships?|flights?|gangs?|councils?|smugglers|beds|staff|police|rooms|aircraft|lorries|trains|sites|miles?|metres?|knots|countries|nationalit(?:y|ies)|nations|seats|mps|jobs|homes|properties|decision[ -]makers|caseworkers|drones|beaches|convictions|suspects|engines|life ?jackets)|(?:billion|bn)\b)`)
)

// sentenceSubjects lists subjects that the whole sentence names, instead of the one that the words near a number do.
var sentenceSubjects = []struct {
	words   *regexp.Regexp
	instead string
	subject *subject
	shares  bool // only for shares
}{
	{find(`(?i)asylum claims?[^.;]{0,60}\b(?:having|after|who) (?:had )?(?:cross\w+|arriv\w+|c[ao]m\w+|mak\w+|made)[^.;]{0,60}(?:small[ -]boats?|channel)|(?:claims for asylum|asylum claims)[^.;]{0,40} (?:people|those|migrants) who (?:had )?(?:cross\w+|arriv\w+|c[ao]me)[^.;]{0,40}(?:small[ -]boats?|channel)|(?:people|those|migrants) who (?:had )?(?:cross\w+|arriv\w+|c[ao]me)[^.;]{0,40}(?:small[ -]boats?|channel)[^.;]{0,40}\b(?:claimed|applied for|sought) asylum`), "claims for asylum", &boatClaims, false},
	{find(`(?i)\b(?:scheme|deal|agreement|treaty|pilot)\b[^.;]{0,60}\bbrought (?:in)?to (?:the uk|britain)`), arrivals.name, subjectNamed("transfers from France"), false},
	{find(`(?i)decisions?\b[^.;]{0,60}\b(?:were|are|was|led to|ended in|resulted in) (?:a )?grants?\b`), "initial decisions", subjectNamed("grants"), true},
	{find(`(?i)decisions?\b[^.;]{0,60}\b(?:were|are|was|led to|ended in|resulted in) (?:a )?refusals?\b`), "initial decisions", subjectNamed("refusals"), true},
	{find(`(?i)\bhotels?\b`), "people in receipt of support", subjectNamed("people in hotels"), true},
}

// boatClaims are the claims of those who came in small boats.
var boatClaims = subject{name: "asylum claims of those who came in small boats", measures: []string{"arrivals"}, sources: []string{"ukho-small-boat-asylum"}, category: "claim"}

// subjectNamed returns a subject of the list.
func subjectNamed(name string) *subject {
	return &subjects[slices.IndexFunc(subjects, func(s subject) bool { return s.name == name })]
}

// places lists the words that name a route, with the codes of its routes in our series.
var places = []struct {
	words *regexp.Regexp
	name  string
	codes []string
}{
	{find(`(?i)\bcentral[ -]mediterranean|central route`), "central Mediterranean", []string{"central-mediterranean"}},
	{find(`(?i)\bwestern[ -]mediterranean`), "western Mediterranean", []string{"western-mediterranean"}},
	{find(`(?i)\beastern[ -]mediterranean|aegean`), "eastern Mediterranean", []string{"eastern-mediterranean"}},
	{find(`(?i)\bwestern[ -]balkans?`), "western Balkans", []string{"western-balkans"}},
	{find(`(?i)west(?:ern)?[ -]africa\w*|canar(?:y|ies)|atlantic route`), "western Africa", []string{"western-africa-atlantic", "western-africa"}},
	{find(`(?i)eastern (?:land )?borders?`), "eastern borders", []string{"eastern-borders"}},
	{find(`(?i)\bsahara`), "Sahara", []string{"sahara-desert"}},
	{find(`(?i)(?:us|u\.s\.|united states)[ -]mexico|mexico[ -]us`), "US-Mexico border", []string{"us-mexico-border"}},
	{find(`(?i)\bdari[eé]n`), "Darien", []string{"darien"}},
	{find(`(?i)\bmediterranean`), "Mediterranean", []string{"mediterranean"}},
	{find(`(?i)\b(?:english )?channel\b|small[ -]boats?\b|\bdover\b|\bcalais\b|to (?:reach )?(?:the uk|britain|england)\b`), "English Channel", []string{"english-channel"}},
}

// series says which series a number may be: what it counts, where, and of whom.
type series struct {
	subject *subject
	named   bool // the words name the subject; else it is the likeliest
	words   string
	place   string
	routes  []string
	who     map[string]string // codes of dimensions, by name: "origin": "ALB"
	whoName string
}

// allows reports which of the facts measure, place and who a series has.
func (x series) allows(id stat.SeriesID) (measure, place, who bool) {
	source, name, _, d, _ := id.Parse()
	return x.counts(source, name, d), x.isThere(source, d), x.isOf(d)
}

// counts reports whether a measure of a source counts the subject.
func (x series) counts(source, measure string, d stat.Dimensions) bool {
	s := x.subject
	if s == nil {
		return !needsName(source, measure)
	}
	if !slices.Contains(s.measures, measure) || len(s.sources) > 0 && !slices.Contains(s.sources, source) && !isOwn(source) {
		return false
	}
	switch {
	case s.category != "":
		return d.Category == s.category || strings.HasPrefix(d.Category, s.category+".")
	case source == "ukho-illegal-entry" && s.name == arrivals.name:
		return d.Category == "small-boat"
	}
	return true
}

// needsName reports whether a series is meant only where the words name what it counts: a sentence on
// migrants at large means those who crossed the Channel.
func needsName(source, measure string) bool {
	return slices.ContainsFunc(subjects, func(s subject) bool {
		return !s.weak && slices.Contains(s.measures, measure) && (len(s.sources) == 0 || slices.Contains(s.sources, source))
	})
}

// isOwn reports whether a source is somebody's own table.
func isOwn(source string) bool { return strings.Contains(source, ":") }

// isThere reports whether the series is of the place. The Home Office's figures are all of the Channel.
func (x series) isThere(source string, d stat.Dimensions) bool {
	if d.Route != stat.Total {
		return slices.Contains(x.routes, d.Route)
	}
	switch {
	case x.place == "" || strings.HasPrefix(source, "ukho-") || isOwn(source):
		return x.place == "" || x.place == "English Channel" || isOwn(source)
	case source == "it-interior-landings":
		return x.place != "English Channel"
	}
	return false
}

// isOf reports whether the series is broken down as the words say, and not otherwise.
func (x series) isOf(d stat.Dimensions) bool {
	for _, name := range []string{"origin", "sex", "age", "destination"} {
		if want := x.who[name]; *d.Field(name) != stat.Total && want != *d.Field(name) || *d.Field(name) == stat.Total && want != "" {
			return false
		}
	}
	return true
}
