package pipeline_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// shorter returns a release whose daily sheet lacks its last day.
func shorter(t *testing.T) string {
	return rewrite(t, release(t, "2026-06-26"), "03_July_2026_Small_boats_-_time_series.ods", func(s string) string {
		i := strings.Index(s, `office:date-value="2026-06-25T00:00:00"`)
		from := strings.LastIndex(s[:i], "<table:table-row")
		to := i + strings.Index(s[i:], "</table:table-row>") + len("</table:table-row>")
		return s[:from] + s[to:]
	})
}

// bomb returns a spreadsheet that grows to a gigabyte.
func bomb(t *testing.T) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, fill := range map[string]int{"mimetype": 0, "content.xml": 1 << 30} {
		method := zip.Store
		if fill > 0 {
			method = zip.Deflate
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if fill == 0 {
			io.WriteString(w, "application/vnd.oasis.opendocument.spreadsheet")
			continue
		}
		chunk := bytes.Repeat([]byte{' '}, 1<<20)
		for range fill >> 20 {
			if _, err := w.Write(chunk); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return write(t, "2026-07-03.ods", b.Bytes())
}

func TestABadFileLeavesTheLastGoodState(t *testing.T) {
	t.Parallel()
	real := release(t, "2026-06-26")
	data, err := os.ReadFile(real)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"truncated":        {write(t, "2026-07-03.ods", data[:len(data)*2/3]), decode.ErrFormat},
		"empty":            {write(t, "2026-07-03.ods", nil), decode.ErrFormat},
		"html":             {write(t, "2026-07-03.ods", []byte("<!DOCTYPE html><html lang=\"en\"><title>Sorry</title></html>")), decode.ErrFormat},
		"bomb":             {bomb(t), decode.ErrTooLarge},
		"renamed column":   {rewrite(t, real, "2026-07-03.ods", replace(">Boats arrived<", ">Vessels<")), decode.ErrHeader},
		"negative count":   {rewrite(t, real, "2026-07-03.ods", replace(`office:value="191"`, `office:value="-191"`)), decode.ErrCount},
		"ends earlier":     {shorter(t), check.ErrShrunk},
		"no such file":     {filepath.Join(t.TempDir(), "2026-07-03.ods"), os.ErrNotExist},
		"filler and count": {rewrite(t, real, "2026-07-03.ods", replace(`office:value="191"`, `office:value="191" table:number-columns-repeated="10000000000"`)), decode.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			cfg := config(t, dir)
			cfg.Now = noonOf("2026-07-04")
			mustAdd(t, cfg, release(t, "2026-06-19"), real)
			before := tree(t, dir, true)
			out := add(t, cfg, c.file)
			if out[0].State != review.Failed || !errors.Is(out[0].Err, c.want) || !strings.Contains(out[0].Error, ".ods") {
				t.Errorf("outcome %+v, want %v and the file's name", out[0], c.want)
			}
			if name != "no such file" && out[0].Hint == "" {
				t.Error("no hint")
			}
			same(t, tree(t, dir, true), before)
		})
	}
}

func TestAnOlderReleaseThatHasMoreIsRefusedToo(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	cfg.Now = noonOf("2026-07-04")
	mustAdd(t, cfg, shorter(t)) // said to be of July
	if out := add(t, cfg, release(t, "2026-06-26")); !errors.Is(out[0].Err, check.ErrShrunk) {
		t.Errorf("outcome %+v", out[0])
	}
}

func TestOneBadSourceNeverStopsTheOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	bad := *cfg.Sources[0]
	bad.ID, bad.Place.Page = "bad-source", "https://nowhere.invalid/api/content/x"
	good := *cfg.Sources[0]
	good.Place.Page = ""
	cfg.Sources = []*source.Source{&bad, &good}
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	cfg.Client = fetch.Mirror(server.URL, cfg.Now)
	if out := runs(t, cfg); len(out) != 2 || !out[0].Failed() || out[1].State != review.Added {
		t.Errorf("outcomes %+v", out)
	}
}
