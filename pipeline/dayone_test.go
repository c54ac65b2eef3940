package pipeline_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest/mirror"
	"crossings/pipeline/stat"
)

// TestDayOne runs three nights against servers in the publishers' shape, with every source that has
// a place. On the first night each is found and read, on the second none has news, and no file is
// sent again. On the third each has a newer release.
func TestDayOne(t *testing.T) {
	t.Parallel()
	publishers := &mirror.Server{}
	server := httptest.NewServer(publishers)
	t.Cleanup(server.Close)
	cfg := config(t, t.TempDir())
	cfg.Client = fetch.Mirror(server.URL, func() time.Time { return cfg.Now() })
	cfg.Client.Wait = instantly
	ids := withPlace(t)

	publishers.Put(t, mirror.Before, ids...)
	first := nightOf(t, &cfg, ids, mirror.Before.Day(), review.Added)
	files := publishers.Sent()
	nightOf(t, &cfg, ids, mirror.Before.Day()+1, review.Unchanged)
	if again := publishers.Sent(); again >= files {
		t.Errorf("the second night sent %d bodies, the first %d; what is unchanged should not be sent again", again, files)
	}
	publishers.Put(t, mirror.After, ids...)
	third := nightOf(t, &cfg, ids, mirror.After.Day(), review.Added)
	for _, id := range ids {
		if third[id].Release == first[id].Release {
			t.Errorf("%s: the third night has release %s, as the first", id, third[id].Release)
		}
	}
}

// withPlace returns the sources that a night fetches. The servers must have each.
func withPlace(t *testing.T) (ids []string) {
	t.Helper()
	for _, s := range all.Sources {
		if !s.Place.Given() || s.IsRetired(mirror.Before.Day()) {
			continue
		}
		if !mirror.Serves(t, s.ID) {
			t.Errorf("%s: no server has it; put what its publisher serves into testdata/mirror of its folder", s.ID)
			continue
		}
		ids = append(ids, s.ID)
	}
	return ids
}

// nightOf runs the night of a day and checks that every source ends in a state.
func nightOf(t *testing.T, cfg *world, ids []string, day stat.Date, want string) map[string]review.Outcome {
	t.Helper()
	at := day.Time().Add(20 * time.Hour)
	cfg.Now = func() time.Time { return at }
	out := night(t, *cfg)
	for _, id := range ids {
		if o := out[id]; o.State != want || o.Error != "" {
			t.Errorf("%s, night of %s: %s, want %s: %s %s", id, day, o.State, want, o.Error, o.Hint)
		}
	}
	return out
}
