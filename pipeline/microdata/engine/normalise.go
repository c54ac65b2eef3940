package engine

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"sync"

	"github.com/cespare/xxhash/v2"

	"crossings/pipeline/atomicfile"
)

// Report counts what a run did.
type Report struct {
	// Records were read, Rows written and Refused were neither: Records = Rows + Refused.
	Records, Rows, Refused int64
	// Partitions are the names of the partitions written.
	Partitions []string
}

// Normalise reads raw files, judges each record by the layout and writes the good ones to dir:
// year=YYYY/YYYY-MM.parquet, each file sorted, and the manifest. It replaces what dir held before.
// It calls reject, if not nil, with every other record in the order of the files. If a file cannot
// be read, nothing is replaced.
func Normalise(ctx context.Context, layout Layout, files []string, dir string, o Options, reject func(Reject) error) (Report, error) {
	p, err := compile(layout)
	if err != nil {
		return Report{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Report{}, err
	}
	old, err := oldManifest(dir)
	if err != nil {
		return Report{}, err
	}
	in, err := read(ctx, p, files, dir, o)
	if err != nil {
		return Report{}, err
	}
	defer in.close()
	report, err := in.report(reject)
	if err != nil {
		return report, err
	}
	m := &Manifest{Inputs: in.inputs()}
	if err := in.write(ctx, dir, func(part) int { return 0 }, m, &report); err != nil {
		return report, err
	}
	if err := m.write(dir, o.Durable); err != nil {
		return report, err
	}
	return report, m.removeStale(dir, old)
}

func (in *intake) inputs() []Input {
	var out []Input
	for i, name := range in.files {
		out = append(out, Input{name, in.records[i]})
	}
	return out
}

// report counts the records and passes the rejects to reject.
func (in *intake) report(reject func(Reject) error) (Report, error) {
	var r Report
	for _, n := range in.records {
		r.Records += n
	}
	err := in.rejects(func(x Reject) error {
		r.Refused++
		if reject == nil {
			return nil
		}
		return reject(x)
	})
	r.Rows = r.Records - r.Refused
	return r, err
}

// write writes a file for each partition that has rows and adds it to the manifest. number returns
// the file's number within its partition.
func (in *intake) write(ctx context.Context, dir string, number func(part) int, m *Manifest, report *Report) error {
	mergers := make([]*merger, in.workers)
	files := make([]File, len(in.plan.parts))
	var mu sync.Mutex
	progress := Progress{Records: report.Records, Refused: report.Refused, Partitions: in.partitions()}
	err := parallel(in.workers, len(in.plan.parts), func(worker, i int) (err error) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if mergers[worker] == nil {
			if mergers[worker], err = newMerger(in); err != nil {
				return err
			}
		}
		part := in.plan.parts[i]
		files[i], err = mergers[worker].file(i, dir, part.partPath(number(part)))
		if err == nil && files[i].Rows > 0 && in.options.Progress != nil {
			mu.Lock()
			progress.Written++
			in.options.Progress(progress)
			mu.Unlock()
		}
		return err
	})
	if err != nil {
		return err
	}
	for i, f := range files {
		if f.Rows == 0 {
			continue
		}
		name := in.plan.parts[i].name()
		p := Partition{Name: name}
		if at, found := m.find(name); found {
			p = m.Partitions[at]
		}
		p.Files = append(p.Files, f)
		m.set(p)
		report.Partitions = append(report.Partitions, name)
	}
	return nil
}

// file writes one partition, if it has rows, and the hashes of its keys.
func (m *merger) file(part int, dir, path string) (File, error) {
	if !m.in.has(part) {
		return File{}, nil
	}
	out, err := create(local(dir, path))
	if err != nil {
		return File{}, err
	}
	ids, err := m.keepIDs(idsPath(dir, path))
	if err != nil {
		out.file.Abort()
		return File{}, err
	}
	m.out.Reset(out, m.in.plan.file(m.in.varied))
	rows, err := m.partition(part)
	if err == nil {
		err = m.out.Close()
	}
	if err != nil || rows == 0 {
		out.file.Abort()
		ids.abort()
		return File{}, err
	}
	if err := ids.commit(m.in.options.Durable); err != nil {
		out.file.Abort()
		return File{}, err
	}
	if err := out.commit(m.in.options.Durable); err != nil {
		return File{}, err
	}
	return File{Path: path, Rows: int64(rows), Bytes: out.bytes, SHA256: out.sum(), Keys: ids.sum()}, nil
}

// partitions counts the partitions that have rows.
func (in *intake) partitions() (n int) {
	for i := range in.plan.parts {
		if in.has(i) {
			n++
		}
	}
	return n
}

// has reports whether any run has rows in a partition.
func (in *intake) has(part int) bool {
	for _, r := range in.runs {
		for _, s := range r.parts[:len(r.parts)-1] {
			if s.part == part {
				return true
			}
		}
	}
	return false
}

// idFile holds the hashes of a file's keys, in the order of its rows. A later run searches them
// before it reads the keys themselves.
type idFile struct {
	file *atomicfile.File
	hash hash.Hash
	buf  *bufio.Writer
}

// sum returns the SHA-256 of the bytes written, or "" if there are no keys.
func (f *idFile) sum() string {
	if f == nil {
		return ""
	}
	return hex.EncodeToString(f.hash.Sum(nil))
}

// keepIDs starts the file of hashes, if the layout has a key.
func (m *merger) keepIDs(path string) (*idFile, error) {
	if m.in.plan.key < 0 {
		return nil, nil
	}
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	ids := &idFile{file: f, hash: sha256.New()}
	ids.buf = bufio.NewWriterSize(io.MultiWriter(f, ids.hash), 1<<16)
	var b [8]byte
	m.key = func(text []byte) {
		binary.LittleEndian.PutUint64(b[:], xxhash.Sum64(text))
		ids.buf.Write(b[:]) // commit returns the error
	}
	return ids, nil
}

func (f *idFile) commit(durable bool) error {
	if f == nil {
		return nil
	}
	if err := f.buf.Flush(); err != nil {
		f.file.Abort()
		return err
	}
	return f.file.Commit(durable)
}

func (f *idFile) abort() {
	if f != nil {
		f.file.Abort()
	}
}
