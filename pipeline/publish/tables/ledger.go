package tables

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/watch"
)

// keptLedger is the ledger of a source as the last build left it. It saves time and
// changes nothing: if the releases that it has seen are not the first of those
// there are now, or another program made it, the ledger is rebuilt.
type keptLedger struct {
	Program  string   // hash of the program that made it
	Releases []string // hashes of the entries in the lake, oldest first
	Ledger   []byte   // as revision.Ledger encodes it
}

// maxLedger bounds the file of a kept ledger: some fifty bytes an observation.
const maxLedger = 1 << 30

// ledger returns what changed between the source's releases.
func (b *Builder) ledger(k *watch.Known) ([]revision.Revision, error) {
	hashes := make([]string, len(k.Entries))
	for i, e := range k.Entries {
		hashes[i] = entryHash(e)
	}
	l, seen := b.startLedger(k.Source.ID, hashes)
	for _, e := range k.Entries[:seen] {
		if err := b.OpenLake().Intact(e); err != nil {
			return nil, err // as reading it would have said
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
		return l.Revisions, nil
	}
	encoded, err := l.Encode()
	if err != nil {
		return nil, err
	}
	b.ledgers[k.Source.ID], err = json.Marshal(keptLedger{Program(), hashes, encoded})
	return l.Revisions, err
}

// startLedger returns the ledger that was kept of a source and how many of its
// releases that has seen, or one that has seen none.
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

// KeepLedgers writes the ledgers that have seen more than those kept before.
func (b *Builder) KeepLedgers() error {
	for source, file := range b.ledgers {
		if err := atomicfile.WriteChecked(ledgerFile(b.Dir, source), file); err != nil {
			return err
		}
	}
	return nil
}

// entryHash returns the hash of all that the lake says of a release.
func entryHash(e lake.Entry) string {
	text, err := json.Marshal(e)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Program returns the hash of the running program, or "" where its file cannot be
// read: what one program kept is not trusted by another.
var Program = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	_, sum, err := atomicfile.Hash(path)
	if err != nil {
		return ""
	}
	return sum
})
