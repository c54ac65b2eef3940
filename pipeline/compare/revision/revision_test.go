package revision

import (
	"bytes"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

var arrivals = stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
	One: "person", Many: "people"}, stat.Daily)

var first = stat.MustDate("2026-01-01")

// release states consecutive days from 1 January as words separated by spaces: a number, "-"
// for not available, or "." for a day not stated. "r" after a value marks it as revised.
func release(day, values string) Release {
	d := stat.MustDate(day)
	r := Release{Release: stat.Release{Source: "a-b", ID: day, Vintage: d, FirstSeen: d.Time()}}
	for i, v := range strings.Fields(values) {
		if v == "." {
			continue
		}
		o := stat.Observation{Series: &arrivals, Period: stat.Day(first.AddDays(i)), Status: stat.Missing, Release: &r.Release}
		if v != "-" {
			plain, marked := strings.CutSuffix(v, "r")
			n, err := stat.ParseCount(plain)
			if err != nil {
				panic(err)
			}
			o.Value, o.Status, o.Revised = n, stat.Provisional, marked
		}
		r.Observations = append(r.Observations, o)
	}
	n := len(r.Observations)
	r.Coverage = []stat.Coverage{{Series: arrivals.ID, Start: r.Observations[0].Period.Start, End: r.Observations[n-1].Period.End, Observations: n}}
	return r
}

// text writes a revision as "day old>new oldVintage newVintage marks".
func text(r Revision) string {
	s := r.Period.Start.String()[8:] + " " + r.Old.String() + ">" + r.New.String() + " " + r.OldVintage.String()[5:] + " " + r.NewVintage.String()[5:]
	if r.Kind != Changed {
		s += " " + string(r.Kind)
	}
	if r.Marked {
		s += " marked"
	}
	if r.Substantial {
		s += " substantial"
	}
	return s
}

// inOrder returns the revisions between releases. It also encodes and decodes the ledger after
// each release, which must make no difference.
func inOrder(t *testing.T, releases []Release) []Revision {
	t.Helper()
	var plain Ledger
	for kept := range len(releases) + 1 {
		l := &Ledger{}
		for i, r := range releases {
			if i == kept {
				l = again(t, l)
			}
			if err := l.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		if kept == 0 {
			plain = *l
		}
		got, want := encoded(t, l), encoded(t, &plain)
		if !bytes.Equal(got, want) || !bytes.Equal(encoded(t, again(t, l)), want) {
			t.Errorf("encoded after %d of %d releases, the ledger differs", kept, len(releases))
		}
	}
	return plain.Revisions
}

func encoded(t *testing.T, l *Ledger) []byte {
	t.Helper()
	data, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func again(t *testing.T, l *Ledger) *Ledger {
	t.Helper()
	l, err := DecodeLedger(encoded(t, l))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func FuzzDecodeLedger(f *testing.F) {
	l := Ledger{}
	for _, values := range []string{"900 101 7", "900 102r ."} {
		if err := l.Add(release("2026-02-01", values)); err != nil {
			f.Fatal(err)
		}
	}
	data, err := l.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, err := DecodeLedger(data); err == nil {
			again(t, l)
		}
	})
}

func TestLedger(t *testing.T) {
	for name, c := range map[string]struct {
		releases []Release
		want     []string
	}{
		"nothing new":      {[]Release{release("2026-02-01", "900 100"), release("2026-02-08", "900 100 5")}, nil},
		"silent":           {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 102")}, []string{"02 101>102 02-01 02-08"}},
		"marked":           {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 102r")}, []string{"02 101>102 02-01 02-08 marked"}},
		"mark alone":       {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 101r")}, nil},
		"old vintage":      {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 101"), release("2026-02-15", "900 102")}, []string{"02 101>102 02-08 02-15"}},
		"reversed":         {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 102r"), release("2026-02-15", "900 101r")}, []string{"02 101>102 02-01 02-08 marked", "02 102>101 02-08 02-15 marked"}},
		"withdrawn":        {[]Release{release("2026-02-01", "900 101 7"), release("2026-02-08", "900 . 7")}, []string{"02 101> 02-01 02-08 withdrawn substantial"}},
		"withdrawn once":   {[]Release{release("2026-02-01", "900 101 7"), release("2026-02-08", "900 . 7"), release("2026-02-15", "900 . 7")}, []string{"02 101> 02-01 02-08 withdrawn substantial"}},
		"stated again":     {[]Release{release("2026-02-01", "900 101 7"), release("2026-02-08", "900 . 7"), release("2026-02-15", "900 101 7")}, []string{"02 101> 02-01 02-08 withdrawn substantial", "02 >101 02-08 02-15 available substantial"}},
		"no longer known":  {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 -")}, []string{"02 101> 02-01 02-08 not-available substantial"}},
		"known at last":    {[]Release{release("2026-02-01", "900 - 7"), release("2026-02-08", "900 101 7")}, []string{"02 >101 02-01 02-08 available substantial"}},
		"never known":      {[]Release{release("2026-02-01", "900 - 7"), release("2026-02-08", "900 . 7")}, nil},
		"outside its span": {[]Release{release("2026-02-01", "900 101 7"), release("2026-02-08", ". 101")}, nil},
		"rounded total":    {[]Release{release("2026-02-01", "900 99"), release("2026-02-08", "900 100")}, []string{"02 99>100 02-01 02-08 substantial"}},
		"record":           {[]Release{release("2026-02-01", "900 101 899"), release("2026-02-08", "900 99 901")}, []string{"02 101>99 02-01 02-08 substantial", "03 899>901 02-01 02-08 substantial"}},
		"new days alone do not make it substantial": {[]Release{release("2026-02-01", "900 101"), release("2026-02-08", "900 102 5000")}, []string{"02 101>102 02-01 02-08"}},
	} {
		t.Run(name, func(t *testing.T) {
			ledger := inOrder(t, c.releases)
			var got []string
			for _, r := range ledger {
				got = append(got, text(r))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestGrownRange states one figure over a span that grows with each release. The older
// statement must be superseded, not withdrawn.
func TestGrownRange(t *testing.T) {
	in := stat.NewSeries(stat.Series{Source: "a-b", Measure: "in", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Monthly)
	over := func(vintage string, n int64, pers ...stat.Period) Release {
		d := stat.MustDate(vintage)
		r := Release{Release: stat.Release{Source: "a-b", ID: vintage, Vintage: d, FirstSeen: d.Time()}}
		for _, per := range pers {
			r.Observations = append(r.Observations, stat.Observation{Series: &in, Period: per, Value: stat.Known(n), Status: stat.Provisional, Release: &r.Release})
		}
		r.Coverage = []stat.Coverage{{Series: in.ID, Start: pers[0].Start, End: pers[len(pers)-1].End, Observations: len(pers)}}
		return r
	}
	until := func(end string) stat.Period {
		return stat.Period{Start: first, End: stat.MustDate(end), Precision: stat.PrecisionRange}
	}
	months := []stat.Period{stat.Month(2026, 1), stat.Month(2026, 2), stat.Month(2026, 3)}
	for name, c := range map[string]struct {
		newer Release
		want  int
	}{
		"grown":                   {over("2026-04-15", 30, until("2026-03-31")), 0},
		"by month now":            {over("2026-04-15", 10, months...), 0},
		"another value, same end": {over("2026-04-15", 30, until("2026-02-28")), 1},
		"other days alone":        {over("2026-04-15", 30, months[2]), 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inOrder(t, []Release{over("2026-03-15", 20, until("2026-02-28")), c.newer}); len(got) != c.want {
				t.Errorf("revisions %v, want %d", got, c.want)
			}
		})
	}
}

// TestReplay checks that applying the ledger to the first statement of each observation gives
// the last one.
func TestReplay(t *testing.T) {
	releases := []Release{release("2026-02-01", "900 101 5"), release("2026-02-08", "901 102 5"), release("2026-02-15", "900 110 5"), release("2026-02-22", "900 108 6")}
	ledger := inOrder(t, releases)
	value := map[stat.Date]stat.Count{}
	for _, o := range releases[0].Observations {
		value[o.Period.Start] = o.Value
	}
	for _, r := range ledger {
		if value[r.Period.Start] != r.Old {
			t.Errorf("%s: the old value is %s, not %s", text(r), value[r.Period.Start], r.Old)
		}
		value[r.Period.Start] = r.New
	}
	for _, o := range releases[len(releases)-1].Observations {
		if value[o.Period.Start] != o.Value {
			t.Errorf("%s: replayed to %s, stated as %s", o.Period.Start, value[o.Period.Start], o.Value)
		}
	}
}
