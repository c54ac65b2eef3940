package claim

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// found writes the matches of the last number of a text, best first: the window, the figure, and what it is divided by.
func found(text, on string, list ...Series) string {
	a := answers(text, on, list...)
	var out []string
	for _, m := range a[len(a)-1].Matches {
		line := fmt.Sprint(m.WindowStart, "..", m.WindowEnd, " ", math.Round(1e4*m.Figure)/1e4)
		if m.Per != "" {
			line += fmt.Sprint(" by ", m.PerValue, " ", m.Per)
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

// dailyOf makes a daily flow of 2025 from its first day on.
func dailyOf(t *testing.T, id stat.SeriesID, n int, v int64) Series {
	t.Helper()
	return daily(t, id, "2025-01-01", values(n, v)...)
}

// What a count is divided by follows from what it counts: decisions for grants, people supported for those in hotels, people
// who crossed for those returned, stopped or drowned, and everybody for the people of a part.
func TestWhatACountIsDividedBy(t *testing.T) {
	q := func(id stat.SeriesID, v int64) Series {
		return madeOf(t, id, stat.Flow, stat.Quarter(2025, 1), nextQuarter, values(2, v)...)
	}
	stock := func(id stat.SeriesID, v int64) Series {
		return madeOf(t, id, stat.Stock, stat.Day(stat.MustDate("2025-03-31")), nextDay, stat.Known(v))
	}
	crossed := dailyOf(t, channelArrivals, 181, 10)
	landed := dailyOf(t, "it-interior-landings:arrivals:D", 181, 100)
	all := []Series{crossed, landed, q("ukho-asylum:initial-decisions:Q", 1000), q("ukho-asylum:initial-grants:Q", 400), q("ukho-asylum:initial-refusals:Q", 350), q("ukho-asylum:initial-withdrawals:Q", 250),
		stock("ukho-asylum:in-hotels:Q", 300), stock("ukho-asylum:in-receipt-of-support:Q", 1000),
		monthly(t, "iom-missing-migrants:dead-and-missing:M:route=english-channel", 2025, values(6, 5)...), monthly(t, "iom-missing-migrants:dead-and-missing:M:route=central-mediterranean", 2025, values(6, 30)...),
		monthly(t, "iom-missing-migrants:dead-and-missing:M:route=sahara-desert", 2025, values(6, 30)...),
		monthly(t, "ukho-france-exchange:exchange-out:M", 2025, values(6, 31)...), weekly(t, "ukho-small-boats:prevented-persons:W", "2025-01-05", values(26, 35)...)}
	check(t, found, "2025-06-30", all, map[string]string{
		"40% of the claims were granted in the first quarter of 2025":                        "2025-01-01..2025-03-31 40 by 1000 ukho-asylum:initial-decisions:Q",
		"35% of the people had initial refusals in the first quarter of 2025":                "2025-01-01..2025-03-31 35 by 1000 ukho-asylum:initial-decisions:Q",
		"25% of the claims had withdrawals in the first quarter of 2025":                     "2025-01-01..2025-03-31 25 by 1000 ukho-asylum:initial-decisions:Q",
		"30% of the people were in hotels on 31 March 2025":                                  "2025-03-31..2025-03-31 30 by 1000 ukho-asylum:in-receipt-of-support:Q",
		"one in 62 people died in the English Channel in January 2025":                       "2025-01-01..2025-01-31 62 by 310 ukho-small-boats:arrivals:D",
		"one in 103 people died in the central Mediterranean in January 2025":                "2025-01-01..2025-01-31 103.3333 by 3100 it-interior-landings:arrivals:D",
		"one in 103 people died in the Sahara in January 2025":                               "",
		"one in 10 people was returned to France in January 2025":                            "2025-01-01..2025-01-31 10 by 310 ukho-small-boats:arrivals:D",
		"one in 2 people was prevented from crossing between 30 December and 5 January 2025": "",
		"one in 2 people was prevented from crossing between 6 January and 12 January 2025":  "2025-01-06..2025-01-12 2 by 70 ukho-small-boats:arrivals:D",
		"10 people a day crossed the Channel in January 2025":                                "2025-01-01..2025-01-31 10",
		"11 people a day crossed the Channel in January 2025":                                "",
	})
}

// A share is one of all, or of those whose nationality is known. Nothing is divided by nothing, nor nothing by something.
func TestAShareOfThosePeopleWhoAreKnown(t *testing.T) {
	const total stat.SeriesID = "ukho-illegal-entry:detections:Q:category=small-boat"
	q := func(id stat.SeriesID, v int64) Series {
		return madeOf(t, id, stat.Flow, stat.Quarter(2025, 1), nextQuarter, stat.Known(v))
	}
	const text, window, by = "%d%% of small boat arrivals in the first quarter of 2025 were Albanian", "2025-01-01..2025-03-31 ", " by %d " + string(total)
	for _, c := range []struct {
		share              int
		part, unknown, all int64
		want               string
	}{
		{25, 250, -1, 1000, window + "25" + fmt.Sprintf(by, 1000)},
		{25, 200, 200, 1000, window + "25" + fmt.Sprintf(by, 800)},
		{20, 200, 200, 1000, window + "20" + fmt.Sprintf(by, 1000)},
		{20, 200, 1000, 1000, window + "20" + fmt.Sprintf(by, 1000)},
		{25, 250, 999, 1000, window + "25" + fmt.Sprintf(by, 1000)},
		{0, 0, -1, 1000, ""},
		{0, 200, -1, 0, ""},
		{100, 1, -1, 1, window + "100" + fmt.Sprintf(by, 1)},
	} {
		list := []Series{q(total, c.all), q(total+":origin=ALB", c.part)}
		if c.unknown >= 0 {
			list = append(list, q(total+":origin=_U", c.unknown))
		}
		if got := found(fmt.Sprintf(text, c.share), "2025-06-30", list...); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	list := []Series{q(total+":origin=ALB", 250)}
	if got := found(fmt.Sprintf(text, 25), "2025-06-30", list...); got != "" {
		t.Errorf("without a total: %s", got)
	}
	list = append(list, madeOf(t, total, stat.Flow, stat.Quarter(2025, 1), nextMonth, stat.Count{}))
	if got := found(fmt.Sprintf(text, 25), "2025-06-30", list...); got != "" {
		t.Errorf("with a total that is missing: %s", got)
	}
	list = []Series{q(total, 1000), list[0], madeOf(t, total+":origin=_U", stat.Flow, stat.Quarter(2025, 1), nextMonth, stat.Count{})}
	if got := found(fmt.Sprintf(text, 25), "2025-06-30", list...); !strings.HasSuffix(got, fmt.Sprintf(by, 1000)) {
		t.Errorf("with unknown people who are missing: %s", got)
	}
}

// One in so many since an agreement began counts those who crossed from the day that the sentence names, or from the month
// in which the publisher begins.
func TestAQuotientFromTheDayThatIsNamed(t *testing.T) {
	crossed := dailyOf(t, channelArrivals, 181, 10)
	out := func(v int64) Series {
		return madeOf(t, "ukho-france-exchange:exchange-out:M", stat.Flow, stat.Month(2025, 3), nextMonth, values(3, v)...)
	}
	since := func(n int, v int64) string {
		return found(fmt.Sprintf("one in %d people who crossed since 6 February 2025 was returned to France", n), "2025-06-10", crossed, out(v))
	}
	if got, want := since(50, 1), ""; got != want {
		t.Errorf("got %s", got)
	}
	const whole, named = "2025-03-01..2025-05-31 30.6667 by 920 ukho-small-boats:arrivals:D", "2025-03-01..2025-05-31 38.3333 by 1150 ukho-small-boats:arrivals:D"
	if got := since(31, 10); !strings.HasPrefix(got, whole+"; 2025-03-01..2025-04-30 30.5 by 610") {
		t.Errorf("whole months: %s, want %s", got, whole)
	}
	if got := since(38, 10); got != named {
		t.Errorf("from the day: %s, want %s", got, named)
	}
	alone := madeOf(t, "ukho-france-exchange:exchange-out:M", stat.Flow, stat.Month(2025, 3), nextMonth, stat.Known(1), stat.Known(0), stat.Known(0))
	if got, want := found("one in 1,150 people who crossed since 6 February 2025 was returned to France", "2025-06-10", crossed, alone), "2025-03-01..2025-05-31 1150 by 1150 ukho-small-boats:arrivals:D"; got != want {
		t.Errorf("one person: %s, want %s", got, want)
	}
	if got := since(38, 0); got != "" {
		t.Errorf("nobody: %s", got)
	}
	if got := found("38% of people who crossed since 6 February 2025 were returned to France", "2025-06-10", crossed, out(10)); got != "" {
		t.Errorf("a share: %s", got)
	}
	finite := func(text string, list ...Series) {
		t.Helper()
		for _, m := range answers(text, "2025-06-10", list...)[0].Nearest {
			if math.IsInf(m.Figure, 0) || math.IsNaN(m.Figure) || m.Figure <= 0 {
				t.Errorf("%q: %s of %v", text, m.Line(), m.Figure)
			}
		}
	}
	const one = "one in 99 people who crossed since 6 February 2025 was returned to France"
	finite(one, crossed, out(0))
	finite(one, daily(t, channelArrivals, "2025-03-01", values(100, 10)...), out(10))
	finite(one, dailyOf(t, channelArrivals, 181, 0), out(10))
	const total stat.SeriesID = "ukho-illegal-entry:detections:Q:category=small-boat"
	q := func(id stat.SeriesID, v int64) Series {
		return madeOf(t, id, stat.Flow, stat.Quarter(2025, 1), nextMonth, stat.Known(v))
	}
	const share = "7% of small boat arrivals in the first quarter of 2025 were Albanian"
	finite(share, q(total, 0), q(total+":origin=ALB", 5))
	finite(share, q(total, 100), q(total+":origin=ALB", 5), q(total+":origin=_U", 100))
	finite(share, q(total, 100), q(total+":origin=ALB", 5), q(total+":origin=_U", 150))
	list := []Series{q(total, 1000), q(total+":origin=ALB", 200), q(total+":origin=_U", 200)}
	for n, want := range map[int]string{5: "2025-01-01..2025-03-31 5 by 1000 " + string(total), 4: "", 25: ""} {
		if got := found(fmt.Sprintf("one in %d of small boat arrivals in the first quarter of 2025 was Albanian", n), "2025-06-10", list...); got != want {
			t.Errorf("one in %d: %s", n, got)
		}
	}
}
