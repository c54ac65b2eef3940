package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/edition"
	"crossings/pipeline/target"
)

// Uploaded says what an upload did, or would do.
type Uploaded struct {
	Put     []string `json:"put"`     // in order
	Removed []string `json:"removed"` // files that the site no longer has
	Same    int      `json:"same"`    // files that were there already
	Bytes   int64    `json:"bytes"`   // of those put
}

// Upload puts the published site and all its data versions on a target. dry says what
// would be done and does nothing. done is called after each file that was put.
func Upload(ctx context.Context, cfg Config, t target.Target, dry bool, done func(f edition.File)) (*Uploaded, error) {
	release, err := cfg.Lock() // so that no build takes the site away meanwhile
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := os.Stat(filepath.Join(cfg.site(), "index.html")); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is no site in %s yet", ErrNothing, cfg.site())
	}
	plan, err := target.NewPlan(ctx, cfg.site(), t)
	if err != nil {
		return nil, err
	}
	u := &Uploaded{Put: []string{}, Removed: append([]string{}, plan.Remove...), Same: plan.Same, Bytes: plan.Bytes()}
	for _, f := range plan.Put {
		u.Put = append(u.Put, f.Name)
	}
	if dry {
		return u, nil
	}
	return u, target.Upload(ctx, cfg.site(), t, plan, done)
}

// VerifyPublished checks the site and every data version against what was noted when
// they were made, and returns one error for each file that is another.
func VerifyPublished(cfg Config) ([]error, error) {
	release, err := cfg.Lock()
	if err != nil {
		return nil, err
	}
	defer release()
	out := edition.Open(cfg.editions()).Verify()
	s, ok := cfg.readStand()
	if !ok {
		return append(out, fmt.Errorf("%s: what the site was made from is not noted; run: publish run", cfg.stand())), nil
	}
	files, err := filesOf(cfg.site())
	if err != nil {
		return nil, err
	}
	have := map[string]edition.File{}
	for _, f := range files {
		have[f.Name] = f
	}
	for _, f := range s.Files {
		if got, there := have[f.Name]; !there {
			out = append(out, fmt.Errorf("site: %s is gone; run: publish run", f.Name))
		} else if got != f {
			out = append(out, fmt.Errorf("site: %s is not what was published; run: publish run", f.Name))
		}
		delete(have, f.Name)
	}
	for _, f := range files {
		if _, left := have[f.Name]; left && filepath.Base(f.Name)[0] != atomicfile.TempPrefix[0] {
			out = append(out, fmt.Errorf("site: %s was not published", f.Name))
		}
	}
	return append(out, cfg.verifyShown()...), nil
}

// verifyShown compares the data versions in the site with those that are kept, of which
// the bytes are checked there: they are the same files.
func (c Config) verifyShown() (out []error) {
	kept, err := editionsIn(c.editions())
	if err != nil {
		return []error{err}
	}
	shown, err := editionsIn(filepath.Join(c.site(), editionsFolder))
	if err != nil {
		return []error{err}
	}
	if !slices.Equal(kept, shown) {
		out = append(out, fmt.Errorf("site: it has the data versions %v, kept are %v; run: publish run", shown, kept))
	}
	sizes := func(string) bool { return false }
	for _, v := range kept {
		if !slices.Contains(shown, v) {
			continue
		}
		want, err := edition.List(filepath.Join(c.editions(), v), sizes)
		if err != nil {
			return append(out, err)
		}
		have, err := edition.List(filepath.Join(c.site(), editionsFolder, v), sizes)
		if err != nil {
			return append(out, err)
		}
		if !slices.Equal(want, have) {
			out = append(out, fmt.Errorf("site: data version %s is not what was published; remove %s and run: publish run", v, c.site()))
		}
	}
	return out
}
