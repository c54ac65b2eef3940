package pipeline_test

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/publish"
)

// publishedWorld is a published data folder with two sources. One of them publishes each week.
func publishedWorld(b *testing.B) world {
	b.Helper()
	cfg := offline(config(b, b.TempDir()))
	noneFailed(b, addTo(b, cfg, italy, filepath.Join("..", "data", "raw", "starter", italy+".csv")))
	mustAdd(b, cfg, release(b, "2026-06-12"), release(b, "2026-06-19"))
	noneFailed(b, runs(b, cfg))
	benchPublish(b, cfg)
	return cfg
}

func benchPublish(b *testing.B, cfg world) *publish.Published {
	b.Helper()
	p, err := publish.Publish(b.Context(), cfg.registry(), cfg.publish(), 0)
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkQuietNight looks for news that do not come, and publishes.
func BenchmarkQuietNight(b *testing.B) {
	cfg := publishedWorld(b)
	for b.Loop() {
		noneFailed(b, runs(b, cfg))
		if p := benchPublish(b, cfg); !p.Unchanged {
			b.Fatal("the site was made again")
		}
	}
}

// BenchmarkWeeklyRelease takes in a release of one of the sources, and publishes without drawing.
func BenchmarkWeeklyRelease(b *testing.B) {
	before := publishedWorld(b)
	for b.Loop() {
		b.StopTimer()
		cfg := copied(b, before)
		b.StartTimer()
		mustAdd(b, cfg, release(b, "2026-06-26"))
		if p := benchPublish(b, cfg); p.Version != "1.1.0" {
			b.Fatal("data version ", p.Version)
		}
	}
}
