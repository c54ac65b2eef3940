package main

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"crossings/pipeline/microdata/engine"
)

// The Beam runtime finds the steps on a worker by these registrations.
func init() {
	register.DoFn1x2[[]byte, []byte, error](&surveyFn{})
	register.DoFn3x1[int, func(*[]byte) bool, func([]byte), error](&cutFn{})
	register.DoFn6x1[context.Context, []byte, func(string, []byte), func(int, []byte), func(int, []byte), func([]byte), error](&readFn{})
	register.DoFn4x1[int, func(*[]byte) bool, func(string, []byte), func(int, []byte), error](&duplicatesFn{})
	register.DoFn2x2[int, func(*[]byte) bool, []byte, error](&tallyFn{})
	register.Iter1[[]byte]()
	register.Emitter1[[]byte]()
	register.Emitter2[string, []byte]()
	register.Emitter2[int, []byte]()
}

// values turns Beam's iterator into a sequence.
func values(next func(*[]byte) bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var b []byte
		for next(&b) {
			if !yield(slices.Clone(b)) {
				return
			}
		}
	}
}

// The last byte of an item grouped by month or by shard says what it is.
const (
	tagRows      = 'r' // good rows of a month, or refused rows of a shard
	tagDuplicate = 'd' // which row is a duplicate
)

func tagged(b []byte, tag byte) []byte { return append(b, tag) }

// split turns an iterator over tagged values into two sequences: rows, and duplicates. duplicates
// is complete only once rows has been read to its end.
func split(next func(*[]byte) bool) (rows, duplicates iter.Seq[[]byte]) {
	var kept [][]byte
	rows = func(yield func([]byte) bool) {
		for b := range values(next) {
			if b[len(b)-1] == tagDuplicate {
				kept = append(kept, b[:len(b)-1])
			} else if !yield(b[:len(b)-1]) {
				return
			}
		}
	}
	return rows, func(yield func([]byte) bool) {
		for _, b := range kept {
			if !yield(b) {
				return
			}
		}
	}
}

// surveyFn surveys a stretch.
type surveyFn struct{}

// ProcessElement returns the stretch with the result of the survey.
func (*surveyFn) ProcessElement(data []byte) ([]byte, error) {
	s, err := unpacked[engine.Stretch](data)
	if err != nil {
		return nil, err
	}
	if err := s.Survey(); err != nil {
		return nil, err
	}
	return pack(s)
}

// cutFn cuts all stretches into shards.
type cutFn struct{}

// ProcessElement emits each shard.
func (*cutFn) ProcessElement(_ int, stretches func(*[]byte) bool, emit func([]byte)) error {
	var all []engine.Stretch
	for data := range values(stretches) {
		s, err := unpacked[engine.Stretch](data)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b engine.Stretch) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.From, b.From))
	})
	for _, s := range engine.Shards(all) {
		data, err := pack(s)
		if err != nil {
			return err
		}
		emit(data)
	}
	return nil
}

// readFn reads a shard.
type readFn struct{ Job job }

// ProcessElement emits the good rows by month, the keys by bucket, the refused
// rows by shard, and the tally.
func (f *readFn) ProcessElement(ctx context.Context, data []byte, rows func(string, []byte), keys func(int, []byte), refused func(int, []byte), tally func([]byte)) error {
	s, err := unpacked[engine.Shard](data)
	if err != nil {
		return err
	}
	return engine.ReadShard(ctx, f.Job.Layout, s, engine.Options{}, engine.Parts{
		Rows:    func(month string, b []byte) error { rows(month, tagged(b, tagRows)); return nil },
		Keys:    func(bucket int, b []byte) error { keys(bucket, b); return nil },
		Buckets: f.Job.Buckets,
		Refused: func(b []byte) error { refused(s.Number, tagged(b, tagRows)); return nil },
		Tally:   func(b []byte) error { tally(b); return nil },
	})
}

// duplicatesFn finds the duplicates in a bucket of keys.
type duplicatesFn struct{ Job job }

// ProcessElement emits the duplicates twice: by month and by shard.
func (f *duplicatesFn) ProcessElement(_ int, keys func(*[]byte) bool, byMonth func(string, []byte), byShard func(int, []byte)) error {
	return engine.FindDuplicates(f.Job.Layout, values(keys), func(month string, shard int, row []byte) error {
		row = tagged(row, tagDuplicate)
		byMonth(month, row)
		byShard(shard, row)
		return nil
	})
}

// tallyFn joins the tallies of all shards.
type tallyFn struct{ Job job }

// ProcessElement returns the joint tally.
func (f *tallyFn) ProcessElement(_ int, tallies func(*[]byte) bool) ([]byte, error) {
	return engine.JoinTallies(f.Job.Layout, values(tallies))
}
