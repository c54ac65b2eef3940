package quality

import (
	"cmp"
	"fmt"

	"crossings/pipeline/stat"
)

// dissemination says when figures come and how to get them.
func (r *report) dissemination() {
	if r.Source.Every > 0 {
		r.state("S.8.1", figure{"days-between-releases", float64(r.Source.Every), "days"}, "A release is expected every %s, and counts as late %s after that.", days(r.Source.Every), days(r.Source.Grace))
	}
	if n := len(r.Releases); n > 0 {
		r.state("S.9", figure{"releases", float64(n), "releases"}, "Releases that this site has: %s. Others may exist.", count(n))
	}
	if gaps := r.gaps(); len(gaps) > 0 {
		var all []int
		for _, g := range gaps {
			all = append(all, g.days)
		}
		r.state("S.9", figure{"days-between-releases", median(all), "days"}, "The median time between the days of two releases that this site has is %s.", spanOf(median(all)))
	}
	where := "The figures of a data set that was brought in by hand have the licence that came with them."
	if r.Source.Licence != "" {
		where = fmt.Sprintf("Free of charge, under the %s.", r.Source.Licence)
	}
	r.say("S.10", where+" Every table can be downloaded as CSV, Parquet and SDMX, and each chart as a picture and as CSV.")
}

// gap is the time between two days with releases.
type gap struct {
	from stat.Date
	days int
}

// gaps returns the times between the days with releases.
func (r *report) gaps() (out []gap) {
	for i, x := range r.Releases {
		if i > 0 && x.Vintage > r.Releases[i-1].Vintage {
			out = append(out, gap{r.Releases[i-1].Vintage, int(x.Vintage - r.Releases[i-1].Vintage)})
		}
	}
	return out
}

// timeliness says how soon after a period its figures came, and whether releases came when they were
// expected.
func (r *report) timeliness() {
	var lags, here []int
	for _, x := range r.Releases {
		if !x.CoverageEnd.IsZero() {
			lags = append(lags, int(x.Vintage-x.CoverageEnd))
		}
		here = append(here, int(stat.DateOf(x.FirstSeen)-x.Vintage))
	}
	if len(here) > 0 {
		r.state("S.14.1", figure{"days-to-this-site", median(here), "days"}, "The median time from the day of a release to when it is known to have existed is %s, by the log of this site.", spanOf(median(here)))
	}
	if len(lags) > 0 {
		newest, longest := lags[len(lags)-1], lags[0]
		for _, l := range lags {
			longest = max(longest, l)
		}
		r.state("S.14.1.1", figure{"days-median", median(lags), "days"}, "The median time from the end of the newest period of a release to its day is %s.", spanOf(median(lags)))
		r.state("S.14.1.1", figure{"days-longest", float64(longest), "days"}, "The longest was %s.", days(longest))
		r.state("S.14.1.1", figure{"days-newest", float64(newest), "days"}, "In the newest release it is %s.", days(newest))
	}
	r.punctuality()
}

// punctuality compares the days of releases with when they were expected.
func (r *report) punctuality() {
	gaps := r.gaps()
	if len(gaps) == 0 || r.Source.Every <= 0 {
		return
	}
	onTime, latest := 0, 0
	for _, g := range gaps {
		if g.days <= r.Source.Age(g.from) {
			onTime++
		}
		latest = max(latest, g.days-r.Source.Every)
	}
	r.state("S.14.2.1", figure{"on-time", percent(onTime, len(gaps)), "per cent"},
		"%s of %s releases came within the time expected after the one before. A release that this site lacks makes the next one look late.", count(onTime), count(len(gaps)))
	r.state("S.14.2.1", figure{"days-latest", float64(latest), "days"}, "The latest came %s after the day on which it was expected.", days(latest))
}

// revisions says how often, how much and in which direction values changed.
func (r *report) revisions() {
	r.say("S.17.1", cmp.Or(r.Source.Quality.Revisions, "No policy of the publisher is known here. Changes are read from its releases."))
	changed, silent := 0, 0
	for _, x := range r.Releases {
		changed, silent = changed+x.Revisions, silent+x.Silent
	}
	if len(r.Releases) > 1 {
		r.state("S.17.2", figure{"changes", float64(changed), "changes"}, "Changes of values between releases: %s.", count(changed))
		r.state("S.17.2", figure{"silent", float64(silent), "changes"}, "Of these the publisher did not mark %s.", count(silent))
	}
	compared, raised, lowered := 0, 0, 0
	for _, s := range r.Summaries {
		compared, raised, lowered = compared+s.Compared, raised+s.Raised, lowered+s.Lowered
	}
	if compared > 0 {
		r.state("S.17.2", figure{"raised", float64(raised), "periods"}, "In the series with changes, %s were stated at least twice; %s are now above their first value.", periods(compared), count(raised))
		r.state("S.17.2", figure{"lowered", float64(lowered), "periods"}, "%s of them are now below their first value.", count(lowered))
	}
	for _, s := range r.Summaries {
		for _, x := range r.Compared {
			if mean, known := s.MeanRevision.Get(); known && x.ID == s.Series {
				r.state("S.17.2.1", figure{string(s.Series), mean, x.Unit}, "%s: mean of the newest minus the first value over %s. %s", x.Title, periods(s.Compared), s.Maturity)
			}
		}
	}
}

// spanOf writes a number of days that may have a half.
func spanOf(n float64) string {
	if n == 1 {
		return "1 day"
	}
	return decimal(n) + " days"
}

// days writes a number of days.
func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return count(n) + " days"
}

// periods writes a number of periods.
func periods(n int) string {
	if n == 1 {
		return "1 period"
	}
	return count(n) + " periods"
}
