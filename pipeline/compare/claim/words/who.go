package words

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/numbers"
)

// people lists the words of nationalities, by the code of the country. The words are the country and its
// people, as stems.
var people = map[string]string{
	"AFG": "afghan", "ALB": "albania", "BGD": "bangladesh", "BRA": "brazil", "CHN": "chinese|china", "CIV": "ivorian|ivory coast|c[oô]te d.ivoire",
	"CMR": "cameroon", "COD": "congolese", "DZA": "algeria", "EGY": "egypt", "ERI": "eritrea", "ETH": "ethiopia", "GEO": "georgian", "GHA": "ghana",
	"GIN": "guinean|guinea\\b", "GMB": "gambia", "IND": "indian|india\\b", "IRN": "iran", "IRQ": "iraq", "KWT": "kuwait", "LBN": "leban", "LBY": "libyans?\\b", "LKA": "sri lanka",
	"MAR": "morocc", "MLI": "malian|mali\\b", "NGA": "nigeria", "NPL": "nepal", "PAK": "pakistan", "POL": "polish|poland", "ROU": "romania", "RUS": "russian|russia\\b",
	"SDN": "sudan", "SEN": "senegal", "SLV": "salvador", "SOM": "somali", "SSD": "south sudan", "SYR": "syria", "TUN": "tunisian", "TUR": "turk(?:ish|s\\b|ey|iye)", "UKR": "ukrain",
	"USA": "american", "VEN": "venezuel", "VNM": "vietnam", "YEM": "yemen", "ZWE": "zimbabwe", "BFA": "burkin",
}

// notStated is the code of a nationality that the publisher does not state.
const notStated = "_X"

// otherPeople are words of a sex or an age, with the dimension and the code.
type otherPeople struct {
	words     *regexp.Regexp
	dim, code string
}

// others lists the words of sexes and ages.
var others = []otherPeople{
	{find(`(?i)\b(?:males?|men|boys)\b`), "sex", "M"},
	{find(`(?i)\b(?:females?|women|girls)\b`), "sex", "F"},
	{find(`(?i)\b(?:children|under[ -]18s?|minors|aged 17 and under)\b`), "age", "Y_LT18"},
	{find(`(?i)\b(?:aged |between )?18[ -–](?:to )?24\b`), "age", "Y18T24"},
	{find(`(?i)\b(?:aged |between )?25[ -–](?:to )?39\b`), "age", "Y25T39"},
	{find(`(?i)\b40 (?:and|or) over\b|over 40s?\b`), "age", "Y_GE40"},
}

var (
	peopleWords = func() *regexp.Regexp {
		var all []string
		for _, code := range slices.Sorted(maps.Keys(people)) {
			all = append(all, "(?P<"+code+">"+people[code]+")")
		}
		return regexp.MustCompile(`(?i)\b(?:` + strings.Join(all, "|") + `)`)
	}()
	// notPeople are words with a country in them that name no nationality of people counted.
	notPeople = find(`(?i)(?:afghan (?:citizens|resettlement|relocations)|to (?:albania|iraq|vietnam|iran)|from (?:turkey|libya|tunisia)|(?:albanian|french|iraqi|turkish|libyan|tunisian) (?:government|police|authorities|coast|deal|minister))`)
)

// whoIn returns the nationality, sex and age that a phrase names nearest to a place in it.
func whoIn(text string, at int) (who map[string]string, name string) {
	masked := []byte(text)
	for _, m := range notPeople.FindAllIndex(masked, -1) {
		numbers.Blank(masked, m)
	}
	best := math.MaxInt
	for _, m := range peopleWords.FindAllSubmatchIndex(masked, -1) {
		if d := max(at-m[1], m[0]-at, 0); d < best {
			best = d
			for i, code := range peopleWords.SubexpNames() {
				if code != "" && m[2*i] >= 0 {
					who, name = map[string]string{"origin": code}, text[m[0]:m[1]]
				}
			}
		}
	}
	for _, x := range others {
		if m := x.words.FindIndex(masked); m != nil {
			if who == nil {
				who = map[string]string{}
			}
			who[x.dim] = x.code
			name = strings.TrimSpace(name + " " + text[m[0]:m[1]])
		}
	}
	return who, name
}

var (
	// toBritain matches what only arrivals in small boats are said of, and elsewhereAtSea where others arrive.
	toBritain      = find(`(?i)\bchannel\b|small[ -]boats?\b|\buk\b|\bbritain\b|\bbritish\b|\bengland\b|\bdover\b|\bkent\b`)
	elsewhereAtSea = find(`(?i)\bmediterranean\b|\baegean\b|\batlantic\b|\b(?:spain|spanish|greece|greek|malta|maltese|cyprus|canar(?:y|ies)|crete|tunisia|libya|turkey|balearics?|germany|ireland)\b`)
)

// place finds the place that the words name. A special route counts before a sea.
func (r *Reading) place(n *Number, x *series) {
	if x.subject == nil || x.subject == arrivals {
		from, to := r.sentenceAround(n.At)
		if text := r.original[from:to]; !toBritain.MatchString(text) {
			if m := elsewhereAtSea.FindString(text); m != "" {
				x.place = m
			}
		}
	}
	if x.subject == nil || x.subject.sources != nil && x.subject.measures[0] != "detections" {
		return
	}
	for _, p := range r.areas(n) {
		for _, y := range places {
			if m := y.words.FindStringIndex(r.original[p.at:p.end]); m != nil {
				if y.name == "English Channel" && !slices.Contains([]string{"dead-and-missing", "dead", "missing"}, x.subject.measures[0]) {
					return
				}
				x.place, x.routes = y.name, y.codes
				return
			}
		}
	}
}

// people finds the nationality, sex and age that the words name. A number that is compared with another
// is of the same people.
func (r *Reading) people(i int, x *series) {
	n := &r.Numbers[i]
	if n.whole {
		x.who, x.whoName = whoIn(firstWords.FindString(r.original[n.End:]), 0)
		return
	}
	x.who, x.whoName = whoIn(r.original[n.clause.at:n.clause.end], n.At-n.clause.at)
	if m := labelled.FindStringIndex(r.original[:n.At]); m != nil && inBracket.MatchString(r.original[n.End:]) {
		x.who, x.whoName = whoIn(r.original[m[0]:m[1]], m[1]-m[0])
	}
	if x.who == nil && i > 0 && (n.compared || n.Percent) && r.sentenceText(n) == r.sentenceText(&r.Numbers[i-1]) {
		x.who, x.whoName = r.numbers[i-1].series.who, r.numbers[i-1].series.whoName
	}
	if x.who == nil && i > 0 && (n.to || inBracket.MatchString(r.original[n.End:]) && r.Numbers[i-1].Kind == numbers.Share) {
		x.who, x.whoName = r.numbers[i-1].series.who, r.numbers[i-1].series.whoName
	}
	if _, to := r.sentenceAround(n.At); x.who == nil && n.Kind == numbers.Share {
		if m := wereWhom.FindStringIndex(r.original[n.End:to]); m != nil {
			x.who, x.whoName = whoIn(r.original[n.End+m[0]:n.End+m[1]], 0)
		}
	}
	if x.who == nil && n.Percent {
		x.who, x.whoName = whoIn(r.original[:n.clause.end], n.At)
	}
}

// destination finds the country to which the words say that people were returned. That is no nationality of theirs.
func (r *Reading) destination(n *Number, x *series) {
	text := r.sentenceText(n)
	m := returnedTo.FindStringSubmatch(text)
	if m == nil || x.subject == nil || !slices.Contains(x.subject.measures, "returns") || toFrance.MatchString(text) {
		return
	}
	to, _ := whoIn(m[1], 0)
	if code := to["origin"]; code != "" {
		x.who, x.whoName = map[string]string{"destination": code}, m[1]
	}
}

var (
	// returnedTo matches the country of a return.
	returnedTo = find(`(?i)\b(?:return\w*|remov\w*|deport\w*|sent)\b[^.;]{0,40}?\bto ([\pL]+(?: [\pL]+)?)`)
	toFrance   = find(`(?i)\bto france\b`)
)

// firstWords matches the words behind a number that may say whom it counts.
var firstWords = find(`^(?: [\pL'’-]+){0,2}`)

var (
	// labelled matches the words in front of a number in brackets: "Afghan (9,088)".
	labelled  = find(`[\pL'’-]+(?: [\pL'’-]+)? \($`)
	inBracket = find(`^\)`)
	// wereWhom matches the people that a share is of, behind what it is a share of.
	wereWhom = find(`(?i)\b(?:were|was|are) [\pL'’-]+(?: [\pL'’-]+)?`)
)
