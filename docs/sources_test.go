package docs_test

import (
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/origin"
)

// TestSourcePagesAreTheRegistry checks the page of each source, which is made from its
// descriptor and its package comment. With -update it writes the pages.
func TestSourcePagesAreTheRegistry(t *testing.T) {
	want := map[string]string{"README.md": sourceIndex()}
	for _, s := range all.Sources {
		want[s.ID+".md"] = sourcePage(t, s)
	}
	if *update {
		if err := os.MkdirAll("sources", 0o755); err != nil {
			t.Fatal(err)
		}
		for name, page := range want {
			if err := os.WriteFile(filepath.Join("sources", name), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, err := os.ReadDir("sources")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := want[f.Name()]; !ok {
			t.Errorf("sources/%s belongs to no source; delete it", f.Name())
		}
	}
	for name, page := range want {
		got, err := os.ReadFile(filepath.Join("sources", name))
		if err != nil || string(got) != page {
			t.Errorf("sources/%s is not what the registry says (%v); go test ./docs -update rewrites it", name, err)
		}
	}
}

func sourceIndex() string {
	var b strings.Builder
	b.WriteString("# Sources\n\nMade from the registry by `go test ./docs -update`; do not edit.\n\n| source | title | what it holds | publisher | licence | comes in |\n|---|---|---|---|---|---|\n")
	for _, s := range all.Sources {
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s | %s | %s | %s |\n", s.ID, s.ID, s.Title, s.Holds, s.Publisher, s.Licence, comesIn(s))
	}
	b.WriteString("\nFigures of your own come in as `tidy:<name>`, in the layout of the table [observations](../data-dictionary.md); a published table as `table:<name>`, see [tables](../tables.md); microdata as `tidy-events:<name>`, see [records](../records.md).\n")
	return b.String()
}

func comesIn(s *source.Source) string {
	if s.Place.Given() {
		return "by `ingest run`"
	}
	return "by `ingest add`"
}

// maxListed limits the series that a page lists one by one. If there are more, which differ only
// in one dimension, the page lists the first.
const maxListed = 24

func sourcePage(t *testing.T, s *source.Source) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n`%s`. Made from the registry and the package comment by `go test ./docs -update`; do not edit.\n\n%s\n\n", s.Title, s.ID, s.Holds)
	fact := func(name, format string, args ...any) { fmt.Fprintf(&b, "- "+name+": "+format+"\n", args...) }
	fact("Publisher", "%s", s.Publisher)
	fact("Licence", "[%s](%s)", s.Licence, s.LicenceAt)
	fact("Page for readers", "<%s>", s.Homepage)
	if !s.Place.Given() {
		fact("Found", "nowhere by itself: `ingest add %s FILE`", s.ID)
	}
	var hosts []string
	for i, p := range s.Places() {
		fact([]string{"Found", "Or else"}[min(i, 1)], "%s", found(p))
		for _, h := range p.Hosts {
			if !slices.Contains(hosts, h) {
				hosts = append(hosts, h)
			}
		}
	}
	if len(hosts) > 0 {
		fact("Hosts that may be asked", "%s", strings.Join(hosts, ", "))
	}
	if s.Place.Given() {
		fact("Looked for", "`%s`, %s", s.Schedule, s.Zone)
	}
	fact("Late", "%d days after a release (every %d, with a grace of %d)", s.Age(0), s.Every, s.Grace)
	if s.Dead != 0 {
		fact("Dead", "from %s: the files were not continued", s.Dead)
	}
	fact("History", "%s", map[bool]string{true: "restated in each release, which may not shrink", false: "stated piece by piece"}[s.Cumulative])
	fact("Bad rows that a file may have", "%d", s.MaxExcluded)
	if s.Restates != "" {
		fact("States the facts of", "[%s](%s.md) earlier or otherwise. %s", s.Restates, s.Restates, s.BridgeNote)
	}
	for _, x := range s.Bridges {
		fact("Bridge", "`%s` and `%s`. %s", x.Series, x.Reference, x.Note)
	}
	for _, r := range s.Rates {
		fact("Rate", "`%s`: `%s` by `%s`", r.Name, r.Numerator, r.Denominator)
	}
	b.WriteString("\n## Series\n\n| series | title | unit | kind |\n|---|---|---|---|\n")
	for i, x := range s.Series {
		if i == maxListed {
			fmt.Fprintf(&b, "\nand %d more.\n", len(s.Series)-maxListed)
			break
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", x.ID, x.Title, x.Unit, x.Kind)
	}
	b.WriteString("\nWhat is counted:\n\n")
	said := map[string]bool{}
	for _, x := range s.Series {
		if !said[x.Definition] {
			said[x.Definition] = true
			fmt.Fprintf(&b, "- %s. %s The publisher calls these figures %s.\n", strings.TrimSuffix(x.Title, "."), x.Definition, x.Designation)
		}
	}
	b.WriteString("\n## The files\n\n" + packageComment(t, s))
	return b.String()
}

// found says where a place is and how the file is recognised there.
func found(p origin.Place) string {
	switch {
	case p.Web != "":
		return fmt.Sprintf("behind a link on <%s>, by the path of its address: `%s`, the newest of them", p.Web, p.Link)
	case p.Address != "":
		return fmt.Sprintf("at <%s>", p.Address)
	}
	out := fmt.Sprintf("among the attachments of <%s>", p.Page)
	if p.Title != nil {
		out += fmt.Sprintf(", by its title: `%s`", p.Title)
	}
	if p.File != nil {
		out += fmt.Sprintf(", by its name: `%s`", p.File)
	}
	if p.Newest {
		out += ", the newest of them"
	}
	return out
}

// packageComment returns the comment of the source's package as Markdown.
func packageComment(t *testing.T, s *source.Source) string {
	folder := filepath.Join("..", "pipeline", "source", strings.ReplaceAll(s.ID, "-", ""))
	if _, err := os.Stat(folder); err != nil {
		t.Fatalf("%s: the package of a source is named like the source without hyphens: %v", s.ID, err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		if f.Doc != nil {
			var p doc.Package
			return string(p.Markdown(f.Doc.Text()))
		}
	}
	t.Fatalf("%s has no package comment", folder)
	return ""
}
