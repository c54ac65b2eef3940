package pipeline_test

import (
	"log/slog"
	"time"

	"crossings/pipeline/datadir"
	"crossings/pipeline/ingest"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/microdata"
	"crossings/pipeline/publish"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/watch"
)

// world is a data folder with everything that the programs are given.
type world struct {
	Data        string
	Sources     []*source.Source
	Client      *fetch.Client
	Now         func() time.Time
	Log         *slog.Logger
	Gate        check.Gate
	Dry         bool
	Within      time.Duration
	Progress    func(microdata.Progress)
	ResumeAbove int64
	Pictures    *picture.Renderer
	Begun       func()
	MaxAge      map[string]time.Duration
	Base, Out   string
	AllowFewer  bool
	AllowOlder  bool
}

func (w world) dir() datadir.Dir { return datadir.Dir(w.Data) }

func (w world) registry() registry.Registry {
	return registry.Registry{Dir: w.dir(), Sources: w.Sources, Log: w.Log}
}

func (w world) ingest() ingest.Options {
	return ingest.Options{Registry: w.registry(), Client: w.Client, Now: w.Now, Gate: w.Gate, Dry: w.Dry, Within: w.Within, Progress: w.Progress, ResumeAbove: w.ResumeAbove, Begun: w.Begun}
}

func (w world) publish() publish.Options {
	return publish.Options{Now: w.Now, Pictures: w.Pictures, Base: w.Base, Out: w.Out, AllowFewer: w.AllowFewer, AllowOlder: w.AllowOlder, Begun: w.Begun}
}

func (w world) watch() watch.Options {
	return watch.Options{Registry: w.registry(), Now: w.Now, MaxAge: w.MaxAge, Begun: w.Begun}
}
