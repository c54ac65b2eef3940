package words

import (
	"fmt"
	"slices"
	"testing"

	"crossings/pipeline/stat"
)

// counts returns what the last number of a text counts, where and whom.
func counts(text string) string {
	r := read(text)
	if len(r.numbers) == 0 {
		return "no number"
	}
	x := r.numbers[len(r.numbers)-1].series
	out := "anything"
	if x.subject != nil {
		out = x.subject.name
	}
	if x.place != "" {
		out += " @" + x.place
	}
	for _, dim := range []string{"origin", "sex", "age"} {
		if x.who[dim] != "" {
			out += fmt.Sprint(" ", dim, "=", x.who[dim])
		}
	}
	return out
}

// The words near a number say what it counts. A special word comes before a general one.
func TestTheWordsFixWhatIsCounted(t *testing.T) {
	check(t, counts, map[string]string{
		"26,699":                                                      "anything",
		"500 people":                                                  "anything",
		"500 people crossed the Channel":                              "arrivals in small boats",
		"500 small boat arrivals":                                     "arrivals in small boats",
		"500 people in 12 boats":                                      "boats",
		"500 people crossed in twelve dinghies":                       "boats",
		"12 boats carried 500 people":                                 "anything",
		"Boats carried an average of 45 people":                       "arrivals in small boats",
		"45 people per boat":                                          "arrivals in small boats",
		"500 people were prevented from crossing":                     "people prevented",
		"French police stopped 500 people who tried to cross":         "people prevented",
		"500 events prevented":                                        "prevention events",
		"500 uncontrolled landings of boats":                          "uncontrolled landings",
		"500 were returned to France":                                 "returns to France",
		"500 came to the UK from France under the scheme":             "transfers from France",
		"500 enforced returns":                                        "enforced returns",
		"500 voluntary returns":                                       "voluntary returns",
		"500 refused entry at port":                                   "refused at port",
		"500 foreign national offenders returned":                     "returns of foreign offenders",
		"500 people were removed":                                     "returns",
		"500 people in hotels":                                        "people in hotels",
		"500 hotels":                                                  "something else",
		"£500 for each boat":                                          "something else",
		"a backlog of 500":                                            "people awaiting a decision",
		"500 cases awaiting a decision":                               "cases awaiting a decision",
		"500 asylum claims":                                           "claims for asylum",
		"500 initial decisions":                                       "initial decisions",
		"500 were granted asylum":                                     "grants",
		"500 died in the Channel":                                     "dead and missing @English Channel",
		"500 died in the Central Mediterranean":                       "dead and missing @central Mediterranean",
		"500 bodies":                                                  "bodies found",
		"500 landed in Italy":                                         "landings in Italy",
		"500 irregular border crossings on the Western Balkans route": "detections at the EU's borders @western Balkans",
		"500 Albanians crossed the Channel":                           "arrivals in small boats origin=ALB",
		"500 people from Afghanistan crossed":                         "arrivals in small boats origin=AFG",
		"500 women crossed":                                           "arrivals in small boats sex=F",
		"500 children crossed":                                        "arrivals in small boats age=Y_LT18",
		"500 people crossed, said the Albanian government":            "arrivals in small boats",
		"In hotels there are many: 500":                               "people in hotels",
	})
}

// Only the sources that may have a number are read.
func TestOnlySourcesThatMayAnswerAreAsked(t *testing.T) {
	for text, want := range map[string][]string{
		"500 came":                          {"ukho-small-boats", "tidy:own"},
		"500 people crossed the Channel":    {"ukho-small-boats", "tidy:own"},
		"500 were returned to France":       {"ukho-france-exchange", "tidy:own"},
		"500 landed in Italy":               {"it-interior-landings", "tidy:own"},
		"500 died in the Channel":           {"iom-missing-migrants", "tidy:own"},
		"one in 62 who crossed has died":    {"ukho-small-boats", "it-interior-landings", "iom-missing-migrants", "tidy:own"},
		"500 people in hotels":              {"ukho-small-boats", "ukho-asylum", "ukho-returns", "ukho-crossing-conditions", "ukho-france-exchange", "tidy:own"},
		"500 irregular entries into the EU": {"frontex-detections", "tidy:own"},
		"500 hotels":                        {"tidy:own"},
		"500 people prevented":              {"ukho-small-boats", "tidy:own"},
		"500 enforced returns":              {"ukho-returns", "ukho-france-exchange", "tidy:own"},
		"500 red days":                      {"ukho-crossing-conditions", "tidy:own"},
	} {
		r := read(text)
		var got []string
		for _, source := range []string{"ukho-small-boats", "ukho-asylum", "ukho-returns", "ukho-crossing-conditions", "ukho-france-exchange", "it-interior-landings", "iom-missing-migrants", "frontex-detections", "tidy:own"} {
			if r.WantsSource(source) {
				got = append(got, source)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v", text, got)
		}
		if !r.WantsSource("unheard-of") {
			t.Errorf("%q: a source that no subject knows is not asked", text)
		}
	}
}

// A series that is broken down is meant only where the words name whom it counts.
func TestABrokenDownSeriesIsNamed(t *testing.T) {
	const albanians = "ukho-illegal-entry:detections:Q:category=small-boat:origin=ALB"
	check(t, func(text string) bool { return read(text).Wants(albanians) }, map[string]bool{
		"500 Albanians crossed the Channel":          true,
		"500 people crossed the Channel":             false,
		"500 Afghans crossed the Channel":            false,
		"500 Albanians were prevented from crossing": false,
	})
	r := read("28% of small boat arrivals were Albanian")
	check(t, r.Wants, map[stat.SeriesID]bool{albanians: true, "ukho-illegal-entry:detections:Q:category=small-boat:origin=_U": true, "ukho-illegal-entry:detections:Q:category=small-boat:origin=AFG": false})
}
