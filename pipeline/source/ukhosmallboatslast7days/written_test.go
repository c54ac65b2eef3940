package ukhosmallboatslast7days

import (
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestOtherWords has pages that state what the fixture does. All were refused before.
func TestOtherWords(t *testing.T) {
	f := load(t, newest)
	for _, people := range []string{"People arrived", "Number of people", "People detected", "Individuals", "Number of individuals arrived", "Persons detected", "Arrivals", "Migrants", "People arriving in small boats"} {
		sourcetest.SamePages(t, &Source, f, way(people, ">Migrants arrived<", ">"+people+"<"))
	}
	sourcetest.SamePages(t, &Source, f,
		way("boats", ">Boats arrived<", ">Number of small boats<", ">Boats involved in uncontrolled landings<", ">Boats arrived - involved in uncontrolled landings<"),
		way("two digits", ">8 July 2026<", ">08/07/26<", ">9 July 2026<", ">9 July 26<", ">11 July 2026<", ">11-Jul-26<"),
		way("weekday and ordinal", ">8 July 2026<", ">Wednesday 8th of July 2026<", ">9 July 2026<", ">Thursday, the 9th July 2026<", ">11 July 2026<", ">11 July 2026 (Saturday)<"),
		way("no year", ">8 July 2026<", ">Wednesday 8 July<", ">9 July 2026<", ">9 July<"),
		way("notes in a table", "</table>", "</table><table><caption>Notes</caption><tr><th>Note</th><th>Text</th></tr><tr><td>1</td><td>Provisional</td></tr></table>"),
	)
}

// TestYearThatIsNotSaid checks that a day of December on a page of January is of the year before.
func TestYearThatIsNotSaid(t *testing.T) {
	f := load(t, newest)
	text := strings.ReplaceAll(strings.ReplaceAll(string(f.Data), "July 2026</th>", "July</th>"), "2026-07-15T", "2027-01-03T")
	for day := 8; day <= 14; day++ { // 27 December to 2 January
		from, to := day+19, "December"
		if from > 31 {
			from, to = from-31, "January"
		}
		text = strings.Replace(text, ">"+strconv.Itoa(day)+" July<", ">"+strconv.Itoa(from)+" "+to+"<", 1)
	}
	obs, _, err := sourcetest.Decode(&Source, sourcetest.File{Name: "2027-01-03.html", Data: []byte(text)})
	if err != nil || len(obs) != 21 {
		t.Fatalf("%d observations, %v", len(obs), err)
	}
	if first, last := obs[0].Period.Start.String(), obs[20].Period.Start.String(); first != "2026-12-27" || last != "2027-01-02" {
		t.Errorf("%s to %s", first, last)
	}
}

// TestRevisedInWords checks that a word or letter after a count says that it is revised and becomes
// its mark. All but the first two were refused before.
func TestRevisedInWords(t *testing.T) {
	for _, mark := range []string{"[r]", "r", "(revised)", "revised", "R", "(rev.)", "(revised 13 July)"} {
		obs, findings, err := sourcetest.Decode(&Source, load(t, newest).With(t, "<td>249</td>", "<td>249 "+mark+"</td>"))
		if err != nil || len(findings) != 0 {
			t.Fatalf("%q: %v, %v", mark, findings, err)
		}
		if o := obs[0]; o.Value.String() != "249" || !o.Revised || o.Mark != mark {
			t.Errorf("%q: %+v", mark, o)
		}
	}
	obs, _, err := sourcetest.Decode(&Source, load(t, newest).With(t, "<td>249</td>", "<td>249 (estimated)</td>"))
	if err != nil || obs[0].Status != "E" || obs[0].Revised {
		t.Errorf("%+v, %v", obs, err)
	}
}
