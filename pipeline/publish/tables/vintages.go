package tables

import (
	"slices"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// The bounds of table revision-triangle, which its schema states: a longer series has only its newest
// revised periods, and a period with more statements only some of them.
const (
	shortSeries    = 400
	trianglePeriod = 40
	triangleLength = 60
)

// vintages adds how the compared series were revised by lag, and what each release stated of them.
func (b *rows) vintages(compared []*compare.Path, histories *revision.Histories) {
	for _, p := range compared {
		id := p.Series().ID
		h := histories.Of(id)
		for _, x := range h.Biases() {
			b.revisionLag(id, x)
		}
		for _, v := range triangle(h) {
			b.vintage(id, v)
		}
	}
}

// triangle returns the periods of a series, with those statements, that the table revision-triangle
// shows: none if all releases are of one day, or if no value ever moved.
func triangle(h *revision.History) []revision.Vintages {
	oneDay := !slices.ContainsFunc(h.Releases, func(r *stat.Release) bool { return r.Vintage != h.Releases[0].Vintage })
	if oneDay || !slices.ContainsFunc(h.Periods, revision.Vintages.Revised) {
		return nil
	}
	statements := 0
	for _, v := range h.Periods {
		statements += len(v.Statements)
	}
	periods := slices.Clone(h.Periods)
	if statements > shortSeries {
		periods = slices.DeleteFunc(periods, func(v revision.Vintages) bool { return !v.Revised() })
		periods = periods[max(len(periods)-trianglePeriod, 0):]
	}
	return periods
}

// inTriangle returns the indices of the statements of a period that the table shows.
func inTriangle(all []revision.Statement) []int {
	var out []int
	for i, s := range all {
		if len(all) <= triangleLength || i < triangleLength-1 || i == len(all)-1 || s.Value != all[i-1].Value {
			out = append(out, i)
		}
	}
	return out
}

// vintage adds what the releases stated of a period.
func (b *rows) vintage(id stat.SeriesID, v revision.Vintages) {
	for _, i := range inTriangle(v.Statements) {
		s := v.Statements[i]
		r := row.Vintage{Series: id, PeriodStart: v.Period.Start, PeriodEnd: v.Period.End, Release: s.Release.ID, Vintage: s.Release.Vintage,
			Value: s.Value, AgeDays: s.Age, Lag: lagCount(s.Lag)}
		if i > 0 {
			r.Change = s.Value.Sub(v.Statements[i-1].Value)
		}
		b.put(r)
	}
}

// lagCount returns a lag, which is missing if it is negative.
func lagCount(lag int) stat.Count {
	if lag < 0 {
		return stat.Count{}
	}
	return stat.Known(int64(lag))
}

// revisionLag adds the bias of some of the revisions of a series.
func (b *rows) revisionLag(id stat.SeriesID, x revision.ScopedBias) {
	r := row.RevisionLag{Series: id, Scope: string(x.Scope), Compared: x.Values, Raised: x.Up, Lowered: x.Down, MeanRevision: row.Num(x.Mean()),
		MeanAbsoluteRevision: row.Num(x.MeanAbsolute()), MeanRevisionOfRevised: row.Num(x.MeanRevised()), MeanAbsoluteRevisionOfRevised: row.Num(x.MeanAbsoluteRevised()),
		RevisionPercent: row.Num(x.Percent()), LargestFall: int(x.Fall), LargestRise: int(x.Rise)}
	if x.Scope == revision.OneLag {
		r.Lag = stat.Known(int64(x.Lag))
	}
	r.Test, r.Tested, r.Statistic, r.PValue = test(x.Bias)
	b.put(r)
}

// test returns the columns of a test of bias.
func test(x revision.Bias) (name string, tested stat.Count, statistic, p row.Number) {
	if x.Test == revision.NoTest {
		return "", stat.Count{}, row.Number{}, row.Number{}
	}
	return string(x.Test), stat.Known(int64(x.Tested)), row.Num(x.Statistic, true), row.Num(x.P, true)
}

// summary adds how often, how much, in which direction and how late a series was revised.
func (b *rows) summary(s revision.Summary, h *revision.History) {
	var all revision.Bias
	if list := h.Biases(); len(list) > 0 && list[0].Scope == revision.AllPeriods {
		all = list[0].Bias
	}
	r := row.RevisionSummary{
		Series:             s.Series,
		Revisions:          s.Revisions,
		Observations:       s.Observations,
		Withdrawn:          s.Withdrawn,
		Revised:            s.Revised,
		RevisedPercent:     row.Num(s.Share()),
		Silent:             s.Silent,
		Substantial:        s.Substantial,
		LargestFall:        int(s.Fall),
		LargestRise:        int(s.Rise),
		MeanAbsoluteChange: row.Num(float64(s.Absolute)/float64(s.Revisions), true),
		LongestLag:         s.Lag,

		Compared:                      all.Values,
		Raised:                        all.Up,
		Lowered:                       all.Down,
		MeanRevision:                  row.Num(all.Mean()),
		MeanAbsoluteRevision:          row.Num(all.MeanAbsolute()),
		MeanRevisionOfRevised:         row.Num(all.MeanRevised()),
		MeanAbsoluteRevisionOfRevised: row.Num(all.MeanAbsoluteRevised()),
	}
	r.Test, r.Tested, r.Statistic, r.PValue = test(all)
	m, known := h.Maturity()
	r.Maturity, r.WholesaleReleases = m.Sentence(known), stat.Known(int64(m.Wholesale))
	if known {
		r.Settled = row.Known(m.Settled)
		r.MatureAfterReleases, r.LaterChanges = stat.Known(int64(m.Releases)), stat.Known(int64(m.Late))
	}
	if known && m.Releases > 0 {
		r.MatureAfterDays, r.YoungCompared, r.YoungRevised = stat.Known(int64(m.Days)), stat.Known(int64(m.Periods)), stat.Known(int64(m.Moved))
	}
	b.put(r)
}
