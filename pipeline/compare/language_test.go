package compare

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The files testdata/*.test state what this package computes in a language that
// a statistician can read and write. A line that begins with # is a comment;
// "# rule: NAME" says which rule of DEFINITIONS.md the next case shows, and
// TestEveryRuleHasACase lists the names. A blank line ends nothing. An indented
// line belongs to the command above it. There are three commands.
//
//	load SERIES [stock]
//	  [vintage YYYY-MM-DD]
//	  [file NAME COLUMN]
//	  [range YYYY-MM-DD YYYY-MM-DD VALUE]
//	  YYYY-MM-DD VALUE VALUE …
//
// gives a series its observations. The date is the last day of the first period. The values
// are for consecutive periods of the frequency in the series' identifier; a week is the seven
// days to the date. A stock has its values only on the last days. A VALUE is
//
//	5          five, status A
//	-          missing, status O
//	5P  -Q     with another SDMX status
//	5[4..7]    five, and the publisher's range is four to seven
//	0x28 -x3   the same, 28 or 3 times
//
// "vintage" dates the release of the lines after it. "file" reads a column of a CSV file in
// testdata: last days of periods, then values with status P; an empty value is missing.
//
//	clear
//
// forgets all series.
//
//	eval QUERY [where COLUMN=TEXT …]
//	  COLUMN COLUMN …
//	  TEXT TEXT …
//
// runs a query and compares the columns named with the rows expected: all rows of the answer,
// in order, or those that the where clauses select. Missing is "-". A TEXT with spaces needs
// double quotes; ~"TEXT" matches a cell that contains it. Instead of the columns, "(none)" says
// that there are no rows, and "error TEXT" that the query gives an error that contains TEXT.
//
// The queries:
//
//	coverage S                       cutoff S S …
//	sum S FROM to DATE               change VALUE from PRIOR
//	year-to-date S to DATE           year-on-year BASIS S to DATE
//	policy-periods S FROM to DATE    daily S
//	slots S YEAR                     records S top N
//	ratio S by S FROM to DATE        ratios S by S to DATE
//	per-thousand S by S FROM to DATE per-thousands S by S to DATE
//	residual S less S … FROM to DATE
//	passed-on S to DATE              share-reached S to DATE
//	context S by S
//
// A word that is not in this list is an error, at its file and line.

// frame is the answer to a query: columns and rows of text.
type frame struct {
	columns []string
	rows    [][]string
}

// add appends a row; values print as they do for machines, missing as "-".
func (f *frame) add(values ...any) {
	row := make([]string, len(values))
	for i, v := range values {
		if row[i] = fmt.Sprint(v); row[i] == "" {
			row[i] = "-"
		}
	}
	f.rows = append(f.rows, row)
}

// script is one test file being run: the series that it has loaded.
type script struct {
	paths map[string]*Path
}

// block is a command with its indented lines.
type block struct {
	line int
	text string
	body []block
}

func TestLanguage(t *testing.T) {
	for _, name := range testFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			s := &script{paths: map[string]*Path{}}
			for _, b := range readBlocks(t, name) {
				if err := s.run(b); err != nil {
					t.Errorf("%s:%v", name, err)
				}
			}
		})
	}
}

func testFiles(t *testing.T) []string {
	names, err := filepath.Glob("testdata/*.test")
	if err != nil || len(names) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	return names
}

func readBlocks(t *testing.T, name string) []block {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := parseBlocks(data)
	if err != nil {
		t.Fatalf("%s:%v", name, err)
	}
	return blocks
}

// parseBlocks splits a test file. Its errors begin with the line.
func parseBlocks(data []byte) ([]block, error) {
	var out []block
	sc := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; sc.Scan(); n++ {
		text := strings.TrimSpace(sc.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		b := block{line: n, text: text}
		if sc.Text()[0] != ' ' {
			out = append(out, b)
		} else if len(out) == 0 {
			return nil, fmt.Errorf("%d: indented line without a command", n)
		} else {
			out[len(out)-1].body = append(out[len(out)-1].body, b)
		}
	}
	return out, sc.Err()
}

// run carries out one command. Its errors begin with the line.
func (s *script) run(b block) error {
	words, err := fields(b.text)
	if err != nil {
		return fmt.Errorf("%d: %w", b.line, err)
	}
	switch words[0] {
	case "load":
		return s.load(b, words[1:])
	case "clear":
		s.paths = map[string]*Path{}
		return nil
	case "eval":
		return s.eval(b, words[1:])
	}
	return fmt.Errorf("%d: unknown command %q", b.line, words[0])
}

// eval runs a query and compares its answer with the block's lines.
func (s *script) eval(b block, words []string) error {
	words, where := cut(words, "where")
	if len(b.body) == 0 {
		return fmt.Errorf("%d: eval without expected rows", b.line)
	}
	head, err := fields(b.body[0].text)
	if err != nil {
		return fmt.Errorf("%d: %w", b.body[0].line, err)
	}
	got, err := s.query(words)
	if head[0] == "error" {
		if err == nil || !strings.Contains(err.Error(), strings.Join(head[1:], " ")) || len(b.body) > 1 {
			return fmt.Errorf("%d: got error %v, want one with %q", b.line, err, strings.Join(head[1:], " "))
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("%d: %w", b.line, err)
	}
	if got.rows, err = got.choose(where); err != nil {
		return fmt.Errorf("%d: %w", b.line, err)
	}
	if head[0] == "(none)" {
		if len(got.rows) > 0 || len(b.body) > 1 {
			return fmt.Errorf("%d: got %d rows, want none: %v", b.line, len(got.rows), got.rows)
		}
		return nil
	}
	return got.match(head, b.body)
}

// choose returns the rows that satisfy all clauses COLUMN=TEXT.
func (f *frame) choose(where []string) ([][]string, error) {
	rows := f.rows
	for _, clause := range where {
		column, text, ok := strings.Cut(clause, "=")
		i := slices.Index(f.columns, column)
		if !ok || i < 0 {
			return nil, fmt.Errorf("where %q: columns are %v", clause, f.columns)
		}
		rows = slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return r[i] != text })
	}
	return rows, nil
}

// match compares the named columns with the lines after the first.
func (f *frame) match(names []string, body []block) error {
	line, want := body[0].line, body[1:]
	var at []int
	for _, name := range names {
		i := slices.Index(f.columns, name)
		if i < 0 {
			return fmt.Errorf("%d: no column %q; columns are %v", line, name, f.columns)
		}
		at = append(at, i)
	}
	if len(want) != len(f.rows) {
		return fmt.Errorf("%d: got %d rows, want %d: %v", line, len(f.rows), len(want), f.rows)
	}
	for r, l := range want {
		cells, err := fields(l.text)
		if err != nil {
			return fmt.Errorf("%d: %w", l.line, err)
		}
		if len(cells) != len(at) {
			return fmt.Errorf("%d: %d cells for %d columns", l.line, len(cells), len(at))
		}
		for c, cell := range cells {
			got := f.rows[r][at[c]]
			part, contains := strings.CutPrefix(cell, "~")
			if contains && !strings.Contains(got, part) || !contains && got != cell {
				return fmt.Errorf("%d: %s: got %q, want %q", l.line, names[c], got, cell)
			}
		}
	}
	return nil
}

// fields splits a line at spaces that are not in double quotes.
func fields(line string) ([]string, error) {
	var out []string
	var word strings.Builder
	quoted, started := false, false
	for _, r := range line + " " {
		switch {
		case r == '"':
			quoted, started = !quoted, true
		case r != ' ' || quoted:
			word.WriteRune(r)
			started = true
		case started:
			out = append(out, word.String())
			word.Reset()
			started = false
		}
	}
	if quoted {
		return nil, fmt.Errorf("unclosed quotation mark")
	}
	return out, nil
}

// cut splits words at the first that equals at.
func cut(words []string, at string) (before, after []string) {
	if i := slices.Index(words, at); i >= 0 {
		return words[:i], words[i+1:]
	}
	return words, nil
}

// query answers the words of an eval line.
func (s *script) query(words []string) (*frame, error) {
	if len(words) == 0 {
		return nil, fmt.Errorf("eval without a query")
	}
	q, ok := queries[words[0]]
	if !ok {
		return nil, fmt.Errorf("unknown query %q", words[0])
	}
	a := &args{script: s, words: words[1:]}
	f := q(a)
	if a.err == nil && len(a.words) > 0 {
		a.err = fmt.Errorf("unknown words %q", a.words)
	}
	return f, a.err
}

// rules lists the rules of DEFINITIONS.md §2 and §3 that this package implements.
var rules = []string{
	"a range is not allocated to days",
	"newest vintage of the parts",
	"weeks end on Sunday",
	"seven days ending D may differ from the week",
	"a published zero is zero, a day outside coverage is missing",
	"cut-off is the last day covered by every series",
	"year to date is aligned by calendar date, not by ordinal day",
	"cut-off on 29 February is 28 February in common years",
	"the number of days in each window is published",
	"366 slots, 29 February repeats in common years",
	"a part year is never compared with only a whole year",
	"straddling periods are not apportioned",
	"weekly and daily sums over a year may differ",
	"weeks in a year to date are paired by number",
	"a part period is never published",
	"month, quarter and year against the same of the year before",
	"year ending with a month",
	"rolling 12 months to the cut-off",
	"rolling 12 months at the end of February",
	"cumulative path",
	"rank and record, ties kept",
	"date on which last year passed today's cumulative",
	"share of the whole year reached",
	"trailing seven-day mean only where all seven are covered",
	"policy period",
	"policy periods never overlap",
	"context where both windows are known",
	"change from unrounded counts",
	"no per cent on a base that is zero, missing or below 30",
	"ratio of sums, empty where the denominator is 0 or missing",
	"deaths per 1,000 arrivals with an exact Poisson interval",
	"ranges go through end by end",
	"publish the residual, never scale",
	"two publishers stay two series, with a bridge",
	"a stock is never summed over time",
	"statuses: the strongest warning of the parts",
}

func TestEveryRuleHasACase(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range testFiles(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if rule, ok := strings.CutPrefix(strings.TrimSpace(line), "# rule: "); ok {
				if seen[rule] = true; !slices.Contains(rules, rule) {
					t.Errorf("%s: rule %q is not in the list", name, rule)
				}
			}
		}
	}
	for _, rule := range rules {
		if !seen[rule] {
			t.Errorf("rule %q has no case", rule)
		}
	}
}

// TestLanguageRefuses checks that a wrong or malformed case fails, with its line in the error.
func TestLanguageRefuses(t *testing.T) {
	const load = "load a:b:D\n  2024-01-01 1 2 3\n"
	for _, c := range []struct{ name, text, want string }{
		{"wrong value", load + "eval sum a:b:D 2024-01-01 to 2024-01-03\n  value\n  7", `5: value: got "6", want "7"`},
		{"too few rows", load + "eval daily a:b:D\n  value\n  1", "4: got 3 rows, want 1"},
		{"rows, not none", load + "eval daily a:b:D\n  (none)", "3: got 3 rows, want none"},
		{"no error", load + "eval daily a:b:D\n  error x", "3: got error <nil>"},
		{"unknown command", "evaluate", `1: unknown command "evaluate"`},
		{"unknown query", load + "eval sums a:b:D\n  value", `3: unknown query "sums"`},
		{"unknown words", load + "eval daily a:b:D please\n  value", `unknown words ["please"]`},
		{"unknown column", load + "eval daily a:b:D\n  worth", `4: no column "worth"`},
		{"unknown series", "eval daily a:b:D\n  value", `series "a:b:D" is not loaded`},
		{"unknown basis", load + "eval year-on-year decade a:b:D to 2024-01-01\n  value", `unknown basis "decade"`},
		{"no expectation", load + "eval daily a:b:D", "3: eval without expected rows"},
		{"bad value", "load a:b:D\n  2024-01-01 1,2", `2: "1,2" is not a count`},
		{"bad status", "load a:b:D\n  2024-01-01 1Z", "status"},
		{"bad end", "load a:b:M\n  2024-01-01 1", "2: 2024-01-01 is not the last day"},
		{"loaded twice", load + load, "loaded already"},
		{"overlap", "load a:b:D\n  2024-01-01 1 2\n  2024-01-02 1", "overlaps"},
		{"open quotation", load + "eval daily a:b:D\n  \"value", "unclosed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &script{paths: map[string]*Path{}}
			blocks, err := parseBlocks([]byte(c.text))
			for _, b := range blocks {
				if err == nil {
					err = s.run(b)
				}
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
