package parquetfile

import (
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// PageRows is the number of rows of a page. A reader decodes at least this many to get at one row.
const PageRows = 1 << 15

const magic = "PAR1"

// Writer writes one file after another and reuses its buffers. Reset starts a file, Group adds to
// it and Close ends it.
type Writer struct {
	w       io.Writer
	off     int64
	columns []Column
	rows    int64
	groups  []format.RowGroup
	chunks  [][]chunkIndex // by group and column

	coded, varied *zstd.Encoder
	out           []byte // the current group
	page, packed  []byte
	codec         coder
}

// chunkIndex holds the statistics of a chunk's pages, which are written after the row groups.
type chunkIndex struct {
	columns format.ColumnIndex
	offsets format.OffsetIndex
}

// NewWriter returns a Writer without a file.
func NewWriter() (*Writer, error) {
	options := []zstd.EOption{zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithWindowSize(1 << 20), zstd.WithLowerEncoderMem(true)}
	coded, err := zstd.NewWriter(nil, options...)
	if err != nil {
		return nil, err
	}
	// Texts that all differ have no repeats to find, but few letters: entropy coding is enough to halve
	// identifiers of hex digits.
	varied, err := zstd.NewWriter(nil, append(options, zstd.WithAllLitEntropyCompression(true))...)
	if err != nil {
		return nil, err
	}
	return &Writer{coded: coded, varied: varied}, nil
}

// Reset starts a file with the given columns on w.
func (w *Writer) Reset(out io.Writer, columns []Column) {
	w.w, w.columns = out, columns
	w.off, w.rows, w.groups, w.chunks = 0, 0, nil, nil
	w.out = append(w.out[:0], magic...)
}

// Group writes a row group: one chunk for each column, in order, each with the given number of
// rows. It writes nothing for zero rows.
func (w *Writer) Group(rows int, chunks []Chunk) error {
	if rows == 0 {
		return nil
	}
	group := format.RowGroup{NumRows: int64(rows), FileOffset: w.at(), Ordinal: int16(len(w.groups))}
	indexes := make([]chunkIndex, len(w.columns))
	for i, c := range w.columns {
		meta, err := w.chunk(c, &chunks[i], rows, &indexes[i])
		if err != nil {
			return err
		}
		group.Columns = append(group.Columns, format.ColumnChunk{FileOffset: meta.DataPageOffset, MetaData: meta})
		group.TotalByteSize += meta.TotalUncompressedSize
		group.TotalCompressedSize += meta.TotalCompressedSize
	}
	w.groups, w.chunks = append(w.groups, group), append(w.chunks, indexes)
	w.rows += int64(rows)
	return w.flush()
}

// at returns the offset of the next byte in the file.
func (w *Writer) at() int64 { return w.off + int64(len(w.out)) }

func (w *Writer) flush() error {
	n, err := w.w.Write(w.out)
	w.off += int64(n)
	w.out = w.out[:0]
	return err
}

// Close writes the page indexes and the footer. It does not close the
// underlying writer.
func (w *Writer) Close() error {
	for g := range w.groups {
		for c := range w.chunks[g] {
			chunk := &w.groups[g].Columns[c]
			n, err := w.thrift(&w.chunks[g][c].columns)
			if err != nil {
				return err
			}
			chunk.ColumnIndexOffset, chunk.ColumnIndexLength = w.at()-int64(n), int32(n)
		}
	}
	for g := range w.groups {
		for c := range w.chunks[g] {
			chunk := &w.groups[g].Columns[c]
			n, err := w.thrift(&w.chunks[g][c].offsets)
			if err != nil {
				return err
			}
			chunk.OffsetIndexOffset, chunk.OffsetIndexLength = w.at()-int64(n), int32(n)
		}
	}
	n, err := w.thrift(w.footer())
	if err != nil {
		return err
	}
	w.out = binary.LittleEndian.AppendUint32(w.out, uint32(n))
	w.out = append(w.out, magic...)
	return w.flush()
}

func (w *Writer) footer() *format.FileMetaData {
	root := format.SchemaElement{Name: "schema", NumChildren: thrift.New(int32(len(w.columns)))}
	meta := &format.FileMetaData{Version: 2, NumRows: w.rows, RowGroups: w.groups, CreatedBy: "crossings version 1"}
	meta.Schema = append(meta.Schema, root)
	for _, c := range w.columns {
		meta.Schema = append(meta.Schema, c.element())
		meta.ColumnOrders = append(meta.ColumnOrders, format.ColumnOrder{Value: &format.TypeDefinedOrder{}})
	}
	return meta
}

// thrift appends v in the compact protocol and returns its length.
func (w *Writer) thrift(v any) (int, error) {
	b, err := thrift.Marshal(&thrift.CompactProtocol{}, v)
	w.out = append(w.out, b...)
	return len(b), err
}
