package site

import (
	"compress/gzip"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
)

// firstPicture bounds the bytes that a browser loads before it shows the first picture of a page: the
// page, its style sheet and the picture, compressed as web servers do. On slow 4G (1.6 Mbit/s, three
// requests of 150 ms) they arrive within a second.
const firstPicture = 110_000

var sheetOf = regexp.MustCompile(`assets/site\.[0-9a-f]+\.css`)

var lead = regexp.MustCompile(`<img[^>]* src="([^"]+)"[^>]* fetchpriority="high"`)

func TestTheFirstPictureIsLight(t *testing.T) {
	_, files := shared(t, "real")
	pages := 0
	for name, text := range files {
		found := lead.FindAllStringSubmatch(text, -1)
		if !strings.HasSuffix(name, ".html") || found == nil {
			continue
		}
		pages++
		if len(found) > 1 {
			t.Errorf("%s: %d pictures come first", name, len(found))
		}
		picture, ok := files[path.Join(path.Dir(name), found[0][1])]
		if !ok {
			t.Errorf("%s: there is no %s", name, found[0][1])
		}
		sheet, ok := files["assets/"+path.Base(sheetOf.FindString(text))]
		if !ok {
			t.Errorf("%s: there is no %s", name, sheetOf.FindString(text))
		}
		if n := packed(t, text) + packed(t, picture) + packed(t, sheet); n > firstPicture {
			t.Errorf("%s: %d bytes before the first picture, allowed are %d", name, n, firstPicture)
		}
	}
	if pages < 10 {
		t.Errorf("%d pages have a picture that comes first", pages)
	}
}

// packed returns the size of a text as a web server sends it.
func packed(t *testing.T, text string) int {
	t.Helper()
	var n counter
	z := gzip.NewWriter(&n)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return int(n)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
