package parquetfile

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/bits"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// maxDictionary is the largest number of values of a dictionary. Columns of numbers with more are
// written plain.
const maxDictionary = 1 << 16

// coder keeps the buffers of chunk.
type coder struct {
	local   []int32 // maps a code of the chunk's list to a code of the dictionary, or Null
	codes   []int32 // of a page, without missing values
	levels  []byte  // of a page: 1 present, 0 missing
	dict    []byte
	present []int32 // maps a code of the dictionary to a code of the chunk's list
	texts   []byte
	offsets []uint32
}

// bounds are the least and greatest value of a page or chunk.
type bounds struct {
	min, max []byte
	nulls    int64
	empty    bool
}

// chunk appends one column to the group and records the statistics of its pages.
func (w *Writer) chunk(c Column, data *Chunk, rows int, index *chunkIndex) (format.ColumnMetaData, error) {
	meta := format.ColumnMetaData{
		Type:         c.Kind.physical(),
		PathInSchema: []string{c.Name},
		Codec:        format.Zstd,
		NumValues:    int64(rows),
	}
	start := w.at()
	var err error
	switch {
	case data.At != nil:
		err = w.variedPages(c, data, rows, &meta, index)
	case data.Ints != nil:
		err = w.numberPages(c, data, rows, &meta, index)
	case data.Card > maxDictionary && c.Kind == Text:
		err = fmt.Errorf("column %s: a list of %d values; at most %d can be written", c.Name, data.Card, maxDictionary)
	case data.Card > maxDictionary:
		err = w.plainPages(c, data, rows, &meta, index)
	default:
		err = w.codedPages(c, data, rows, &meta, index)
	}
	meta.TotalCompressedSize = w.at() - start
	return meta, err
}

// eachPage calls write for the n rows from row on of each page, and then states the bounds of the chunk.
func (w *Writer) eachPage(c Column, rows int, meta *format.ColumnMetaData, index *chunkIndex, write func(row, n int) error) error {
	meta.DataPageOffset = w.at()
	for row := 0; row < rows; row += PageRows {
		if err := write(row, min(PageRows, rows-row)); err != nil {
			return err
		}
	}
	return w.chunkBounds(c, meta, index)
}

// codedPages writes a dictionary page and pages of codes.
func (w *Writer) codedPages(c Column, data *Chunk, rows int, meta *format.ColumnMetaData, index *chunkIndex) error {
	k := &w.codec
	k.occurring(data.Codes[:rows], data.Card)
	k.dict = k.dict[:0]
	for _, code := range k.present {
		k.dict = data.value(k.dict, c.Kind, code, true)
	}
	meta.Encoding = []format.Encoding{format.Plain, format.RLE, format.RLEDictionary}
	meta.DictionaryPageOffset = w.at()
	header := format.PageHeader{
		Type:                 format.DictionaryPage,
		DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: int32(len(k.present)), Encoding: format.Plain, IsSorted: true}),
	}
	if err := w.emit(header, k.dict, w.coded, meta); err != nil {
		return err
	}
	width := max(1, bits.Len(uint(max(0, len(k.present)-1))))
	return w.eachPage(c, rows, meta, index, func(row, n int) error {
		low, high := k.localCodes(data.Codes[row : row+n])
		w.levels(c, k.levels)
		w.page = append(w.page, byte(width))
		body, err := (&rle.Encoding{BitWidth: width}).EncodeInt32(w.packed[:0], k.codes)
		if err != nil {
			return err
		}
		w.packed = body
		w.page = append(w.page, body...)
		b := bounds{nulls: int64(n - len(k.codes)), empty: len(k.codes) == 0}
		if !b.empty {
			b.min = data.value(nil, c.Kind, k.present[low], false)
			b.max = data.value(nil, c.Kind, k.present[high], false)
		}
		return w.dataPage(format.RLEDictionary, row, n, b, w.coded, meta, index)
	})
}

// occurring returns the codes that occur, ascending, and the position of each in that list.
func (k *coder) occurring(codes []int32, card int) {
	if cap(k.local) < card+1 {
		k.local = make([]int32, card+1)
	}
	seen := k.local[:card+1] // shifted by one, so that Null has an entry
	clear(seen)
	for _, c := range codes {
		seen[c+1] = 1
	}
	k.present = k.present[:0]
	for c := range card {
		if seen[c+1] != 0 {
			seen[c+1] = int32(len(k.present))
			k.present = append(k.present, int32(c))
		}
	}
	seen[0] = Null
	k.local = seen
}

// localCodes translates the codes of a page into codes of the dictionary without missing values,
// and returns the least and the greatest.
func (k *coder) localCodes(codes []int32) (low, high int32) {
	if cap(k.codes) < PageRows {
		k.codes, k.levels = make([]int32, PageRows), make([]byte, PageRows)
	}
	out, levels := k.codes[:len(codes)], k.levels[:len(codes)]
	low, high = maxDictionary, 0
	n := 0
	for i, c := range codes {
		v := k.local[c+1]
		if v < 0 {
			levels[i] = 0
			continue
		}
		levels[i] = 1
		out[n] = v
		n++
		low, high = min(low, v), max(high, v)
	}
	k.codes, k.levels = out[:n], levels
	return low, high
}

// value appends the value of a code: in the form of the dictionary, with the length before a text,
// or in the form of bounds, without it.
func (data *Chunk) value(b []byte, kind Kind, code int32, length bool) []byte {
	if kind != Text {
		return kind.plain(b, data.Base+int64(code))
	}
	text := data.Texts[code]
	if length {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(text)))
	}
	return append(b, text...)
}

// levels starts a page with the definition levels of an optional column.
func (w *Writer) levels(c Column, levels []byte) {
	w.page = w.page[:0]
	if !c.Optional {
		return
	}
	w.page = append(w.page, 0, 0, 0, 0)
	body, err := (&rle.Encoding{BitWidth: 1}).EncodeLevels(w.packed[:0], levels)
	if err != nil {
		panic(err) // one bit is always enough
	}
	w.packed = body
	w.page = append(w.page, body...)
	binary.LittleEndian.PutUint32(w.page, uint32(len(body)))
}

// variedPages writes texts one after another, each as its difference from the one before.
func (w *Writer) variedPages(c Column, data *Chunk, rows int, meta *format.ColumnMetaData, index *chunkIndex) error {
	k := &w.codec
	meta.Encoding = []format.Encoding{format.RLE, format.DeltaByteArray}
	return w.eachPage(c, rows, meta, index, func(row, n int) error {
		b := k.collect(data, data.At[row:row+n])
		w.levels(c, k.levels)
		body, err := (&delta.ByteArrayEncoding{}).EncodeByteArray(w.packed[:0], k.texts, k.offsets)
		if err != nil {
			return err
		}
		w.packed = body
		w.page = append(w.page, body...)
		return w.dataPage(format.DeltaByteArray, row, n, b, w.varied, meta, index)
	})
}

// collect joins the texts of a page.
func (k *coder) collect(data *Chunk, at []uint32) bounds {
	k.texts, k.offsets, k.levels = k.texts[:0], append(k.offsets[:0], 0), k.levels[:0]
	b := bounds{empty: true}
	low, high := -1, -1
	var lowKey, highKey uint64
	for _, p := range at {
		if p == Missing {
			k.levels = append(k.levels, 0)
			b.nulls++
			continue
		}
		k.levels = append(k.levels, 1)
		text := textAt(data.Arena, p)
		k.texts = append(k.texts, text...)
		k.offsets = append(k.offsets, uint32(len(k.texts)))
		// The first eight bytes nearly always decide.
		key, i := leading(text), len(k.offsets)-2
		if low < 0 || key < lowKey || key == lowKey && bytes.Compare(text, k.text(low)) < 0 {
			low, lowKey = i, key
		}
		if high < 0 || key > highKey || key == highKey && bytes.Compare(text, k.text(high)) > 0 {
			high, highKey = i, key
		}
	}
	if low >= 0 {
		b.min, b.max, b.empty = bytes.Clone(k.text(low)), bytes.Clone(k.text(high)), false
	}
	return b
}

func (k *coder) text(i int) []byte { return k.texts[k.offsets[i]:k.offsets[i+1]] }

// textAt returns the text at offset p of an arena.
func textAt(arena []byte, p uint32) []byte {
	if n := arena[p]; n < 0x80 {
		return arena[p+1 : p+1+uint32(n)]
	}
	n, w := binary.Uvarint(arena[p:])
	return arena[int(p)+w:][:n]
}

// leading returns the first eight bytes of a text as a number that sorts like the text.
func leading(text []byte) uint64 {
	if len(text) >= 8 {
		return binary.BigEndian.Uint64(text)
	}
	var b [8]byte
	copy(b[:], text)
	return binary.BigEndian.Uint64(b[:])
}

// numberPages writes numbers: with a dictionary if their range allows it, otherwise plain.
func (w *Writer) numberPages(c Column, data *Chunk, rows int, meta *format.ColumnMetaData, index *chunkIndex) error {
	low, high := data.Ints[0], data.Ints[0]
	for _, v := range data.Ints[:rows] {
		low, high = min(low, v), max(high, v)
	}
	if high-low >= maxDictionary || high-low < 0 {
		return w.plainPages(c, data, rows, meta, index)
	}
	coded := Chunk{Codes: make([]int32, rows), Card: int(high-low) + 1, Base: low}
	for i, v := range data.Ints[:rows] {
		coded.Codes[i] = int32(v - low)
	}
	return w.codedPages(c, &coded, rows, meta, index)
}

// plainPages writes numbers without a dictionary.
func (w *Writer) plainPages(c Column, data *Chunk, rows int, meta *format.ColumnMetaData, index *chunkIndex) error {
	k := &w.codec
	meta.Encoding = []format.Encoding{format.RLE, format.Plain}
	return w.eachPage(c, rows, meta, index, func(row, n int) error {
		k.dict, k.levels = k.dict[:0], k.levels[:0]
		b := bounds{empty: true}
		var low, high int64
		for i := row; i < row+n; i++ {
			var v int64
			switch {
			case data.Ints != nil:
				v = data.Ints[i]
			case data.Codes[i] == Null:
				k.levels = append(k.levels, 0)
				b.nulls++
				continue
			default:
				v = data.Base + int64(data.Codes[i])
			}
			k.levels = append(k.levels, 1)
			k.dict = c.Kind.plain(k.dict, v)
			if b.empty {
				low, high, b.empty = v, v, false
			}
			low, high = min(low, v), max(high, v)
		}
		if !b.empty {
			b.min, b.max = c.Kind.plain(nil, low), c.Kind.plain(nil, high)
		}
		w.levels(c, k.levels)
		w.page = append(w.page, k.dict...)
		return w.dataPage(format.Plain, row, n, b, w.coded, meta, index)
	})
}

// dataPage appends the page in w.page, which holds n rows starting at row.
func (w *Writer) dataPage(encoding format.Encoding, row, n int, b bounds, z *zstd.Encoder, meta *format.ColumnMetaData, index *chunkIndex) error {
	start := w.at()
	header := format.PageHeader{
		Type: format.DataPage,
		DataPageHeader: thrift.New(format.DataPageHeader{
			NumValues: int32(n), Encoding: encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
		}),
	}
	if err := w.emit(header, w.page, z, meta); err != nil {
		return err
	}
	index.offsets.PageLocations = append(index.offsets.PageLocations, format.PageLocation{
		Offset: start, CompressedPageSize: int32(w.at() - start), FirstRowIndex: int64(row),
	})
	x := &index.columns
	x.NullPages = append(x.NullPages, b.empty)
	x.NullCounts = append(x.NullCounts, b.nulls)
	if b.empty {
		b.min, b.max = []byte{}, []byte{}
	}
	x.MinValues, x.MaxValues = append(x.MinValues, b.min), append(x.MaxValues, b.max)
	return nil
}

// emit appends a page: its header, then the compressed body.
func (w *Writer) emit(header format.PageHeader, body []byte, z *zstd.Encoder, meta *format.ColumnMetaData) error {
	w.packed = z.EncodeAll(body, w.packed[:0])
	header.UncompressedPageSize, header.CompressedPageSize = int32(len(body)), int32(len(w.packed))
	header.CRC = int32(crc32.ChecksumIEEE(w.packed))
	n, err := w.thrift(&header)
	w.out = append(w.out, w.packed...)
	meta.TotalUncompressedSize += int64(n + len(body))
	return err
}

// chunkBounds derives the bounds of the chunk from those of its pages.
func (w *Writer) chunkBounds(c Column, meta *format.ColumnMetaData, index *chunkIndex) error {
	x := &index.columns
	s := &meta.Statistics
	for i := range x.MinValues {
		s.NullCount += x.NullCounts[i]
		if x.NullPages[i] {
			continue
		}
		if s.MinValue == nil || c.Kind.compare(x.MinValues[i], s.MinValue) < 0 {
			s.MinValue = x.MinValues[i]
		}
		if s.MaxValue == nil || c.Kind.compare(x.MaxValues[i], s.MaxValue) > 0 {
			s.MaxValue = x.MaxValues[i]
		}
	}
	return nil
}

// compare compares two values in the form of bounds.
func (k Kind) compare(a, b []byte) int {
	switch k {
	case Text:
		return bytes.Compare(a, b)
	case Int64:
		return cmp.Compare(int64(binary.LittleEndian.Uint64(a)), int64(binary.LittleEndian.Uint64(b)))
	}
	return cmp.Compare(int64(int32(binary.LittleEndian.Uint32(a))), int64(int32(binary.LittleEndian.Uint32(b))))
}
