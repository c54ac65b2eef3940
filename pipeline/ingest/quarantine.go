package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// What is kept of the files of a source that were fetched and could not be read: the
// newest so many, of at most so many bytes in all. A page that is dead for years, and
// comes with another token every night, would fill the disk.
const (
	keptRefused      = 60
	keptRefusedBytes = 256 << 20
)

// keepRefused keeps the bytes of a fetched file that could not be ingested, as
// evidence and to be tried again when the decoder is mended.
func (in *downloader) keepRefused(s *source.Source, name string, data []byte, m archive.Sidecar) error {
	sum := sha256.Sum256(data)
	m.Released = stat.DateOf(m.RetrievedAt)
	m.Publisher, m.Licence = s.Publisher, s.Licence
	if _, err := in.Invalid.Save(s.ID, hex.EncodeToString(sum[:]), name, data, m); err != nil {
		return err
	}
	return in.pruneRefused(s.ID)
}

// pruneRefused removes the oldest of the files of a source that could not be read, beyond
// what is kept. The newest stays, whatever its size.
func (in *downloader) pruneRefused(id string) error {
	list, err := in.Invalid.Snapshots(id)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b archive.Snapshot) int { return b.Meta.RetrievedAt.Compare(a.Meta.RetrievedAt) })
	size := int64(0)
	for i, sn := range list {
		if size += sn.Meta.Size; i == 0 || i < keptRefused && size <= keptRefusedBytes {
			continue
		}
		if err := in.Invalid.Discard(sn.Source, sn.Release); err != nil {
			return err
		}
	}
	return nil
}
