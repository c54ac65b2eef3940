package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"crossings/pipeline/hint"
	"crossings/pipeline/ingest"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/microdata/refused"
	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

// onCluster reads files as bin/beam does and returns the folder that it writes.
func onCluster(t testing.TB, layoutFile, released string, inputs ...string) string {
	t.Helper()
	text, err := os.ReadFile(layoutFile)
	if err != nil {
		t.Fatal(err)
	}
	l, err := layout.Parse("layout.json", text)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var rows bytes.Buffer
	n, w := 0, refused.NewWriter(&rows)
	_, err = engine.Normalise(t.Context(), l.EngineUntil(stat.MustDate(released)), inputs, filepath.Join(dir, "norm"), engine.Options{}, func(x engine.Reject) error {
		n++
		return w.Write(x)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "rejects"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if n > 0 {
		if err := os.WriteFile(filepath.Join(dir, "rejects", "shard-000000.csv"), rows.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// addFrom adds the folder of a cluster under a layout.
func addFrom(t testing.TB, cfg world, layoutFile, released, dir string) []review.Outcome {
	t.Helper()
	return ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) {
		return in.AddMicrodataFrom(t.Context(), border, layoutFile, dir, dayOrNone(released))
	})
}

// clusterRecords are two months of records, with some that are refused: a bad day, a duplicate, a bad number.
func clusterRecords(t testing.TB) string {
	return writeRecords(t, "border.csv", borderHeader+borderDay("2024-01-31", "a1", "a2", "a3")+borderDay("2024-02-01", "b1", "b2", "b3", "b4")+
		"c1,2024-02-30,English Channel,SYR,male,1,\n"+borderDay("2024-02-02", "b1", "b5")+"c2,2024-02-02,English Channel,SYR,male,many,\n")
}

// TestRecordsReadOnACluster adds what a cluster has read. It must say what a local reading of the same files says: the same
// figures, and the same rows in quarantine. It is known when it comes again, and it can be rebuilt from data/raw.
func TestRecordsReadOnACluster(t *testing.T) {
	t.Parallel()
	file, layoutFile, released := clusterRecords(t), lenient(t, "50"), "2024-02-03"
	local, far := config(t, t.TempDir()), config(t, t.TempDir())
	mustAddRecords(t, local, layoutFile, released, file)
	dir := onCluster(t, layoutFile, released, file)
	o := noneFailed(t, addFrom(t, far, layoutFile, released, dir))[0]
	if o.State != review.Added || o.Records != 8 || o.Excluded != 3 {
		t.Fatalf("outcome %+v", o)
	}
	day := stat.MustDate("2024-02-03")
	want, got := knownRecords(t, local, border, day), knownRecords(t, far, border, day)
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("figures -local +cluster\n%s", diff)
	}
	if diff := cmp.Diff(quarantined(t, local), quarantined(t, far)); diff != "" {
		t.Errorf("quarantine -local +cluster\n%s", diff)
	}
	before := tree(t, far.Data, true)
	if o := noneFailed(t, addFrom(t, far, "", released, dir)); len(o) != 1 || o[0].State != review.Known {
		t.Errorf("again: %+v", o)
	}
	same(t, tree(t, far.Data, true), before)
	sameRecords(t, far, restored(t, far))

	// A later day on top, as files, and a later job with a key that is there already.
	mustAddRecords(t, far, "", "2024-02-05", writeRecords(t, "next.csv", borderHeader+borderDay("2024-02-04", "d1")))
	later := onCluster(t, layoutFile, "2024-02-07", writeRecords(t, "later.csv", borderHeader+borderDay("2024-02-06", "e1", "d1")))
	if o := noneFailed(t, addFrom(t, far, "", "2024-02-07", later))[0]; o.State != review.Added || o.Records != 1 || o.Excluded != 1 {
		t.Errorf("a later job: %+v", o)
	}
	sameRecords(t, far, restored(t, far))
}

// quarantined returns the rows of a quarantine without their releases.
func quarantined(t testing.TB, cfg world) (out []string) {
	t.Helper()
	for path, text := range files.Tree(t, filepath.Join(cfg.Data, "out", "quarantine")) {
		if strings.HasSuffix(path, ".csv") {
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				out = append(out, strings.Join(row[2:], "|"))
			}
		}
	}
	return out
}

// TestAClusterThatIsWrong refuses a folder whose files are not what its manifest says, or not what the layout accepts.
// Nothing may be taken in.
func TestAClusterThatIsWrong(t *testing.T) {
	t.Parallel()
	layoutFile, released := lenient(t, "50"), "2024-02-03"
	month := filepath.Join("norm", "year=2024", "2024-01.parquet")
	change := func(path string, how func([]byte) []byte) func(dir string) error {
		return func(dir string) error {
			data, err := os.ReadFile(filepath.Join(dir, path))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, path), how(data), 0o644)
		}
	}
	for name, c := range map[string]struct {
		spoil    func(dir string) error
		released string
		want     string
	}{
		"no job":              {func(dir string) error { return os.RemoveAll(filepath.Join(dir, "norm")) }, released, "--from"},
		"a job that runs":     {func(dir string) error { return os.Remove(filepath.Join(dir, "norm", engine.ManifestName)) }, released, "--from"},
		"a flipped bit":       {change(month, func(b []byte) []byte { b[len(b)/2] ^= 1; return b }), released, "2024-01.parquet is not what the manifest names"},
		"a month that is cut": {change(month, func(b []byte) []byte { return b[:len(b)-9] }), released, "is not what the manifest names"},
		"a lost month":        {func(dir string) error { return os.Remove(filepath.Join(dir, month)) }, released, "2024-01.parquet"},
		"a manifest changed":  {change(filepath.Join("norm", engine.ManifestName), func(b []byte) []byte { return bytes.Replace(b, []byte(`"rows": 3`), []byte(`"rows": 4`), 1) }), released, "does not match its hash"},
		"no refused rows":     {func(dir string) error { return os.RemoveAll(filepath.Join(dir, "rejects")) }, released, "refused rows are 0"},
		"half the refused":    {change("rejects/shard-000000.csv", func(b []byte) []byte { return b[:bytes.LastIndexByte(b[:len(b)-1], '\n')+1] }), released, "refused rows are 2"},
		"other columns":       {change("rejects/shard-000000.csv", func(b []byte) []byte { return bytes.Replace(b, []byte("line"), []byte("row"), 1) }), released, "the columns are"},
		"another day":         {nil, "2024-02-01", "bin/beam --released"},
	} {
		cfg := config(t, t.TempDir())
		dir := onCluster(t, layoutFile, released, clusterRecords(t))
		if c.spoil != nil {
			if err := c.spoil(dir); err != nil {
				t.Fatal(err)
			}
		}
		in := opened(t, cfg)
		list, err := in.AddMicrodataFrom(t.Context(), border, layoutFile, dir, dayOrNone(c.released))
		in.Close()
		for _, o := range list {
			if !o.Failed() {
				t.Errorf("%s: %+v", name, o)
			}
			err = o.Err
		}
		if err == nil || !strings.Contains(err.Error()+hint.Of(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(cfg.Data, "raw", "tidy-events:border")); err == nil {
			t.Errorf("%s: something is in data/raw", name)
		}
	}
}

// TestRecordsInParquet adds a Parquet file with the columns of the layout. It must say what the same rows say as CSV.
func TestRecordsInParquet(t *testing.T) {
	t.Parallel()
	type record struct {
		Record, Route, Nationality, Sex string
		Date                            int32 `parquet:",date"`
		People                          int64
		Note                            *string `parquet:",optional"`
	}
	path := filepath.Join(t.TempDir(), "border.parquet")
	day := int32(stat.MustDate("2024-02-01").Time().Unix() / 86400)
	rows := []record{{"b1", "English Channel", "SYR", "male", day, 1, nil}, {"b2", "Western Balkans", "ERI", "female", day, 2, nil}}
	if err := parquet.WriteFile(path, rows); err != nil {
		t.Fatal(err)
	}
	one, other := config(t, t.TempDir()), config(t, t.TempDir())
	mustAddRecords(t, one, borderLayout, "2024-02-03", writeRecords(t, "border.csv", borderHeader+borderDay("2024-02-01", "b1", "b2")))
	mustAddRecords(t, other, borderLayout, "2024-02-03", path)
	asOf := stat.MustDate("2024-02-03")
	want, got := knownRecords(t, one, border, asOf), knownRecords(t, other, border, asOf)
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("figures -csv +parquet\n%s", diff)
	}
}
