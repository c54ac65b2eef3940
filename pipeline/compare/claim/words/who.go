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
