package pipeline_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// claimsFinality finds the word in text for people and in tables. It is not in file names of programs.
var claimsFinality = regexp.MustCompile(`(?i)\bfinal\b`)

// texts are the endings of the names of files that people or programs read as text.
var texts = map[string]bool{".html": true, ".csv": true, ".json": true, ".md": true, ".txt": true, ".xml": true, ".atom": true, ".svg": true, ".ics": true, ".bib": true, ".cff": true, ".ris": true}

// TestNothingIsCalledFinal reads every text of the starter site. No publisher of it calls a figure final,
// and the ledger has seen several series revised.
func TestNothingIsCalledFinal(t *testing.T) {
	t.Parallel()
	cfg, _ := publishedStarter(t)
	read := 0
	err := filepath.WalkDir(filepath.Join(cfg.Data, "out", "site"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !texts[filepath.Ext(path)] {
			return err
		}
		data, err := os.ReadFile(path)
		if at := claimsFinality.FindIndex(data); at != nil {
			t.Errorf("%s: %q", path, data[max(0, at[0]-80):min(len(data), at[1]+80)])
		}
		read++
		return err
	})
	if err != nil || read < 100 {
		t.Errorf("%d files read, %v", read, err)
	}
}

// TestStarterSentencesAreFair checks the sentences of the starter site. Its figures on deaths end in
// 2024 and its newest release is of 2026.
func TestStarterSentencesAreFair(t *testing.T) {
	t.Parallel()
	cfg, _ := publishedStarter(t)
	dir := cfg.Data
	newest := stat.Date(0)
	for _, r := range rows(t, dir, "releases") {
		newest = max(newest, stat.MustDate(r["vintage"]))
	}
	late := map[string]bool{}
	for _, s := range rows(t, dir, "sources") {
		late[s["source"]] = s["state"] == "late" || s["state"] == "dead" || s["state"] == "retired"
	}
	open, behind := 0, 0
	for _, h := range rows(t, dir, "headlines") {
		cutoff := stat.MustDate(h["cutoff"])
		source, _, _, _, err := stat.SeriesID(h["series"]).Parse()
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`so far`).MatchString(h["text"]) {
			if open++; stat.NewDate(cutoff.Year(), time.December, 31) < newest {
				t.Errorf("a closed year: %q", h["text"])
			}
		}
		if late[source] {
			behind++
			until := regexp.MustCompile(`^(To|On|In the twelve months to) ` + cutoff.Long())
			wholeYear := cutoff == stat.Year(cutoff.Year()).End && strings.HasPrefix(h["text"], fmt.Sprintf("In %d, ", cutoff.Year()))
			if !until.MatchString(h["text"]) && !wholeYear {
				t.Errorf("a source that is not on time: %q", h["text"])
			}
		}
	}
	if open == 0 || behind == 0 {
		t.Errorf("%d sentences on open years, %d on late sources", open, behind)
	}
}
