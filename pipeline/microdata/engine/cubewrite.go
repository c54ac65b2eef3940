package engine

import (
	"slices"

	"crossings/pipeline/microdata/parquetfile"
)

// write writes the cells that have records.
func (c *cuber) write(dir, path string, axes []axis, size uint64, durable bool) (File, error) {
	out, err := create(local(dir, path))
	if err != nil {
		return File{}, err
	}
	c.out.Reset(out, c.spec.columns())
	rows := 0
	for group := range c.groups(axes, size) {
		n := len(group[0].Codes)
		if err := c.out.Group(n, group); err != nil {
			out.file.Abort()
			return File{}, err
		}
		rows += n
	}
	if err := c.out.Close(); err != nil {
		out.file.Abort()
		return File{}, err
	}
	if err := out.commit(durable); err != nil {
		return File{}, err
	}
	return File{Path: path, Rows: int64(rows), Bytes: out.bytes, SHA256: out.sum()}, nil
}

func (s CubeSpec) columns() []parquetfile.Column {
	out := []parquetfile.Column{{Name: s.Date, Kind: parquetfile.Date}}
	for _, d := range s.Dims {
		out = append(out, parquetfile.Column{Name: d})
	}
	if s.Sum != "" {
		out = append(out, parquetfile.Column{Name: s.Sum, Kind: parquetfile.Int64})
	}
	return append(out, parquetfile.Column{Name: countColumn, Kind: parquetfile.Int64})
}

// groups yields the cells that have records in order, as row groups.
func (c *cuber) groups(axes []axis, size uint64) func(yield func([]parquetfile.Chunk) bool) {
	return func(yield func([]parquetfile.Chunk) bool) {
		occupied := c.occupied(size)
		for len(occupied) > 0 {
			n := min(len(occupied), groupRows)
			if !yield(c.collect(axes, occupied[:n])) {
				return
			}
			occupied = occupied[n:]
		}
	}
}

// occupied returns the indexes of the cells that have records, ascending.
func (c *cuber) occupied(size uint64) []uint64 {
	c.index = c.index[:0]
	if c.places != nil {
		for at := range c.places {
			c.index = append(c.index, at)
		}
		slices.Sort(c.index)
		return c.index
	}
	for at, n := range c.counts[:size] {
		if n != 0 {
			c.index = append(c.index, uint64(at))
		}
	}
	return c.index
}

// collect returns chunks of cells.
func (c *cuber) collect(axes []axis, index []uint64) []parquetfile.Chunk {
	n := len(index)
	for i, a := range axes {
		chunk := &c.chunks[i]
		chunk.Codes, chunk.Card, chunk.Texts, chunk.Base = sized(chunk.Codes, n), a.size, a.texts, a.base
	}
	counts := &c.chunks[len(c.chunks)-1]
	counts.Ints = sized(counts.Ints, n)
	sums := counts // overwritten if nothing is summed
	if c.spec.Sum != "" {
		sums = &c.chunks[len(axes)]
		sums.Ints = sized(sums.Ints, n)
	}
	for row, at := range index {
		place := int(at)
		if c.places != nil {
			place = c.places[at]
		}
		sums.Ints[row], counts.Ints[row] = c.sums[place], c.counts[place]
	}
	rest := index
	for i := len(axes) - 1; i >= 0; i-- {
		codes, size := c.chunks[i].Codes, uint64(axes[i].size)
		for row, at := range rest {
			q := at / size
			codes[row] = int32(at - q*size)
			rest[row] = q
		}
	}
	return c.chunks
}
