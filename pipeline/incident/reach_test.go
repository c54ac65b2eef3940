package incident

import (
	"maps"
	"testing"

	"crossings/pipeline/stat"
)

func days(from, to string) stat.Period {
	return stat.Period{Start: stat.MustDate(from), End: stat.MustDate(to)}
}

// series returns the identifier of deaths on a route, or in total.
func series(route string) stat.SeriesID {
	d := stat.AllTotal
	if route != "" {
		d.Route = route
	}
	return stat.NewSeriesID("iom-missing-migrants", "dead", stat.Monthly, d)
}

func covered(id stat.SeriesID, from, to string) stat.Coverage {
	return stat.Coverage{Series: id, Start: stat.MustDate(from), End: stat.MustDate(to)}
}

func TestReachOf(t *testing.T) {
	channel, atlantic := series("english-channel"), series("western-africa-atlantic")
	got := ReachOf([]stat.Coverage{covered(channel, "2020-02-01", "2020-03-31"), covered(channel, "2020-03-01", "2020-05-31"), covered(channel, "2020-01-01", "2020-01-31"),
		covered(atlantic, "2019-01-01", "2019-12-31"), covered(series(""), "2014-01-01", "2024-12-31"), covered(channel.Group(), "2021-01-01", "2021-12-31")})
	want := Reach{"english-channel": days("2020-01-01", "2020-05-31"), "western-africa-atlantic": days("2019-01-01", "2019-12-31"), anyRoute: days("2021-01-01", "2021-12-31")}
	if !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestExtend has lists of some routes, and one of all.
func TestExtend(t *testing.T) {
	list := []Record{{Route: "a", Period: days("2020-03-05", "2020-03-07")}, {Route: "b", Period: days("2020-04-02", "2020-04-02")}, {Route: "a", Period: days("2020-01-31", "2020-01-31")}}
	some := Reach{"a": days("2020-02-01", "2020-03-31"), "c": days("2019-01-01", "2019-12-31")}
	some.Extend(list)
	if want := (Reach{"a": days("2020-01-31", "2020-04-02"), "b": days("2020-04-02", "2020-04-02"), "c": days("2019-01-01", "2020-04-02")}); !maps.Equal(some, want) {
		t.Errorf("%v, want %v", some, want)
	}
	all := Reach{anyRoute: days("2020-02-01", "2020-03-31")}
	all.Extend(list)
	if want := (Reach{anyRoute: days("2020-02-01", "2020-04-02")}); !maps.Equal(all, want) {
		t.Errorf("%v, want %v", all, want)
	}
}

func TestCovers(t *testing.T) {
	r := Reach{"a": days("2020-02-01", "2020-03-31"), anyRoute: days("2021-01-01", "2021-12-31")}
	for _, c := range []struct {
		route, day string
		want       bool
	}{
		{"a", "2020-02-01", true}, {"a", "2020-03-31", true}, {"a", "2020-01-31", false}, {"a", "2020-04-01", false}, {"b", "2020-02-15", false},
		{"b", "2021-01-01", true}, {"b", "2021-12-31", true}, {"b", "2020-12-31", false}, {"b", "2022-01-01", false}, {"a", "2021-06-01", true},
	} {
		if got := r.Covers(c.route, stat.MustDate(c.day)); got != c.want {
			t.Errorf("%s on %s: %t", c.route, c.day, got)
		}
	}
	if (Reach{}).Covers("a", 0) {
		t.Error("a list of nothing covers the day 0")
	}
}

func TestCoversAll(t *testing.T) {
	r := Reach{"a": days("2020-01-01", "2020-12-31"), "b": days("2020-01-01", "2020-06-30")}
	for _, c := range []struct {
		name  string
		other Reach
		last  string
		want  bool
	}{
		{"within", Reach{"a": days("2020-02-01", "2020-03-31"), "b": days("2020-02-01", "2020-03-31")}, "2020-04-01", true},
		{"the same", r, "2020-01-01", true},
		{"begins before", Reach{"a": days("2019-12-31", "2020-03-31")}, "2020-04-01", false},
		{"ends after", Reach{"a": days("2020-02-01", "2021-01-01")}, "2020-04-01", false},
		{"goes on after", Reach{"b": days("2020-02-01", "2020-03-31")}, "2020-07-01", false},
		{"another route", Reach{"c": days("2020-02-01", "2020-03-31")}, "2020-04-01", false},
		{"nothing", Reach{}, "2020-04-01", true},
	} {
		if got := r.CoversAll(c.other, stat.MustDate(c.last)); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
