package site

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/compressed"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/sitetest"
)

// TestPicturesThatCannotBeDrawn checks that a site without some or all of its pictures has every page and
// table, says which pictures are missing, and has no link to a missing file.
func TestPicturesThatCannotBeDrawn(t *testing.T) {
	s := sitetest.Small(t)
	s.Base, s.Version = "https://statistics.example.org/", "1.0.0"
	whole := t.TempDir()
	if err := Build(t.Context(), filepath.Join(whole, "site"), s, Options{Pictures: kept()}); err != nil {
		t.Fatal(err)
	}
	// The cache has the pictures of the first chart. Under this limit no other can be drawn.
	cache := t.TempDir()
	one := s
	one.Charts = s.Charts[:1]
	renderer := rendererIn(t, cache)
	if err := Build(t.Context(), filepath.Join(t.TempDir(), "one"), one, Options{Pictures: renderer}); err != nil {
		t.Fatal(err)
	}
	for name, folder := range map[string]string{"all but one chart": cache, "all": ""} {
		t.Run(name, func(t *testing.T) {
			hurried := rendererIn(t, folder)
			hurried.Limit(picture.Limits{Work: time.Nanosecond, Slow: 1})
			var missing []string
			site := filepath.Join(t.TempDir(), "site")
			err := Build(t.Context(), site, s, Options{Pictures: hurried, Undrawn: func(file string, err error) {
				var failed *picture.Error
				if !errors.As(err, &failed) || !errors.Is(err, picture.ErrSlow) {
					t.Errorf("%s: %v", file, err)
				}
				missing = append(missing, file)
			}})
			if err != nil {
				t.Fatal(err)
			}
			want, got := filesIn(t, filepath.Join(whole, "site")), filesIn(t, site)
			want = slices.DeleteFunc(want, func(n string) bool { return slices.Contains(missing, compressed.Original(n)) })
			if !slices.Equal(got, want) || len(missing) < 5 {
				t.Errorf("%d missing; files\n got %q\nwant %q", len(missing), got, want)
			}
			checkUndrawn(t, site, missing)
		})
	}
	if err := Build(t.Context(), filepath.Join(t.TempDir(), "site"), s, Options{Pictures: hurried(t)}); !errors.Is(err, picture.ErrSlow) {
		t.Errorf("where nobody is told of it: %v", err)
	}
}

func rendererIn(t *testing.T, folder string) *picture.Renderer {
	t.Helper()
	renderer, err := picture.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return renderer
}

// hurried returns a renderer that can draw nothing.
func hurried(t *testing.T) *picture.Renderer {
	renderer := rendererIn(t, "")
	renderer.Limit(picture.Limits{Work: time.Nanosecond, Slow: 1})
	return renderer
}

// filesIn returns the names of the files of a site.
func filesIn(t *testing.T, site string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(site, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(site, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var picturesOf = regexp.MustCompile(`(?:src|srcset|href|content)="([^"]*\.(?:svg|png))"`)

// checkUndrawn checks that no page shows or links to a missing picture, and that each
// is named on the page of its chart.
func checkUndrawn(t *testing.T, site string, missing []string) {
	t.Helper()
	pages := map[string]string{}
	for _, name := range filesIn(t, site) {
		if filepath.Ext(name) != ".html" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = string(text)
		for _, m := range picturesOf.FindAllStringSubmatch(strings.ReplaceAll(string(text), "&quot;", `"`), -1) {
			target := filepath.Join(site, filepath.Dir(name), m[1])
			if own, ok := strings.CutPrefix(m[1], "https://statistics.example.org/"); ok {
				target = filepath.Join(site, own)
			}
			if strings.Contains(target, "/releases/") {
				continue // the pipeline adds the edition's folder
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
		}
	}
	for _, file := range missing {
		folder, name, _ := strings.Cut(file, "/")
		id, _, _ := strings.Cut(name, ".")
		if page := pages[folder+"/"+id+".html"]; !strings.Contains(page, "could not be drawn") || !strings.Contains(page, name) {
			t.Errorf("the page of %s does not say that it is missing", file)
		}
	}
}
