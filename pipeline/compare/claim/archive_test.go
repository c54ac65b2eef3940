package claim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// fakeSource is a source with a release on each of some days. Each states one day more: 1,007 on 1 May 2025, 2,007
// on 2 May, and so on.
type fakeSource struct {
	t            *testing.T
	id, restates string
	days         []string
	broken       string // the day on which its paths cannot be read, or "days" if its days cannot
	read         int    // how often its paths were read
	calls        int    // after this many calls its days cannot be read; zero means never
	called       int
}

var errBroken = errors.New("broken")

func (s *fakeSource) ID() string       { return s.id }
func (s *fakeSource) Restates() string { return s.restates }

func (s *fakeSource) Vintages() (out []stat.Date, err error) {
	if s.called++; s.broken == "days" || s.calls > 0 && s.called > s.calls {
		return nil, errBroken
	}
	for _, day := range s.days {
		out = append(out, stat.MustDate(day))
	}
	return out, nil
}

func (s *fakeSource) Paths(_ *words.Reading, at stat.Date) ([]*compare.Path, error) {
	if s.read++; at.String() == s.broken {
		return nil, errBroken
	}
	var list []stat.Count
	var last stat.Date
	for i, day := range s.days {
		if d := stat.MustDate(day); d <= at {
			list, last = append(list, stat.Known(int64(1000*i+1007))), d
		}
	}
	x := daily(s.t, stat.SeriesID(s.id+":arrivals:D"), "2025-05-01", list...)
	return []*compare.Path{x.of(s.t, last).Path}, nil
}

// daysFrom returns n days from one on.
func daysFrom(first string, n int) (out []string) {
	for i := range n {
		out = append(out, date(first).AddDays(i).String())
	}
	return out
}

// known writes what was known of an archive on a day.
func known(a Archive, text, on string) string {
	r := words.Parse(text).Read(stat.MustDate(on))
	list, err := a.known(context.Background(), r, r.On)
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, x := range list {
		out = append(out, strings.TrimSuffix(string(x.Path.Series().ID), ":arrivals:D")+" "+x.AsOf.String()+map[bool]string{true: " early"}[x.Early])
	}
	return strings.Join(out, ", ")
}

// A source answers with its newest release of the day, and with its oldest if none is as old.
func TestWhatAnArchiveKnew(t *testing.T) {
	const text = "1,007 people crossed"
	boats := &fakeSource{t: t, id: "ukho-small-boats", days: []string{"2025-05-02", "2025-05-09", "2025-05-16"}}
	italy := &fakeSource{t: t, id: "it-interior-landings", days: []string{"2025-05-02"}}
	empty := &fakeSource{t: t, id: "ukho-illegal-entry"}
	broken := &fakeSource{t: t, id: "ukho-illegal-entry", days: []string{"2025-05-02"}, broken: "2025-05-02"}
	noDays := &fakeSource{t: t, id: "ukho-illegal-entry", broken: "days"}
	for _, c := range []struct {
		a        Archive
		on, want string
	}{
		{Archive{boats, italy, empty}, "2025-05-01", "ukho-small-boats 2025-05-02 early"},
		{Archive{boats, italy, empty}, "2025-05-02", "ukho-small-boats 2025-05-02"},
		{Archive{empty, boats}, "2025-05-08", "ukho-small-boats 2025-05-02"},
		{Archive{boats}, "2025-05-09", "ukho-small-boats 2025-05-09"},
		{Archive{boats}, "2025-06-09", "ukho-small-boats 2025-05-16"},
		{Archive{boats, broken}, "2025-06-09", "ukho-illegal-entry: broken"},
		{Archive{boats, noDays}, "2025-06-09", "ukho-illegal-entry: broken"},
		{Archive{}, "2025-06-09", ""},
	} {
		if got := known(c.a, text, c.on); got != c.want {
			t.Errorf("on %s: %s, want %s", c.on, got, c.want)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Check(ctx, Archive{boats}, text, stat.MustDate("2025-06-09"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who left: %v", err)
	}
}

// A source that restates another answers only on days when it had a release and the other had none.
func TestASourceThatRestatesAnother(t *testing.T) {
	at := func(id, restates string, days ...string) *fakeSource {
		return &fakeSource{t: t, id: id, restates: restates, days: days}
	}
	const weekly, boats = "ukho-small-boats-weekly", "ukho-small-boats"
	other := at(boats, "", "2025-05-09", "2025-05-16")
	for _, c := range []struct {
		s, other *fakeSource
		on, want string
	}{
		{at(weekly, boats, "2025-05-02"), other, "2025-05-08", boats + " 2025-05-09 early, " + weekly + " 2025-05-02"},
		{at(weekly, boats, "2025-05-02"), other, "2025-05-02", boats + " 2025-05-09 early, " + weekly + " 2025-05-02"},
		{at(weekly, boats, "2025-05-02"), other, "2025-05-09", boats + " 2025-05-09"},
		{at(weekly, boats, "2025-05-02"), other, "2025-05-10", boats + " 2025-05-09"},
		{at(weekly, boats, "2025-05-02"), other, "2025-05-01", boats + " 2025-05-09 early"},
		{at(weekly, boats, "2025-05-02"), at(boats, "", "2025-05-09"), "2025-05-09", boats + " 2025-05-09"},
		{at(weekly, boats, "2025-05-02"), at(boats, ""), "2025-05-10", weekly + " 2025-05-02"},
		{at(weekly, boats, "2025-05-02"), at(boats, ""), "2025-05-01", ""},
		{at(weekly, "unheard-of", "2025-05-02"), other, "2025-05-10", boats + " 2025-05-09, " + weekly + " 2025-05-02"},
		{at(weekly, boats, "2025-05-02"), &fakeSource{t: t, id: boats, days: []string{"2025-05-09"}, calls: 1}, "2025-05-10", weekly + ": broken"},
	} {
		if got := known(Archive{c.other, c.s}, "1,007 people crossed", c.on); got != c.want {
			t.Errorf("%v on %s: %s, want %s", c.s.days, c.on, got, c.want)
		}
	}
}

// The releases after a day are those of all sources that the sentence may mean, each day once.
func TestTheReleasesAfterADay(t *testing.T) {
	a := Archive{
		&fakeSource{t: t, id: "ukho-small-boats", days: []string{"2025-05-02", "2025-05-09", "2025-05-16"}},
		&fakeSource{t: t, id: "it-interior-landings", days: []string{"2025-05-12"}},
		&fakeSource{t: t, id: "ukho-illegal-entry", days: []string{"2025-05-03", "2025-05-03", "2025-05-16"}},
	}
	r := words.Parse("1,007 people crossed").Read(stat.MustDate("2025-05-02"))
	got, err := a.releases(r, r.On)
	if fmt.Sprint(got) != "[2025-05-03 2025-05-09 2025-05-16]" || err != nil {
		t.Errorf("%v, error %v", got, err)
	}
	if _, err := append(a, &fakeSource{id: "ukho-small-boats-weekly", broken: "days"}).releases(r, r.On); err == nil || err.Error() != "ukho-small-boats-weekly: broken" {
		t.Errorf("a source that cannot be read: %v", err)
	}
}

// If all numbers are known, no later release is read; else few of many are.
func TestFewReleasesAreRead(t *testing.T) {
	days := daysFrom("2025-08-02", 40)
	for text, most := range map[string]int{
		"1,007 people crossed on 1 May 2025":                             1,
		"99,007 people crossed on 1 May 2025":                            8,
		"3,007 people crossed on 3 May 2025":                             3,
		"30,007 people crossed on 30 May 2025":                           13,
		"40,007 people crossed on 9 June 2025":                           13,
		"1,007 people crossed on 1 May 2025, and 3,007 on 3 May 2025":    3,
		"3,007 people crossed on 3 May 2025, and 1,007 on 1 May 2025":    3,
		"30,007 people crossed on 30 May 2025, and 99,007 on 1 May 2025": 14,
	} {
		s := &fakeSource{t: t, id: "ukho-small-boats", days: days}
		if most == 1 {
			s.calls = 1
		}
		if _, err := Check(t.Context(), Archive{s}, text, date("2025-08-02"), nil); err != nil || s.read > most {
			t.Errorf("%q: %d releases are read, error %v", text, s.read, err)
		}
	}
}

// What the oldest release states, where none is as old as the sentence, is not looked for in later ones.
func TestWhatTheOldestReleaseStates(t *testing.T) {
	s := &fakeSource{t: t, id: "ukho-small-boats", days: []string{"2025-08-02", "2025-08-03", "2025-08-04"}}
	got, err := Check(t.Context(), Archive{s}, "1,007 people crossed on 1 May 2025, 2,007 on 2 May 2025, and 99,007 on 3 May 2025", date("2025-07-01"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2025-08-02", "2025-08-03", ""} {
		day := ""
		if later := got.Numbers[i].Later; len(later) > 0 {
			day = later[0].AsOf.String()
		}
		if day != want || (len(got.Numbers[i].Matches) > 0) != (i == 0) {
			t.Errorf("number %d: %d matches, later of %q, want %q", i, len(got.Numbers[i].Matches), day, want)
		}
	}
	text, err := json.Marshal(got.Numbers[2])
	if err != nil || !strings.HasPrefix(string(text), `{"text":"99,007","matches":[],"nearest":[`) || !strings.HasSuffix(string(text), `"later":[]}`) {
		t.Errorf("%s, error %v", text, err)
	}
	if text, _ = json.Marshal(got.Numbers[0]); !strings.Contains(string(text), `"nearest":[],`) {
		t.Errorf("%s", text)
	}
}

// An error while later releases are searched is that of the source, wherever it happens.
func TestALaterReleaseThatCannotBeRead(t *testing.T) {
	days := daysFrom("2025-08-02", 20)
	for _, c := range []struct {
		text, broken string
		calls        int
	}{
		{"999 people crossed on 1 May 2025", "", 1},
		{"999 people crossed on 1 May 2025", "2025-08-03", 0},
		{"999 people crossed on 1 May 2025", "2025-08-08", 0},
		{"999 people crossed on 1 May 2025", "2025-08-21", 0},
		{"15,007 people crossed on 15 May 2025", "2025-08-15", 0},
	} {
		s := &fakeSource{t: t, id: "ukho-small-boats", days: days, broken: c.broken, calls: c.calls}
		if _, err := Check(t.Context(), Archive{s}, c.text, stat.MustDate("2025-08-02"), nil); !errors.Is(err, errBroken) {
			t.Errorf("%s of %+v: error %v", c.text, c, err)
		}
	}
}

// Each number has the first later release that states it, and numbers that were known have none.
func TestEachNumberHasItsLaterRelease(t *testing.T) {
	days := daysFrom("2025-08-02", 40)
	s := &fakeSource{t: t, id: "ukho-small-boats", days: days}
	stated := func(i int) string {
		return fmt.Sprintf("%d,007 on %s", i, stat.MustDate("2025-05-01").AddDays(i-1))
	}
	for _, c := range [][2]int{{3, 30}, {7, 8}, {8, 9}, {12, 13}, {20, 40}, {39, 40}, {2, 3}, {30, 3}} {
		text := fmt.Sprintf("These crossed: %s, %s, %s, and 99,007 on 9 May 2025", stated(1), stated(c[0]), stated(c[1]))
		got, err := Check(t.Context(), Archive{s}, text, stat.MustDate("2025-08-02"), nil)
		if err != nil {
			t.Fatal(err)
		}
		var later []string
		for _, n := range got.Numbers {
			day := "-"
			if len(n.Later) > 0 {
				day = n.Later[0].AsOf.String()
			}
			later = append(later, fmt.Sprint(len(n.Matches) > 0, day))
		}
		want := fmt.Sprintf("true- false%s false%s false-", days[c[0]-1], days[c[1]-1])
		if s := strings.Join(later, " "); s != want {
			t.Errorf("%v: %s, want %s", c, s, want)
		}
	}
}
