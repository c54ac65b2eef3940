package ukhosmallboatsday

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

var way = sourcetest.Way

const (
	heading  = "<h3>for the 24-hour period 00:00 to 23:59 22 August 2022</h3>"
	people   = "Number of migrants detected in small boats: 1,295"
	boatsAre = "Number of boats detected: 27"
	landed   = "Number of boats known by the MOD to be involved in uncontrolled landings: 0"
	list     = "<h4>" + people + "</h4>\n<h4>" + boatsAre + "</h4>\n<h4>" + landed + "</h4>"
)

// TestWaysToWriteThePage has pages that state what the fixture does. All but those marked were
// refused before.
func TestWaysToWriteThePage(t *testing.T) {
	sourcetest.SamePages(t, &Source, load(t, "2022-08-23.html"),
		way("as it is"), // read before
		way("weekday", "23:59 22 August 2022", "23:59 Monday 22 August 2022"),
		way("comma and on", "23:59 22 August 2022", "23:59, on Monday 22nd August 2022"),
		way("without a hyphen", "24-hour period", "24 hour period"),
		way("no-break hyphen and spaces", "24-hour period 00:00", "24\u2011hour\u00a0period 00:00", "22 August", "22&nbsp;August"),
		way("hours without colons", "00:00 to 23:59", "0000 to 2359 hours"),
		way("dash between hours", "00:00 to 23:59", "00:00 – 23:59"),
		way("heading in strong", heading, "<p><strong>The data below is for the 24-hour period 00:00 to 23:59 <b>22 August 2022</b>.</strong></p>"), // read before
		way("note at the day", "22 August 2022<", "22 August 2022 [note 1]<"),
		way("provisional", "22 August 2022<", "22 August 2022 (provisional)<"),
		way("day said twice", heading, heading+heading),
		way("day below the figures", heading, "", list, list+heading),
		way("case", "Number of migrants detected", "Number of Migrants Detected", "Number of boats detected", "NUMBER OF BOATS DETECTED"),
		way("no-break space", "Number of boats detected: 27", "Number of&nbsp;boats\u00a0detected:&nbsp;27"),                                                          // read before
		way("strong figure", people, "Number of migrants detected in small boats: <strong>1,295</strong>", boatsAre, "<strong>Number of boats detected:</strong> 27"), // read before
		way("note in the sentence", people, "Number of migrants detected in small boats [note 1]: 1,295"),
		way("dash for colon", people, "Number of migrants detected in small boats – 1,295", boatsAre, "Number of boats detected - 27"),
		way("Ministry of Defence", "known by the MOD", "known by the Ministry of Defence"),
		way("list of headings", list, "<ul>\n<li>\n<h4>"+people+"</h4></li>\n<li>\n<h4>"+boatsAre+"</h4></li>\n<li>\n<h4>"+landed+"</h4></li></ul>"), // read before
		way("list of terms", list, "<dl><dt>Number of migrants detected in small boats:</dt><dd>1,295</dd><dt>Number of boats detected:</dt><dd>27</dd><dt>"+landed+"</dt></dl>"),
		way("figure in its own paragraph", "boats: 1,295</h4>", "boats:</h4><p>1,295</p>"),
		way("paragraphs", list, "<p>"+people+"</p><p>"+boatsAre+"<br>"+landed+"</p>"), // read before
	)
}

// TestTwoDays reads a page that states two days. It was refused before.
func TestTwoDays(t *testing.T) {
	f := load(t, "2022-09-26.html")
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 6 || len(findings) != 0 {
		t.Fatalf("%d observations, %v, %v", len(obs), findings, err)
	}
	for i, o := range obs {
		day := stat.MustDate([]string{"2022-09-25", "2022-09-24"}[i/3])
		if o.Period != stat.Day(day) || o.Series.ID != Source.Series[i%3].ID || o.Value != stat.Known(0) {
			t.Errorf("%+v", o)
		}
	}
	sourcetest.Dates(t, &Source, map[string]string{f.Name: "2022-09-26 2022-09-26T08:15:47Z"})
	// Figures of its own for each day, the older day first.
	got, err := load(t, "2022-08-23.html").States(t, &Source, way("", heading, strings.Replace(heading, "22 August", "21 August", 1)+
		"<p>Number of migrants detected in small boats: 12</p><p>Number of boats detected: 1</p>"+heading))
	if err != nil || !strings.Contains(got, "arrivals:D 2022-08-21..2022-08-21 12 P") || !strings.Contains(got, "arrivals:D 2022-08-22..2022-08-22 1295 P") || strings.Count(got, "\n") != 5 {
		t.Errorf("%s %v", got, err)
	}
}

// TestCountsThatAreNotStated checks that a mark instead of a count is missing, with a finding.
func TestCountsThatAreNotStated(t *testing.T) {
	for _, mark := range []string{"[x]", "[c]", "-", "n/a", "not available"} {
		obs, findings, err := sourcetest.Decode(&Source, load(t, "2022-08-23.html").With(t, "detected: 27", "detected: "+mark))
		if err != nil || len(findings) != 1 || findings[0].Code != "not-stated" || obs[1].Value.IsKnown() || obs[1].Mark != mark {
			t.Errorf("%s: %+v, %v, %v", mark, obs, findings, err)
		}
	}
}

// TestNarrow has what stays refused: which day each figure is of.
func TestNarrow(t *testing.T) {
	f, two := load(t, "2022-08-23.html"), load(t, "2022-09-26.html")
	refuse := sourcetest.Refuses(t, &Source)
	refuse("another weekday", f.With(t, "23:59 22 August", "23:59 Friday 22 August"), decode.ErrPeriod, "that day is a Monday")
	refuse("no year", f.With(t, "22 August 2022</h3>", "22 August</h3>"), decode.ErrPeriod, "22 august")
	refuse("two days in one", f.With(t, "23:59 22 August", "23:59 21 and 22 August"), decode.ErrPeriod, "21 and 22 august 2022")
	refuse("a day twice", two.With(t, "24 September 2022", "25 September 2022"), decode.ErrShape, "2022-09-25 is there twice")
	refuse("a day a year off", two.With(t, "24 September 2022", "24 September 2021"), decode.ErrPeriod, "24 September 2021 is a year off")
	refuse("a day without boats", two.With(t, "Number of boats detected: 0", "No boats"), decode.ErrShape, "no number of boats of 2022-09-25")
	first := "<h3>for the 24-hour period 00:00 to 23:59 25 September 2022</h3>"
	refuse("figures before the days", two.With(t, first, "", "24 September 2022</h3>", "24 September 2022</h3>"+first), decode.ErrShape, "before the day that it is of")
	refuse("a figure twice", two.With(t, "<h3>for the 24-hour period 00:00 to 23:59 24 September 2022</h3>", ""), decode.ErrShape, "a second figure for arrivals")
	refuse("two figures", f.With(t, "boats: 1,295", "boats: 1,295 1,137"), decode.ErrCount, "1,295 1,137")
	refuse("about", f.With(t, "boats: 1,295", "boats: about 1,295"), decode.ErrCount, "about 1,295")
	refuse("other people", f.With(t, "Number of migrants detected in small boats", "Number of migrants prevented"), decode.ErrShape, "no number of migrants")
}

// TestSentencesMoved drops, repeats and moves each sentence of a page of two days. The page must be
// refused, or state the true figures of each day.
func TestSentencesMoved(t *testing.T) {
	f := load(t, "2022-09-26.html")
	const (
		day1 = "<h3>for the 24-hour period 00:00 to 23:59 25 September 2022</h3>"
		day2 = "<h3>for the 24-hour period 00:00 to 23:59 24 September 2022</h3>"
	)
	number := func(of, n string) string { return "<p>Number of " + of + ": " + n + "</p>" }
	of := []string{"migrants detected in small boats", "boats detected", "boats known by the MOD to be involved in uncontrolled landings"}
	sentences := []string{day1, number(of[0], "960"), number(of[1], "20"), number(of[2], "1"), day2, number(of[0], "667"), number(of[1], "14"), number(of[2], "0")}
	truth := map[string]bool{"arrivals 2022-09-25 960": true, "boats 2022-09-25 20": true, "uncontrolled-landings 2022-09-25 1": true,
		"arrivals 2022-09-24 667": true, "boats 2022-09-24 14": true, "uncontrolled-landings 2022-09-24 0": true}
	head, _, _ := strings.Cut(string(f.Data), "<main>")
	taken := 0
	try := func(what string, sentences ...string) {
		obs, _, err := sourcetest.Decode(&Source, sourcetest.File{Name: f.Name, Data: []byte(head + "<main>" + strings.Join(sentences, "\n") + "</main></body></html>")})
		if err == nil {
			taken++
		}
		for _, o := range obs {
			if got := o.Series.Measure + " " + o.Period.Start.String() + " " + o.Value.String(); !truth[got] {
				t.Errorf("%s: %s", what, got)
			}
		}
	}
	try("as it is", sentences...)
	for i, s := range sentences {
		without := slices.Delete(slices.Clone(sentences), i, i+1)
		try("without "+s, without...)
		for k := range sentences {
			try("again "+s, slices.Insert(slices.Clone(sentences), k, s)...)
			try("moved "+s, slices.Insert(slices.Clone(without), k, s)...)
		}
	}
	if taken == 0 {
		t.Error("no page was read")
	}
}
