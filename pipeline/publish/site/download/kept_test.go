package download

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
)

// topicFiles returns the files of a topic, made with what a folder keeps.
func topicFiles(t *testing.T, s content.Site, topic string, made *cached.Folder) map[string][]byte {
	t.Helper()
	index := content.NewIndex(s)
	i := slices.IndexFunc(s.Topics, func(x charts.Topic) bool { return x.ID == topic })
	files, out := New(index, s.Stamper(), made), map[string][]byte{}
	err := files.topic(func(name string, data []byte) error { out[name] = bytes.Clone(data); return nil }, s.Topics[i])
	if err != nil || len(out) != 3 {
		t.Fatal(err, len(out))
	}
	return out
}

func equalFiles(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }

// TestKeptPartsGiveTheSameFiles compares files of a topic made from nothing with those made from what an
// earlier build kept, from damaged parts, and from parts of another table.
func TestKeptPartsGiveTheSameFiles(t *testing.T) {
	s, dir := sitetest.Real(t), t.TempDir()
	fresh := topicFiles(t, s, "returns", nil)
	for range 2 {
		if !equalFiles(topicFiles(t, s, "returns", cached.Open(dir, []byte("test"))), fresh) {
			t.Fatal("the files have other bytes with kept parts")
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 10 {
		t.Fatal(err, len(entries))
	}
	for _, e := range entries {
		data, err := os.ReadFile(dir + "/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)-1] ^= 1
		if err := os.WriteFile(dir+"/"+e.Name(), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !equalFiles(topicFiles(t, s, "returns", cached.Open(dir, []byte("test"))), fresh) {
		t.Error("damaged parts were used")
	}
}

// TestAChangedRowIsInAllFiles changes one row after everything was kept.
func TestAChangedRowIsInAllFiles(t *testing.T) {
	dir := t.TempDir()
	before := topicFiles(t, sitetest.Real(t), "returns", cached.Open(dir, []byte("test")))
	s := sitetest.Real(t)
	for i, x := range s.Tables {
		if x.Schema.Name != "year-on-year" {
			continue
		}
		changed := *x
		changed.Rows = slices.Clone(x.Rows)
		series, value := x.Schema.Index("series"), x.Schema.Index("value")
		at := slices.IndexFunc(changed.Rows, func(row []table.Cell) bool { return strings.HasPrefix(row[series].String(), "ukho-returns:") })
		changed.Rows[at] = slices.Clone(changed.Rows[at])
		changed.Rows[at][value] = table.Int(123456789)
		s.Tables[i] = &changed
	}
	kept, fresh := topicFiles(t, s, "returns", cached.Open(dir, []byte("test"))), topicFiles(t, s, "returns", nil)
	if !equalFiles(kept, fresh) {
		t.Error("a change gives other bytes with kept parts")
	}
	for name := range before {
		if bytes.Equal(before[name], kept[name]) {
			t.Errorf("%s does not have the change", name)
		}
	}
}
