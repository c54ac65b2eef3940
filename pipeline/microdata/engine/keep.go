package engine

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// NormaliseKept writes the same bytes as Normalise, but an interrupted run can resume. It keeps
// each shard that it has read in the folder work until everything is written. The next run with the
// same work folder, layout, names and bytes reads only the missing shards. It takes about twice as
// long as Normalise, and the work folder needs as much space as a spill of all rows, so it suits
// files that take minutes to read.
//
// If a file is faulty, NormaliseKept runs Normalise, so that both report the same error.
func NormaliseKept(ctx context.Context, layout Layout, files []string, dir, work string, o Options, reject func(Reject) error) (Report, error) {
	k := &keeper{layout: layout, files: files, work: work, options: o, size: keptShard}
	return k.normalise(ctx, dir, reject)
}

func (k *keeper) normalise(ctx context.Context, dir string, reject func(Reject) error) (Report, error) {
	defer k.close()
	err := k.read(ctx)
	if ctx.Err() != nil {
		return Report{}, ctx.Err()
	}
	if err != nil {
		k.close()
		if err := os.RemoveAll(k.work); err != nil {
			return Report{}, err
		}
		return Normalise(ctx, k.layout, k.files, dir, k.options, reject)
	}
	report, err := k.report(reject)
	if err != nil {
		return report, err
	}
	if err := k.write(ctx, dir, &report); err != nil {
		return report, err
	}
	k.close()
	return report, os.RemoveAll(k.work)
}

const (
	// keptShard is the size of a shard in bytes: the most that each worker reads again after an
	// interruption.
	keptShard = 32 << 20
	// keptBlock is the size of a block of a kept shard in bytes. Each block stores a header per
	// month, so blocks are larger here than elsewhere.
	keptBlock = 4 << 20
	// keptForm is the version of the format of a kept shard. Raise it when the format changes.
	keptForm = 3
	// keptDuplicates is the largest number of duplicates held in memory. If there are more,
	// Normalise reads the files instead.
	keptDuplicates = 1 << 20
)

// The kinds of frames in a kept shard, as in Parts.
const (
	keptRows    = 'r'
	keptKeys    = 'k'
	keptRefused = 'x'
	keptTally   = 't'
)

// keeper reads files into kept shards and writes partitions from them.
type keeper struct {
	layout  Layout
	files   []string
	work    string
	options Options
	size    int64 // of a shard, in bytes
	shards  []Shard
	kept    []*keptFile // by shard
	joint   []byte
	// byMonth and byShard are the duplicates found.
	byMonth map[string][][]byte
	byShard map[int][][]byte

	mu   sync.Mutex
	done Progress   // of the finished shards
	now  []Progress // of the shards in progress, by worker
}

func (k *keeper) close() {
	for _, f := range k.kept {
		if f != nil {
			f.Close()
		}
	}
	k.kept = nil
}

// read reads all missing shards into work, joins their tallies and finds the duplicates.
func (k *keeper) read(ctx context.Context) error {
	if err := os.MkdirAll(k.work, 0o755); err != nil {
		return err
	}
	stretches, err := Stretches(k.files, k.size)
	if err != nil {
		return err
	}
	if err := parallel(k.options.workers(), len(stretches), func(_, i int) error { return errors.Join(ctx.Err(), stretches[i].Survey()) }); err != nil {
		return err
	}
	k.shards = Shards(stretches)
	k.kept, k.now = make([]*keptFile, len(k.shards)), make([]Progress, k.options.workers())
	if err := parallel(k.options.workers(), len(k.shards), func(worker, i int) error { return k.shard(ctx, worker, i) }); err != nil {
		return err
	}
	var failed error
	if k.joint, err = JoinTallies(k.layout, k.all(keptTally, "", &failed)); err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	return k.duplicates(ctx)
}

// shard opens a kept shard, or reads it from its file.
func (k *keeper) shard(ctx context.Context, worker, i int) (err error) {
	path := filepath.Join(k.work, fmt.Sprintf("shard-%06d", i))
	of, err := k.identity(k.shards[i])
	if err != nil {
		return err
	}
	if k.kept[i], err = openWhole(path, of); err != nil {
		if err := k.readShard(ctx, worker, k.shards[i], path, of); err != nil {
			return err
		}
		if k.kept[i], err = openKept(path, of); err != nil {
			return err
		}
	}
	k.reportProgress(worker, Progress{}, k.kept[i].Done)
	return nil
}

// identity returns the hash that identifies a kept shard: its layout, its part of the file and the
// format.
func (k *keeper) identity(s Shard) (of [sha256.Size]byte, err error) {
	s.Path = k.name(s)
	data, err := json.Marshal(map[string]any{"layout": k.layout, "shard": s, "buckets": k.buckets(), "block": keptBlock, "form": keptForm})
	return sha256.Sum256(data), err
}

// name returns the name of a shard's file as it appears in the output.
func (k *keeper) name(s Shard) string {
	if k.options.Names != nil {
		return k.options.Names[s.File]
	}
	return filepath.Base(s.Path)
}

// buckets returns the number of parts that the keys are divided into. Each worker holds one part in
// memory.
func (k *keeper) buckets() int { return max(64, len(k.shards)) }

// reportProgress adds what a worker has finished, notes how far it is in its current shard and
// reports the total.
func (k *keeper) reportProgress(worker int, now, done Progress) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now[worker] = now
	k.done = k.done.plus(done)
	if k.options.Progress == nil {
		return
	}
	all := k.done
	for _, p := range k.now {
		all = all.plus(p)
	}
	k.options.Progress(all)
}

// plus returns the sum of what was read.
func (p Progress) plus(q Progress) Progress {
	return Progress{Bytes: p.Bytes + q.Bytes, Read: p.Read + q.Read, Records: p.Records + q.Records, Refused: p.Refused + q.Refused}
}

// all yields every frame of one kind and one month or bucket, shard by shard. It stops at the first
// read error and stores it in failed.
func (k *keeper) all(kind byte, of string, failed *error) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, f := range k.kept {
			for _, x := range f.Frames {
				if x.Kind != kind || x.Of != of {
					continue
				}
				data := make([]byte, x.N)
				if _, err := io.ReadFull(io.NewSectionReader(f, x.At, int64(x.N)), data); err != nil {
					*failed = err
					return
				}
				if !yield(data) {
					return
				}
			}
		}
	}
}

// duplicates finds the keys that occurred before, bucket by bucket.
func (k *keeper) duplicates(ctx context.Context) error {
	k.byMonth, k.byShard = map[string][][]byte{}, map[int][][]byte{}
	found := 0
	return parallel(k.options.workers(), k.buckets(), func(_, bucket int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		var failed error
		err := FindDuplicates(k.layout, k.all(keptKeys, strconv.Itoa(bucket), &failed), func(month string, shard int, row []byte) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			if found++; found > keptDuplicates {
				return errors.New("more duplicates than fit in memory")
			}
			k.byMonth[month], k.byShard[shard] = append(k.byMonth[month], row), append(k.byShard[shard], row)
			return nil
		})
		return errors.Join(err, failed)
	})
}

// values returns a list as a sequence.
func values(list [][]byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, b := range list {
			if !yield(b) {
				return
			}
		}
	}
}

// report counts the records and passes the rejects to reject, in the order of the files.
func (k *keeper) report(reject func(Reject) error) (r Report, err error) {
	for i, f := range k.kept {
		r.Records += f.Done.Records
		for _, x := range f.Frames {
			if x.Kind != keptRefused {
				continue
			}
			data := make([]byte, x.N)
			if _, err := f.ReadAt(data, x.At); err != nil {
				return r, err
			}
			err := Rejects(k.layout, data, values(k.byShard[i]), k.joint, func(x Reject) error {
				r.Refused++
				if reject == nil {
					return nil
				}
				return reject(x)
			})
			if err != nil {
				return r, err
			}
		}
	}
	r.Rows = r.Records - r.Refused
	return r, nil
}

// months returns the months that have rows.
func (k *keeper) months() (out []string, err error) {
	p, err := compile(k.layout)
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, f := range k.kept {
		for _, x := range f.Frames {
			there[x.Of] = there[x.Of] || x.Kind == keptRows
		}
	}
	for _, part := range p.parts {
		if there[part.name()] {
			out = append(out, part.name())
		}
	}
	return out, nil
}

// write writes the partitions and the manifest.
func (k *keeper) write(ctx context.Context, dir string, report *Report) error {
	months, err := k.months()
	if err != nil {
		return err
	}
	files := make([]File, len(months))
	progress := Progress{Records: report.Records, Refused: report.Refused, Partitions: len(months)}
	o := k.options
	o.Memory = max(1, o.memory()/int64(o.workers()))
	err = parallel(o.workers(), len(months), func(_, i int) (err error) {
		var failed error
		files[i], err = WritePartition(ctx, k.layout, months[i], k.all(keptRows, months[i], &failed), values(k.byMonth[months[i]]), k.joint, dir, o)
		if err = errors.Join(err, failed); err == nil && o.Progress != nil {
			k.mu.Lock()
			defer k.mu.Unlock()
			progress.Written++
			o.Progress(progress)
		}
		return err
	})
	if err != nil {
		return err
	}
	m := &Manifest{}
	if m.Inputs, err = Inputs(k.joint); err != nil {
		return err
	}
	for i, f := range files {
		if f.Rows > 0 {
			m.set(Partition{Name: months[i], Files: []File{f}})
			report.Partitions = append(report.Partitions, months[i])
		}
	}
	return WriteManifest(dir, m, o)
}
