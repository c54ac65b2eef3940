package tables

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/schemas"
)

var update = flag.Bool("update", false, "write the meanings of lower and upper into the schemas")

// startsMeaning begins the part of a description that the code states.
const startsMeaning = " The columns lower and upper are "

// TestLowerAndUpperMeanWhatTheCodeSays compares the schemas with the texts that lie next to the
// computation. With -update it writes them.
func TestLowerAndUpperMeanWhatTheCodeSays(t *testing.T) {
	meanings := map[string]compare.Meaning{}
	for _, m := range compare.Meanings() {
		meanings[m.Table] = m
		if *update {
			describe(t, m)
		}
	}
	for _, name := range schemas.TableNames() {
		s := schemas.MustLoad(name)
		m, described := meanings[name]
		delete(meanings, name)
		if has := s.Index("lower") >= 0 || s.Index("upper") >= 0; has != described {
			t.Errorf("%s: has lower or upper %t, meaning stated %t", name, has, described)
			continue
		}
		if !described {
			continue
		}
		lower, upper := s.Columns[s.Index("lower")].Description, s.Columns[s.Index("upper")].Description
		if !strings.HasSuffix(s.Description, " "+m.Sentence) || lower != m.Lower || upper != m.Upper {
			t.Errorf("%s: the schema does not say what compare.Meanings says; go test ./pipeline/publish/tables -run TestLowerAndUpper -update writes it", name)
		}
		if strings.Count(s.Description, startsMeaning) != 1 {
			t.Errorf("%s: the description does not say once what lower and upper are", name)
		}
	}
	if len(meanings) > 0 {
		t.Errorf("meanings of tables that are not published: %v", meanings)
	}
}

// describe writes a meaning into the schema of its table: to the end of the description, after what
// the table says of itself, and into the two columns.
func describe(t *testing.T, m compare.Meaning) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "schemas", "tables", m.Table+".csv")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	own, _, _ := strings.Cut(m.Sentence, ". ")
	var out bytes.Buffer
	for line := range strings.Lines(string(data)) {
		switch {
		case strings.HasPrefix(line, "# description: "):
			line, _, _ = strings.Cut(strings.TrimSpace(line), " "+own)
			out.WriteString(line + " " + m.Sentence + "\n")
		case strings.HasPrefix(line, "lower,"), strings.HasPrefix(line, "upper,"):
			cells, err := csv.NewReader(strings.NewReader(line)).Read()
			if err != nil {
				t.Fatal(err)
			}
			cells[len(cells)-1] = map[string]string{"lower": m.Lower, "upper": m.Upper}[cells[0]]
			w := csv.NewWriter(&out)
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
			w.Flush()
		default:
			out.WriteString(line)
		}
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
