package tables

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// keptLedger is the ledger of a source as the last build stored it. It saves time and changes
// nothing: it is rebuilt if another program made it, or if the releases that it has read are not
// the first ones of the source any more.
type keptLedger struct {
	Program  string   // hash of the program that made it
	Releases []string // hashes of the entries in the lake, oldest first
	Ledger   []byte   // as revision.Ledger encodes it
}

// maxLedger bounds the file of a kept ledger: some fifty bytes an observation.
const maxLedger = 1 << 30

// history returns everything that was ever stated of a series of the source that add works on. It is
// empty for a series of another source.
func (b *Builder) history(id stat.SeriesID) *revision.History { return b.histories.Of(id) }

// ledger returns what changed between the source's releases.
func (b *Builder) ledger(k *watch.Known) (*revision.Ledger, error) {
	hashes := make([]string, len(k.Entries))
	for i, e := range k.Entries {
		hashes[i] = entryHash(e)
	}
	l, seen := b.startLedger(k.Source.ID, hashes)
	for _, e := range k.Entries[:seen] {
		if err := b.OpenLake().Intact(e); err != nil {
			return nil, err // the same error as from reading the release
		}
	}
	for _, e := range k.Entries[seen:] {
		obs, err := b.OpenLake().Read(e)
		if err != nil {
			return nil, err
		}
		watch.Describe(k.Source, obs)
		if err := l.Add(revision.Release{Release: e.Stat(), Observations: obs, Coverage: e.Coverage}); err != nil {
			return nil, err
		}
	}
	if seen == len(k.Entries) || !b.AsOf.IsZero() {
		return l, nil
	}
	encoded, err := l.Encode()
	if err != nil {
		return nil, err
	}
	b.ledgers[k.Source.ID], err = json.Marshal(keptLedger{Program(), hashes, encoded})
	return l, err
}

// startLedger returns the stored ledger of a source and the number of releases that it has read,
// or an empty ledger and zero.
func (b *Builder) startLedger(source string, hashes []string) (*revision.Ledger, int) {
	var kept keptLedger
	data, ok := atomicfile.ReadChecked(ledgerFile(b.Dir, source), maxLedger)
	if !ok || json.Unmarshal(data, &kept) != nil || kept.Program == "" || kept.Program != Program() {
		return &revision.Ledger{}, 0
	}
	n := len(kept.Releases)
	if n > len(hashes) || !slices.Equal(kept.Releases, hashes[:n]) {
		return &revision.Ledger{}, 0
	}
	l, err := revision.DecodeLedger(kept.Ledger)
	if err != nil {
		return &revision.Ledger{}, 0
	}
	return l, n
}

func ledgerFile(d datadir.Dir, source string) string {
	return filepath.Join(d.Cache("ledgers"), lake.FolderName(source))
}

// KeepLedgers stores the ledgers that have read more releases than the stored ones.
func (b *Builder) KeepLedgers() error {
	for source, file := range b.ledgers {
		if err := atomicfile.WriteChecked(ledgerFile(b.Dir, source), file); err != nil {
			return err
		}
	}
	return nil
}

// entryHash returns the hash of a release's entry in the lake.
func entryHash(e lake.Entry) string {
	text, err := json.Marshal(e)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
