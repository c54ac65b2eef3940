package words

import (
	"fmt"
	"strings"
	"testing"
)

// asRead writes the kind and bounds of the last number of a text as it is read, and what it counts.
func asRead(text string) string {
	r := read(text)
	n := r.Numbers[len(r.Numbers)-1]
	return fmt.Sprintf("%s [%v %v] %s", kinds[n.Kind], n.Low, n.High, counts(text))
}

// An average of people by boat is a quotient, within half a person where it is written in full.
func TestAnAveragePerBoat(t *testing.T) {
	const crossed, anything = "arrivals in small boats", "anything"
	check(t, asRead, map[string]string{
		"50 people per boat":                                                          "per boat [49.5 50.5] " + crossed,
		"50.5 people per boat":                                                        "per boat [50 51] " + crossed,
		"more than 50 people per boat":                                                "per boat [51 54] " + crossed,
		"more than 50 people a day":                                                   "per day [51 54] " + anything,
		"an average of 50 people on each boat":                                        "per boat [49.5 50.5] " + crossed,
		"Boats carried an average of 199":                                             "per boat [198.5 199.5] " + crossed,
		"Boats carried an average of 200":                                             "count [200 200] " + anything,
		"Boats carried an average of 50%":                                             "change [49.5 50.5] " + anything,
		"Boats carried an average of 50 people in 12 boats":                           "count [12 12] boats",
		"Boats carried many. 50 people came":                                          "count [50 50] " + anything,
		"The 15 boats had 1,075 people on board, about 72 in each":                    "per boat [71.5 72.5] " + crossed,
		"The boats brought 65 people each":                                            "per boat [64.5 65.5] " + crossed,
		"The 179 boats that arrived so far this year carried an average of 65 people": "per boat [64.5 65.5] " + crossed,
		"Boats carried 62 people on average":                                          "per boat [61.5 62.5] " + crossed,
		"Boats carried 62 people on average in 2024, against 41 in 2022":              "per boat [40.5 41.5] " + crossed,
		"15 boats crossed with 72 in each of May and June":                            "count [72 72] boats",
		"For every boat there were 62 people on board":                                "per boat [61.5 62.5] " + crossed,
		"12 boats a day":                                                              "per day [11.5 12.5] boats",
		"12 more boats than in 2024":                                                  "difference [12 12] boats",
		"The average was 50 people per boat, one in 62 died":                          "one in [61.5 62.5] dead and missing",
		"50 people a day":                                                             "per day [49.5 50.5] " + anything,
		"50 people":                                                                   "count [50 50] " + anything,
	})
}

// The words behind a number say what it counts, before those around it: boats, or something that no series counts.
func TestTheWordsBehindANumber(t *testing.T) {
	check(t, counts, map[string]string{
		"500 boats crossed":                               "boats",
		"500 boat arrivals":                               "arrivals in small boats",
		"500 small boat people":                           "arrivals in small boats",
		"500 small boats arrivals":                        "arrivals in small boats",
		"up 5% in the number of boats":                    "boats",
		"The number of boats fell while 500 people came":  "anything",
		"500 small boats crossings":                       "arrivals in small boats",
		"Small boats arriving were 500":                   "boats",
		"fewer boats, 500":                                "boats",
		"The number of boats rose to 500":                 "boats",
		"The number of boats rose but 500 people crossed": "arrivals in small boats",
		"The number of boats with 500 people":             "anything",
		"50 people per boat, the number of boats fell":    "arrivals in small boats",
		"500 hotels":                                      "something else",
		"500 police":                                      "something else",
		"£500 crossed":                                    "something else",
		"5% hotels":                                       "people in hotels",
		"500 people were arrested":                        "something else",
		"500 were jailed after they crossed":              "something else",
		"500 people crossed and 40 were jailed":           "something else",
		"500 separate boats":                              "boats",
	})
}

// A special word counts before a general one, and of two special ones the nearer; a clause counts before its
// sentence, and a sentence before the text.
func TestTheNearestSubjectCounts(t *testing.T) {
	check(t, counts, map[string]string{
		"Crossing the Channel 500 died":                             "dead and missing @English Channel",
		"500 crossed the Channel where many died":                   "dead and missing @English Channel",
		"Of those who died 500 were then in detention":              "dead and missing",
		"Of those in detention last year 500 died":                  "dead and missing",
		"500 were in detention where many died":                     "detention",
		"500 bodies of those who died":                              "bodies found",
		"Many died, 500 crossed":                                    "arrivals in small boats",
		"Many died, it was 500":                                     "dead and missing",
		"It was 500, many died":                                     "dead and missing",
		"Many died. It was 500":                                     "dead and missing",
		"Many died. Others came to hotels. It was 500":              "people in hotels",
		"It was 500. Many died":                                     "dead and missing",
		"Deaths are many, deaths in detention and other deaths 500": "dead and missing",
		"Irregular migrants are the 500 who crossed":                "arrivals in small boats",
		"500 detections on red days":                                "likely days",
		"Hotels a 500 died":                                         "dead and missing",
		"Hotels  500 died":                                          "people in hotels",
		"It was said, 500 died in hotels":                           "dead and missing",
		"Deaths are many. It was 500":                               "dead and missing",
		"It was 500. Deaths are many":                               "dead and missing",
		"Deaths, detention and 500":                                 "dead and missing",
	})
}

// A number that is compared with others counts what they do, if they all count the same.
func TestANumberThatIsComparedCountsTheSame(t *testing.T) {
	check(t, counts, map[string]string{
		"Deaths aside, 12 boats came in May, against 10":                             "boats",
		"Deaths aside, 12 boats came in May. We heard of 10":                         "dead and missing",
		"500 died in May. 12 boats came in June, against 10 in May":                  "boats",
		"12 boats came in June, up 5%":                                               "boats",
		"12 boats came in June, 4 more":                                              "boats",
		"12 boats came in June, 40 more people than in May":                          "anything",
		"12 boats came in June, 4 fewer than in May":                                 "boats",
		"12 boats came in June with 500 people, 4 fewer than in May":                 "anything",
		"12 boats came in June, 11 boats in May where many died, against 10":         "boats",
		"500 people crossed in 12 boats in May, against 400 in April":                "arrivals in small boats",
		"500 came on 12 boats in May, against 10 in April":                           "anything",
		"12 hotels were in use in May, against 10 in April":                          "something else",
		"12 boats came in May, against 10 deaths in April":                           "dead and missing",
		"7,349 claimed asylum having crossed the Channel in boats, and 82 died":      "dead and missing @English Channel",
		"Asylum claims after crossing the Channel were many, and 82 died":            "dead and missing @English Channel",
		"Asylum claims after crossing the Channel rose. Asylum claims were 82":       "claims for asylum",
		"Asylum claims after crossing the Channel rose. Then it was 82":              "asylum claims of those who came in small boats",
		"There were, as was said in the long days of May, 500 Syrians among Afghans": "anything origin=SYR",
	})
}

// A special route counts before a sea, and the clause before the text. Arrivals in small boats need no place.
func TestThePlace(t *testing.T) {
	check(t, counts, map[string]string{
		"500 died in the Mediterranean":                               "dead and missing @Mediterranean",
		"500 died in the eastern Mediterranean":                       "dead and missing @eastern Mediterranean",
		"Many crossed the Sahara, 500 died in the Channel":            "dead and missing @English Channel",
		"Many crossed the Sahara, 500 died":                           "dead and missing @Sahara",
		"500 crossed the Channel":                                     "arrivals in small boats",
		"500 asylum claims by people who crossed the Channel":         "asylum claims of those who came in small boats",
		"500 bodies in the Channel":                                   "bodies found @English Channel",
		"500 are missing in the Channel":                              "missing @English Channel",
		"500 prevented in the Channel":                                "people prevented",
		"500 detections in the Channel":                               "detections",
		"500 hotels in the Sahara":                                    "something else",
		"500 irregular border crossings in the western Mediterranean": "detections at the EU's borders @western Mediterranean",
		"500 landed in Italy from the central Mediterranean":          "landings in Italy",
		"500 crossed the Mediterranean":                               "arrivals in small boats @Mediterranean",
		"500 people arrived in Spain by sea":                          "arrivals in small boats @Spain",
		"500 people in Greece":                                        "anything @Greece",
		"500 came from Turkey to Dover":                               "anything",
		"500 crossed the Channel, more than the Mediterranean":        "arrivals in small boats",
		"500 in the Sahara":                                           "anything",
	})
}

// peopleOf writes whom each number of a text counts.
func peopleOf(text string) string {
	r := read(text)
	var out []string
	for i := range r.Numbers {
		var who []string
		for _, dim := range []string{"origin", "sex", "age"} {
			if code := r.People(i)[dim]; code != "" {
				who = append(who, code)
			}
		}
		out = append(out, strings.Join(who, "+"))
	}
	return strings.Join(out, " | ")
}

// The nearest nationality of the clause counts. A number that is compared with another, and a change or share, is of
// the same people.
func TestThePeople(t *testing.T) {
	check(t, peopleOf, map[string]string{
		"500 Albanians crossed":                                    "ALB",
		"Afghans crossed with 500 Albanians":                       "ALB",
		"Vietnamese 500 Iranians":                                  "VNM",
		"500 Afghans crossed with Albanians":                       "AFG",
		"Albanians crossed like 500 men from Iran":                 "IRN+M",
		"500 Albanian boys or other children":                      "ALB+M+Y_LT18",
		"500 in 2024 from Albania crossed":                         "ALB",
		"Albanians between 3 and 9 May were 500":                   "ALB",
		"500 women, 400 Albanians, up 5%":                          "F | ALB | ALB",
		"500 women crossed":                                        "F",
		"500 were deported to Albania":                             "",
		"500 came as the Albanian government said":                 "",
		"500 Albanians, 400 Afghans":                               "ALB | AFG",
		"500 Albanians crossed, against 400 in 2024":               "ALB | ALB",
		"500 Albanians crossed, up 5%":                             "ALB | ALB",
		"500 Albanians crossed, 400 came by lorry":                 "ALB | ",
		"500 Albanians crossed. Against 400 in 2024, it rose":      "ALB | ",
		"500 Albanians crossed. That is up 5%":                     "ALB | ALB",
		"500 Albanians crossed, against 400 Afghans":               "ALB | AFG",
		"It rose 5%, Albanians said":                               "",
		"Most were Albanian (500), Afghan (400) and Iranian (300)": "ALB | AFG | IRN",
		"Afghans (500) were more than Albanians (400)":             "AFG | ALB",
		"A fifth of those arriving (4,843) were Afghan":            "AFG | AFG",
		"The number of Afghans rose from 500 in 2022 to 600":       "AFG | AFG",
		"A fifth of those arriving were hungry":                    "",
		"Albanians are many (500 in all)":                          "",
		"Albanians are many, 5% of all":                            "ALB",
		"Albanians are many, 500 in all":                           "",
		"Up 5%":                                                    "",
	})
	check(t, func(text string) string { return read(text).People(0)["destination"] }, map[string]string{
		"500 people were returned to Albania":                 "ALB",
		"There were 500 enforced returns to Vietnam":          "VNM",
		"178 of the 500 returns to Albania took place in May": "ALB",
		"Of the 500 returns to Albania 178 were in May":       "ALB",
		"500 people were returned to France":                  "",
		"500 were returned to France, and many to Albania":    "",
		"500 people went to Albania":                          "",
		"500 people were returned to their homes":             "",
	})
	if got := read("500 Albanians crossed, against 400 in 2024").numbers[1].series.whoName; got != "Albania" {
		t.Errorf("the people of a compared number are called %q", got)
	}
	if _, name := whoIn("Albanian men", 0); name != "Albania men" {
		t.Errorf("the people are called %s", name)
	}
}

// Of several words for the same the nearest is named.
func TestTheNearestWordIsNamed(t *testing.T) {
	check(t, func(text string) string { return read(text).numbers[0].series.words }, map[string]string{
		"500 died after other deaths":                  "died",
		"killed 500 as dead":                           "killed",
		"killed and not dead 500 people":               "dead",
		"dead 500 died":                                "dead",
		"It was said, of the dead 500 were now killed": "dead",
	})
}
