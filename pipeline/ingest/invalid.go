package ingest

import (
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The store of invalid files keeps the newest files of a source, up to this number and this many
// bytes. A page that has been dead for years, and comes with another token every night, would fill
// the disk.
const (
	maxInvalid      = 60
	maxInvalidBytes = 256 << 20
)

// keepInvalid stores the bytes of a downloaded file that could not be ingested, as evidence and to
// try again with a newer decoder.
func (in *downloader) keepInvalid(s *source.Source, name string, data []byte, m archive.Sidecar) error {
	m.Released = stat.DateOf(m.RetrievedAt)
	m.Publisher, m.Licence = s.Publisher, s.Licence
	if _, err := in.Invalid.Save(s.ID, archive.HashOf(data), name, data, m); err != nil {
		return err
	}
	return in.pruneInvalid(s.ID)
}

// pruneInvalid removes the oldest invalid files of a source, beyond what is kept. The newest stays,
// whatever its size.
func (in *downloader) pruneInvalid(id string) error {
	list, err := in.Invalid.Snapshots(id)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b archive.Snapshot) int { return b.Meta.RetrievedAt.Compare(a.Meta.RetrievedAt) })
	size := int64(0)
	for i, sn := range list {
		if size += sn.Meta.Size; i == 0 || i < maxInvalid && size <= maxInvalidBytes {
			continue
		}
		if err := in.Invalid.Discard(sn.Source, sn.Release); err != nil {
			return err
		}
	}
	return nil
}
