package claimcard

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/stat"
)

// titles are the titles of the series of the archive.
var titles = map[stat.SeriesID]stat.Series{
	"ukho-small-boats:arrivals:D":            {Title: "People arriving in small boats", Kind: stat.Flow},
	"ukho-small-boats:boats:D":               {Title: "Small boats arriving", Kind: stat.Flow},
	"ukho-small-boats:arrivals:D:origin=ALB": {Title: "People arriving in small boats: Albania", Kind: stat.Flow},
	"ukho-asylum:in-hotels:Q":                {Title: "People in asylum hotels", Kind: stat.Stock},
}

// archive has two years and a half of days, 100 people in two boats each, 50 more a day from 2025 on, and people in hotels.
// Its releases are of 2024-06-01 and 2025-07-04.
func archive(t *testing.T) *packed.Archive {
	t.Helper()
	index, files := packed.Index{}, map[string][]byte{}
	add := func(source string, ids ...stat.SeriesID) {
		var p packed.Packer
		for _, until := range []string{"2024-05-30", "2025-07-02"} {
			var obs []stat.Observation
			for _, id := range ids {
				obs = append(obs, days(id, stat.MustDate(until))...)
			}
			var cover []stat.Coverage
			for _, id := range ids {
				cover = append(cover, stat.Coverage{Series: id, Start: stat.MustDate("2023-01-01"), End: stat.MustDate(until)})
			}
			if err := p.Add(stat.MustDate(until).AddDays(2), cover, obs); err != nil {
				t.Fatal(err)
			}
		}
		data, err := p.Encode(func(id stat.SeriesID) (*stat.Series, bool) {
			s := titles[id]
			s.ID = id
			return &s, !strings.Contains(string(id), "origin")
		})
		if err != nil {
			t.Fatal(err)
		}
		files[source] = data
		index.Sources = append(index.Sources, packed.Entry{ID: source, Vintages: p.Vintages(), File: source})
	}
	add("ukho-small-boats", "ukho-small-boats:arrivals:D", "ukho-small-boats:boats:D", "ukho-small-boats:arrivals:D:origin=ALB")
	add("ukho-asylum", "ukho-asylum:in-hotels:Q")
	text, err := json.Marshal(index)
	if err != nil {
		t.Fatal(err)
	}
	a, err := packed.NewArchive(text)
	for name, data := range files {
		if err == nil {
			err = a.Add(name, data)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// days returns the observations of a series until a day.
func days(id stat.SeriesID, until stat.Date) (out []stat.Observation) {
	s := titles[id]
	s.ID = id
	at := func(p stat.Period, v int64) {
		out = append(out, stat.Observation{Series: &s, Period: p, Value: stat.Known(v), Status: stat.Normal, Release: &stat.Release{Vintage: until}})
	}
	for d := stat.MustDate("2023-01-01"); d <= until; d++ {
		value := map[string]int64{"ukho-small-boats:arrivals:D": 100, "ukho-small-boats:boats:D": 2, "ukho-small-boats:arrivals:D:origin=ALB": 10}[string(id)]
		if value == 100 && d.Year() == 2025 {
			value = 150
		}
		if value > 0 {
			at(stat.Day(d), value)
		} else if d == d.MonthEnd() && d.Month()%3 == time.March%3 {
			at(stat.Day(d), 30000+int64(d.Month()))
		}
	}
	return out
}

// lines writes a card in the order of the page.
func lines(c Card) string {
	var out []string
	for _, s := range append([]string{c.State, c.Verdict, c.Figure, c.What, c.Fair, c.Series, c.Href}, c.Notes...) {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

// Each kind of number gets a card in plain words, with the comparison that is fair.
func TestCards(t *testing.T) {
	a := archive(t)
	const page = "\nPeople arriving in small boats\nseries/ukho-small-boats~arrivals~D.html"
	for _, c := range []struct{ on, text, summary, card string }{
		{"2025-07-10", "27,450 people have crossed so far this year", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n27,450\nPeople arriving in small boats, 1 January to 2 July 2025\n" +
				"People arriving in small boats in 2025 to 2 July: 27,450; by the same date of 2024: 18,400 (+49.2 %); in the whole of 2024: 36,600. Release of 4 July 2025." + page},
		{"2025-07-10", "36,600 people crossed in 2024", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n36,600\nPeople arriving in small boats, 2024\nPeople arriving in small boats, 2024: 36,600; 2023: 36,500 (+0.3 %). Release of 4 July 2025." + page},
		{"2025-07-10", "Crossings are up 49% so far this year", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n+49.2 %\nPeople arriving in small boats, 1 January to 2 July 2025 (27,450), against 1 January to 2 July 2024 (18,400)\n" +
				"People arriving in small boats in 2025 to 2 July: 27,450; by the same date of 2024: 18,400 (+49.2 %); in the whole of 2024: 36,600. Release of 4 July 2025." + page},
		{"2025-07-10", "In June 2025 there were 75 people per boat", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n75.0\nPeople arriving in small boats, June 2025 (4,500), and Small boats arriving (60)\n" +
				"People arriving in small boats, June 2025: 4,500; Small boats arriving: 60. That is 75.0 each. Release of 4 July 2025." + page},
		{"2025-07-10", "In 2024 10% of small boat arrivals were Albanians", "The figures give the number",
			"holds\nAll four facts of the sentence hold\n10.0 %\nPeople arriving in small boats: Albania, 2024 (3,660), and People arriving in small boats (36,600)\n" +
				"People arriving in small boats: Albania, 2024: 3,660; People arriving in small boats: 36,600. That is 10.0 % of them, or one in 10.0. Release of 4 July 2025.\nPeople arriving in small boats: Albania\nseries/ukho-small-boats~arrivals~D.html"},
		{"2025-07-10", "In 2024 one in 10 small boat arrivals was an Albanian", "The figures give the number",
			"holds\nAll four facts of the sentence hold\none in 10.0\nPeople arriving in small boats: Albania, 2024 (3,660), and People arriving in small boats (36,600)\n" +
				"People arriving in small boats: Albania, 2024: 3,660; People arriving in small boats: 36,600. That is 10.0 % of them, or one in 10.0. Release of 4 July 2025.\nPeople arriving in small boats: Albania\nseries/ukho-small-boats~arrivals~D.html"},
		{"2025-07-10", "In 2024 an average of 100 people crossed a day", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n100.0\nPeople arriving in small boats a day, 2024 (36,600)\nPeople arriving in small boats, 2024: 36,600; 2023: 36,500 (+0.3 %). Release of 4 July 2025." + page},
		{"2025-07-10", "1,550 more people crossed in March 2025 than in 2024", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n1,550\nPeople arriving in small boats, March 2025 (4,650), against March 2024 (3,100)\n" +
				"People arriving in small boats, March 2025: 4,650; March 2024: 3,100 (+50.0 %). Release of 4 July 2025." + page},
		{"2025-07-10", "There were 30,003 people in hotels in March 2025", "The figures give the number",
			"holds\nAll three facts of the sentence hold\n30,003\nPeople in asylum hotels, 31 March 2025\nPeople in asylum hotels, 31 March 2025: 30,003; 31 March 2024: 30,003 (0.0 %). Release of 4 July 2025.\n" +
				"People in asylum hotels\nseries/ukho-asylum~in-hotels~Q.html"},
		{"2024-07-01", "3,000 people crossed in June 2024", "The figures do not give the number",
			"later\nNot known on 1 July 2024: the release of 4 July 2025 states it\n3,000\nPeople arriving in small boats, June 2024\nPeople arriving in small boats, June 2024: 3,000; June 2023: 3,000 (0.0 %). Release of 4 July 2025." + page},
		{"2025-07-10", "9,999 people crossed in June 2025", "The figures do not give the number",
			"nearest\nThe measure and the month hold, the number does not (off by 55.0 %)\n4,500\nPeople arriving in small boats, June 2025\nPeople arriving in small boats, June 2025: 4,500; June 2024: 3,000 (+50.0 %). Release of 4 July 2025." + page},
		{"2025-07-10", "There are 210 hotels in use", "The figures do not give the number", "nothing\nNo series here counts this"},
		{"2025-07-10", "Nobody crossed", "There is no number in it", ""},
		{"2024-02-01", "36,500 people crossed in 2023", "The figures give the number", "holds\nAll three facts of the sentence hold\n36,500\nPeople arriving in small boats, 2023\nPeople arriving in small boats, 2023: 36,500. Release of 1 June 2024." + page},
	} {
		r, err := Of(t.Context(), a, c.text, stat.MustDate(c.on))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(r.Cards) > 0 {
			got = lines(r.Cards[0])
		}
		if r.Summary != c.summary || got != c.card {
			t.Errorf("%q: %s\ngot\n%s\nwant\n%s", c.text, r.Summary, got, c.card)
		}
	}
}

// What was known on the day is said once, and how many numbers the figures give.
func TestWhatWasKnownAndHowMuchIsGiven(t *testing.T) {
	a := archive(t)
	for _, c := range []struct{ on, text, known, summary string }{
		{"2024-02-01", "36,500 people crossed in 2023 and 3,100 in January 2023", "Said on 1 February 2024. No release that is kept here is as old as that. The oldest, of 1 June 2024, answers with later days left out.", "The figures give both numbers"},
		{"2025-07-10", "36,500 people crossed in 2023, 36,600 in 2024 and 9,999 in June 2025", "Answered from the releases that were out on 10 July 2025.", "The figures give 2 of 3 numbers"},
		{"2025-07-10", "36,500 people crossed in 2023, 36,600 in 2024 and 4,500 in June 2025", "Answered from the releases that were out on 10 July 2025.", "The figures give all 3 numbers"},
	} {
		r, err := Of(t.Context(), a, c.text, stat.MustDate(c.on))
		if err != nil || r.Known != c.known || r.Summary != c.summary {
			t.Errorf("%q: %+v, error %v", c.text, r, err)
		}
	}
	if _, err := Of(t.Context(), &packed.Archive{}, "5,000 people crossed", stat.MustDate("2025-01-01")); err != nil {
		t.Errorf("an archive without sources: %v", err)
	}
}
