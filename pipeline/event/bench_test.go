package event

import (
	"hash/maphash"
	"os"
	"testing"
	"time"

	"crossings/pipeline/event/csvscan"
)

func benchPlan(b testing.TB) *plan {
	p, err := compile(Layout{
		Columns: []Column{
			{Name: "record_id", Kind: ID},
			{Name: "event_date", Kind: Date, Formats: []string{"2006-01-02", "02/01/2006"}, First: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)},
			{Name: "route"}, {Name: "nationality"},
			{Name: "sex", Codes: map[string]string{"M": "M", "F": "F"}, Default: "U"},
			{Name: "age_band"}, {Name: "persons", Kind: Count, Min: 1, Max: maxNumber}, {Name: "boats", Kind: Count, Max: maxNumber, Nullable: true},
			{Name: "source_id"}, {Name: "quality"}, {Name: "note", Kind: Text, Nullable: true},
		},
		Key: "record_id", Sort: []string{"route", "event_date"},
	})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

func BenchmarkParse(b *testing.B) {
	f, err := os.Open("/tmp/rod-data/1e6/raw.csv")
	if err != nil {
		b.Fatal(err)
	}
	cut := csvscan.NewCutter(f, 4<<20)
	block, _ := cut.Next(nil)
	block, _ = cut.Next(nil)
	w := newWorker(benchPlan(b), maphash.MakeSeed())
	fields := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	run := func(name string, do func()) {
		b.Run(name, func(b *testing.B) {
			do()
			b.ReportAllocs()
			for b.Loop() {
				do()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(w.index.Rows()), "ns/row")
		})
	}
	run("scan", func() { w.index.Scan(block, 11) })
	run("parse", func() { w.parse(block, fields, 11) })
	rows, ids := newStore("", 1<<40), newStore("", 1<<40)
	run("sort", func() { w.sort() })
	r := &run0{}
	_ = r
	x := &run1{}
	x.shape = w.sort()
	x.n = w.index.Rows()
	run("rows", func() { x.stride = 0; w.packRows(x) })
	run("vars", func() { w.packVaried(x) })
	run("segs", func() { x.parts = nil; w.packSegments(x) })
	run("ids", func() { w.packIDs(x) })
	run("finish", func() { w.finish(rows, ids); rows.kept, ids.kept = nil, nil })
}

type run0 = run
type run1 = run
