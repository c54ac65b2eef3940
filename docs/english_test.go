package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// stilted maps words that a native engineer would not write to what to write instead.
var stilted = map[*regexp.Regexp]string{
	phrase(`of which`):            `"whose", or two sentences`,
	phrase(`anew`):                `"again", or a verb such as "rebuild"`,
	phrase(`whoever`):             `the person or program that you mean`,
	phrase(`beside`):              `"next to", "with" or "against"`,
	phrase(`where there is none`): `"if there is none"`,
	phrase(`in place of`):         `"instead of"`,
}

func phrase(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b` + strings.ReplaceAll(words, " ", `\s+`) + `\b`)
}

// unread lists the folders that nobody has rewritten yet. The list must only get shorter. A folder
// with "/..." includes those below it. Some have no files yet: files of package pipeline go there.
var unread = []string{}

// remark is a comment, a text in code or a line of a document.
type remark struct {
	file string
	line int
	text string
}

// TestPlainEnglish checks that comments, messages and documents do not use stilted words again.
// Decisions are not edited (docs/adr). docs/sources and the data dictionary are made from sources and
// schemas.
func TestPlainEnglish(t *testing.T) {
	read, dirty := map[string]bool{}, map[string]bool{}
	for _, r := range remarks(t) {
		folder := filepath.ToSlash(filepath.Dir(r.file))
		i := slices.IndexFunc(unread, func(entry string) bool { return within(folder, entry) })
		if i >= 0 {
			read[unread[i]] = true
		}
		for phrase, better := range stilted {
			found := phrase.FindString(r.text)
			switch {
			case found != "" && i >= 0:
				dirty[unread[i]] = true
			case found != "":
				t.Errorf("%s:%d: %q; write %s", r.file, r.line, found, better)
			}
		}
	}
	for _, entry := range unread {
		if read[entry] && !dirty[entry] {
			t.Errorf("%s is clean: take it off the list of folders that nobody has rewritten", entry)
		}
	}
}

// within reports whether a folder is an entry of unread or, with "/...", below it.
func within(folder, entry string) bool {
	root, below := strings.CutSuffix(entry, "/...")
	return folder == root || below && strings.HasPrefix(folder, root+"/")
}

// remarks returns the text of the repository that people read.
func remarks(t *testing.T) (out []remark) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel("..", path)
		name = filepath.ToSlash(name)
		switch {
		case d.IsDir() && (name == "docs/adr" || name == "docs/sources" || name == "data" || name == "bin" || name == "dist" || d.Name() == "testdata" ||
			d.Name() == "node_modules" || name != "." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case name == "docs/english_test.go", name == "docs/data-dictionary.md":
		case strings.HasSuffix(name, ".go"):
			return code(path, name, &out)
		case strings.HasSuffix(name, ".md") || strings.HasPrefix(name, "deploy/") && d.Type().IsRegular() || name == "Makefile" ||
			strings.HasPrefix(name, "schemas/") && strings.HasSuffix(name, ".csv"):
			return lines(path, name, &out)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 1000 {
		t.Fatalf("only %d texts found", len(out))
	}
	return out
}

// code appends the comments and strings of a Go file.
func code(path, name string, out *[]remark) error {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, c := range f.Comments {
		*out = append(*out, remark{name, set.Position(c.Pos()).Line, c.Text()})
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
			*out = append(*out, remark{name, set.Position(text.Pos()).Line, text.Value})
		}
		return true
	})
	return nil
}

// lines appends the paragraphs of a document, each with the number of its first line.
func lines(path, name string, out *[]remark) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	line := 1
	for _, paragraph := range strings.SplitAfter(string(data), "\n\n") {
		*out = append(*out, remark{name, line, paragraph})
		line += strings.Count(paragraph, "\n")
	}
	return nil
}
