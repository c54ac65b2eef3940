// Package docs_test compares the documents with the code. For example, the data dictionary must
// match the schemas, and every command and flag must be documented.
package docs_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crossings/schemas"
)

var update = flag.Bool("update", false, "rewrite data-dictionary.md")

func dictionary(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("# Data dictionary\n\nMade from `schemas/` by `go test ./docs -update`. Each table is published as CSV, Parquet and a description in JSON.\n" +
		"In a file of [your own figures](own-figures.md) a measure, unit, area, category or age may be a code of your own.\n")
	for _, name := range schemas.TableNames() {
		writeTable(t, &b, name)
	}
	b.WriteString("\n# In the lake\n\nThese stay below `data/out` and are not published as tables.\n")
	for _, name := range schemas.LakeNames() {
		writeTable(t, &b, name)
	}
	b.WriteString("\n# Code lists\n")
	for _, name := range schemas.CodeListNames() {
		codes, err := schemas.CodeList(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n## %s\n\n| code | label | |\n|---|---|---|\n", name)
		for _, c := range codes {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Code, c.Label, c.Description)
		}
	}
	return b.Bytes()
}

// writeTable appends the columns of a table.
func writeTable(t *testing.T, b *bytes.Buffer, name string) {
	table, err := schemas.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(b, "\n## %s\n\n%s Key: `%s`.\n\n| column | type | unit | codes | |\n|---|---|---|---|---|\n", name, table.Description, strings.Join(table.Key, "`, `"))
	for _, c := range table.Columns {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", c.Name, c.Type, c.Unit, c.CodeList, c.Description)
	}
}

func TestDictionaryIsTheSchemas(t *testing.T) {
	want := dictionary(t)
	if *update {
		if err := os.WriteFile("data-dictionary.md", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("data-dictionary.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("data-dictionary.md is not what the schemas say; go test ./docs -update rewrites it")
	}
}

// text returns all documents, or those that match a pattern, as one text.
func text(t *testing.T, patterns ...string) string {
	t.Helper()
	var b strings.Builder
	for _, p := range patterns {
		names, err := filepath.Glob(p)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", p, names, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(data)
		}
	}
	return b.String()
}

func TestEveryNameIsDocumented(t *testing.T) {
	docs := text(t, "../README.md", "*.md", "adr/*.md", "../deploy/*.md")
	mention := func(what, name string) {
		if !strings.Contains(docs, name) {
			t.Errorf("%s %q is not mentioned in README.md, docs or deploy", what, name)
		}
	}
	for _, command := range []string{"ingest", "publish"} {
		code := text(t, "../cmd/"+command+"/commands.go")
		for _, m := range regexp.MustCompile(`Use:\s+"([a-z]+)`).FindAllStringSubmatch(code, -1) {
			mention("command", command+" "+m[1])
		}
		for _, m := range regexp.MustCompile(`Flags\(\)\.\w+\([^,]+, "([a-z-]+)"`).FindAllStringSubmatch(code, -1) {
			mention("flag", "--"+m[1])
		}
	}
	for _, m := range regexp.MustCompile(`Flags\(\)\.\w+\([^,]+, "([a-z-]+)"`).FindAllStringSubmatch(text(t, "../cmd/internal/cli/cli.go"), -1) {
		mention("flag", "--"+m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)^\t"((?:cmd|pipeline|charts|schemas)[^"]*)":`).FindAllStringSubmatch(text(t, "../pipeline/imports_test.go"), -1) {
		mention("package", "`"+m[1]+"`")
	}
	for _, m := range regexp.MustCompile(`(?m)^([a-z]+):.*## `).FindAllStringSubmatch(text(t, "../Makefile"), -1) {
		if !regexp.MustCompile("`[^`\n]*\\b" + m[1] + "\\b[^`\n]*`").MatchString(text(t, "../README.md")) {
			t.Errorf("make target %q is not mentioned in README.md", m[1])
		}
	}
}

// TestPackageMap compares the table of docs/architecture.md with the map that
// pipeline/imports_test.go enforces.
func TestPackageMap(t *testing.T) {
	quoted, code := regexp.MustCompile(`"([^"]+)"`), regexp.MustCompile("`([^`]+)`")
	names := func(re *regexp.Regexp, list string) string {
		var out []string
		for _, m := range re.FindAllStringSubmatch(list, -1) {
			out = append(out, m[1])
		}
		slices.Sort(out)
		return strings.Join(out, " ")
	}
	drawn := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\| (\S.*) \| .* \| (.*) \|$`).FindAllStringSubmatch(text(t, "architecture.md"), -1) {
		for _, p := range code.FindAllStringSubmatch(m[1], -1) {
			drawn[p[1]] = names(code, m[2])
		}
	}
	entry := regexp.MustCompile(`(?ms)^\t"([^"]+)":\s+(?:nil|\{(.*?)\}),$`)
	enforced := entry.FindAllStringSubmatch(text(t, "../pipeline/imports_test.go"), -1)
	if len(enforced) == 0 {
		t.Fatal("no map found in imports_test.go")
	}
	for _, m := range enforced {
		if got, ok := drawn[m[1]]; !ok || got != names(quoted, m[2]) {
			t.Errorf("architecture.md: %s may import %q, the test says %q", m[1], got, names(quoted, m[2]))
		}
	}
}

// TestLinks checks that every relative link in the documents leads to a file.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for _, pattern := range []string{"../README.md", "*.md", "adr/*.md", "sources/*.md", "../deploy/*.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			for _, m := range link.FindAllStringSubmatch(text(t, name), -1) {
				if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
					t.Errorf("%s: link to %s: %v", name, m[1], err)
				}
			}
		}
	}
}
