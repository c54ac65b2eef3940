package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/source/sourcetest/files"
)

// TestRefusedRecordsLeaveNothing gives files that cannot be used to a source that has something, and to one that has nothing.
func TestRefusedRecordsLeaveNothing(t *testing.T) {
	t.Parallel()
	good := nights(t)[0]
	rejects := borderHeader
	for i := range 40 {
		rejects += borderDay("2025-02-21", fmt.Sprintf("b%d", i)) + fmt.Sprintf("c%d,2025-02-30,English Channel,SYR,male,1,\n", i)
	}
	for name, c := range map[string]struct{ text, want string }{
		"no such column":   {"a,b\n1,2\n", `no column "Record"`},
		"an open quote":    {borderHeader + "1,\"2025-02-21", "a quote is not closed"},
		"a web page":       {"<!DOCTYPE html>\n<html></html>\n", "no column"},
		"nothing":          {"", "the file is empty"},
		"too many rejects": {rejects, `bad.csv: row 81, column "event_date": too many bad rows: 40 of 80 records, more than the 1 that may be left out; the last of them for bad_event_date, "2025-02-30"`},
	} {
		t.Run(name, func(t *testing.T) {
			file := writeRecords(t, "bad.csv", c.text)
			empty, full := config(t, t.TempDir()), config(t, t.TempDir())
			mustAddRecords(t, full, borderLayout, "", good)
			for _, cfg := range []world{empty, full} {
				before := tree(t, cfg.Data, false)
				out := addRecords(t, cfg, borderLayout, "2025-03-01", file)
				if len(out) != 1 || !out[0].Failed() || !strings.Contains(out[0].Error, c.want) || out[0].Hint == "" {
					t.Errorf("%+v\nwant %s", out, c.want)
				}
				same(t, tree(t, cfg.Data, false), before)
			}
		})
	}
}

// TestRefusedBytesCanBeRead gives records with NUL, another encoding and a long text: the list of what was refused is
// UTF-8 without control characters all the same.
func TestRefusedBytesCanBeRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ö", 60)
	text := borderHeader + borderDay("2025-02-21", "k1") + "a\x00,2025-02-21,English Channel,SYR,male,1,\nb,2025-02-21,Caf\xe9,SYR,male,1,\nc,2025-02-21,r" + long + ",SYR,male,1,\n"
	cfg := config(t, t.TempDir())
	out := mustAddRecords(t, cfg, lenient(t, "90"), "2025-03-01", writeRecords(t, "odd.csv", text))
	rows := files.ReadCSV(t, cfg.Data, "out", "quarantine", "rows", "source=tidy-events~border", out[0].Release+".csv")
	var got []string
	for _, row := range rows[1:] {
		got = append(got, row[6])
	}
	if diff := cmp.Diff([]string{`a\x00`, `Caf\xe9`, "r" + long[:78]}, got); diff != "" {
		t.Error(diff)
	}
}

// TestFirstRecordsOfWhichNoneIsGood gives files without a good record to a source that has nothing: the error says why, and
// names no file of ours.
func TestFirstRecordsOfWhichNoneIsGood(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"a header alone": {borderHeader, "bad.csv: no records in it: not the expected shape"},
		"all are bad": {
			borderHeader + "a,2025-02-21,Atlantis,SYR,male,1,\nb,2025-02-30,English Channel,SYR,male,1,\n",
			`bad.csv: row 2, column "route": not the expected shape: none of 2 records is valid; the first was excluded for bad_route, "Atlantis"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(t, t.TempDir())
			before := tree(t, cfg.Data, false)
			out := addRecords(t, cfg, borderLayout, "2025-03-01", writeRecords(t, "bad.csv", c.text))
			if len(out) != 1 || !out[0].Failed() || !strings.Contains(out[0].Error, c.want) || out[0].Hint != "compare its columns with the layout" {
				t.Errorf("%+v\nwant %s", out, c.want)
			}
			same(t, tree(t, cfg.Data, false), before)
		})
	}
}
