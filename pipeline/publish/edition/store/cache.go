package store

// cacheSize is the number of blocks that are kept decompressed, each of about blockSize.
const cacheSize = 96

type blockKey struct {
	pack  uint32
	block int
}

// cache keeps the blocks that were used last.
type cache struct {
	blocks map[blockKey]*cached
	clock  int
}

type cached struct {
	data []byte
	used int
}

func (c *cache) get(k blockKey) ([]byte, bool) {
	b, ok := c.blocks[k]
	if !ok {
		return nil, false
	}
	c.clock++
	b.used = c.clock
	return b.data, true
}

func (c *cache) put(k blockKey, data []byte) {
	if c.blocks == nil {
		c.blocks = map[blockKey]*cached{}
	}
	if len(c.blocks) >= cacheSize {
		var oldest blockKey
		used := c.clock + 1
		for k, b := range c.blocks {
			if b.used < used {
				oldest, used = k, b.used
			}
		}
		delete(c.blocks, oldest)
	}
	c.clock++
	c.blocks[k] = &cached{data, c.clock}
}
