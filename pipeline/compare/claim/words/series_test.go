package words

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// ofSeries writes which of measure, place and people a series has for the last number of a text.
func ofSeries(text string, id stat.SeriesID) string {
	r := read(text)
	measure, place, who := r.Allows(len(r.Numbers)-1, id)
	return strings.TrimSpace(mark(measure, "measure ") + mark(place, "place ") + mark(who, "people"))
}

// The words allow a series if it counts what they name, where and of whom.
func TestTheSeriesThatTheWordsAllow(t *testing.T) {
	const all, boats, illegal = "measure place people", "ukho-small-boats:arrivals:D", "ukho-illegal-entry:detections:Q"
	for _, c := range []struct {
		text string
		id   stat.SeriesID
		want string
	}{
		{"500", boats, all}, // without words it is arrivals in small boats
		{"500", "ukho-small-boats-weekly:boats:W", "place people"},
		{"500", "ukho-small-boats-weekly:prevented-persons:W", "place people"},
		{"500", "frontex-detections:detections:M", "place people"},
		{"500", "ukho-unheard-of:arrivals:D", all},
		{"500", "it-interior-landings:arrivals:D", "place people"},
		{"500", "tidy:own:arrivals:D", all},
		{"500 crossed", boats, all},
		{"500 crossed", "tidy:own:arrivals:D", all},
		{"500 crossed", "tidy:own:boats:D", "place people"},
		{"500 crossed", "unheard-of:arrivals:D", "place people"},
		{"500 crossed", illegal + ":category=small-boat", all},
		{"500 crossed", illegal + ":category=lorry", "place people"},
		{"500 crossed", illegal, "place people"},
		{"500 irregular arrivals", illegal, "place people"},
		{"500 illegal migration detections", illegal + ":category=lorry", all},
		{"500 detections", illegal, all},
		{"500 detections", "frontex-detections:detections:M", "place people"},
		{"500 detections by Frontex", "frontex-detections:detections:M", all},
		{"500 irregular crossings of the western Balkans", "frontex-detections:detections:M:route=western-balkans", all},
		{"500 irregular crossings of the western Balkans", "frontex-detections:detections:M:route=eastern-borders", "measure people"},
		{"500 irregular crossings of the western Balkans", "frontex-detections:detections:M", "measure people"},
		{"500 arrivals", "frontex-detections:detections:M", "place people"},
		{"500 enforced returns", "ukho-returns:returns:Q:category=enforced", all},
		{"500 enforced returns", "ukho-returns:returns:Q:category=enforced.detained", all},
		{"500 enforced returns", "ukho-returns:returns:Q:category=enforcedly", "place people"},
		{"500 enforced returns", "ukho-returns:returns:Q:category=voluntary", "place people"},
		{"500 enforced returns", "ukho-returns:returns:Q", "place people"},
		{"500 returns", "ukho-returns:returns:Q:category=enforced", all},
		{"500 asylum claims", "ukho-asylum:asylum-claims:Q", all},
		{"500 asylum claims", "tidy:own:asylum-claims:Q", all},
		{"500 hotels", boats, "place people"},
		{"500 died in the Channel", "iom-missing-migrants:dead-and-missing:M:route=english-channel", all},
		{"500 died in the Channel", "iom-missing-migrants:dead-and-missing:M", "measure people"},
		{"500 died in the Channel", "tidy:own:dead-and-missing:M", all},
		{"500 died in the Channel", "it-interior-landings:dead-and-missing:D", "measure people"},
		{"500 died in the Channel", "ukho-small-boats:dead-and-missing:D", all},
		{"500 died in the Sahara", "ukho-small-boats:dead-and-missing:D", "measure people"},
		{"500 died in the Sahara", "tidy:own:dead-and-missing:M", all},
		{"500 died in the central Mediterranean", "it-interior-landings:dead-and-missing:D", all},
		{"500 died", "iom-missing-migrants:dead-and-missing:M", all},
		{"500 died off Western Africa", "iom-missing-migrants:dead-and-missing:M:route=western-africa", all},
		{"500 landed in Italy", "it-interior-landings:arrivals:D", all},
		{"500 landed in Italy", boats, "place people"},
		{"500 Albanians crossed", boats, "measure place"},
		{"500 Albanians crossed", illegal + ":category=small-boat:origin=ALB", all},
		{"500 Albanians crossed", illegal + ":category=small-boat:origin=AFG", "measure place"},
		{"500 Albanians crossed", illegal + ":category=small-boat:origin=ALB:sex=M", "measure place"},
		{"500 Albanian men crossed", illegal + ":category=small-boat:origin=ALB:sex=M", all},
		{"500 crossed", illegal + ":category=small-boat:origin=ALB", "measure place"},
		{"500 children crossed", illegal + ":age=Y_LT18:category=small-boat", all},
		{"500 were returned", "ukho-returns:returns:Q:destination=FRA", "measure place"},
	} {
		if got := ofSeries(c.text, c.id); got != c.want {
			t.Errorf("%q, %s: %s, want %s", c.text, c.id, got, c.want)
		}
	}
}

// A series that is not compared is wanted only if the words name its people. A share of them is one of all, or of
// those whose nationality is known.
func TestTheSeriesThatAreWanted(t *testing.T) {
	const small = "ukho-illegal-entry:detections:Q:category=small-boat"
	for _, c := range []struct {
		text string
		id   stat.SeriesID
		want bool
	}{
		{"500 crossed", small, false},
		{"500 Albanians crossed", small + ":origin=ALB", true},
		{"500 Albanians crossed", small, false},
		{"500 Albanians crossed", small + ":origin=_U", false},
		{"28% of those who crossed were Albanian", small + ":origin=ALB", true},
		{"28% of those who crossed were Albanian", small, true},
		{"28% of those who crossed were Albanian", small + ":origin=_U", true},
		{"28% of those who crossed were Albanian", small + ":origin=_X", true},
		{"28% of those who crossed were Albanian", small + ":origin=AFG", false},
		{"28% of those who crossed were Albanian", "ukho-asylum:asylum-claims:Q:origin=_U", false},
		{"28% of those who crossed were men", small + ":sex=M", true},
		{"500 crossed, 28% of them were Albanian", small + ":origin=ALB", true},
		{"500 Albanians died in the Sahara", "iom-missing-migrants:dead-and-missing:M:origin=ALB:route=sahara-desert", true},
		{"500 Albanians died in the Sahara", "iom-missing-migrants:dead-and-missing:M:origin=ALB:route=darien", false},
	} {
		if got := read(c.text).Wants(c.id); got != c.want {
			t.Errorf("%q, %s: %v", c.text, c.id, got)
		}
	}
}

// A sentence can mean a series whose people have words.
func TestTheSeriesThatASentenceMayMean(t *testing.T) {
	check(t, MayMean, map[stat.SeriesID]bool{
		"ukho-small-boats:arrivals:D":                  true,
		"not a series":                                 false,
		"ukho-returns:returns:Q:destination=FRA":       false,
		"ukho-asylum:asylum-claims:Q:origin=ALB":       true,
		"ukho-asylum:asylum-claims:Q:origin=_U":        true,
		"ukho-asylum:asylum-claims:Q:origin=_X":        true,
		"ukho-asylum:asylum-claims:Q:origin=FJI":       false,
		"ukho-asylum:asylum-claims:Q:sex=M":            true,
		"ukho-asylum:asylum-claims:Q:sex=_U":           false,
		"ukho-asylum:asylum-claims:Q:age=Y_LT18":       true,
		"ukho-asylum:asylum-claims:Q:age=M":            false,
		"ukho-asylum:asylum-claims:Q:age=Y_GE70":       false,
		"ukho-asylum:asylum-claims:Q:origin=ALB:sex=F": true,
		"ukho-asylum:asylum-claims:Q:age=Y18T24:sex=F": true,
		"ukho-asylum:asylum-claims:Q:age=Y_GE70:sex=F": false,
	})
}
