package docs_test

import (
	"regexp"
	"strings"
	"testing"

	"crossings/schemas"
)

// TestGlossary checks that the glossary defines each term once, and mentions every published
// table, every state of a source and every status of an observation.
func TestGlossary(t *testing.T) {
	glossary := text(t, "glossary.md")
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^- \*\*([^*]+)\*\*.*`).FindAllStringSubmatch(glossary, -1) {
		if term := strings.ToLower(m[1]); defined[term] {
			t.Errorf("%q is defined twice", term)
		} else {
			defined[term] = true
		}
		if len(m[0]) < len(m[1])+20 {
			t.Errorf("%q has no definition", m[1])
		}
	}
	for _, name := range schemas.TableNames() {
		if !strings.Contains(glossary, "`"+name+"`") {
			t.Errorf("the glossary does not mention the table %s", name)
		}
	}
	states, err := schemas.CodeList("source-state")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range states {
		if !strings.Contains(glossary, "`"+s.Code+"`") {
			t.Errorf("the glossary does not mention the state %s", s.Code)
		}
	}
	statuses, err := schemas.CodeList("obs-status")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statuses {
		if !strings.Contains(glossary, s.Code+" "+s.Label) {
			t.Errorf("the glossary does not mention the status %s %s", s.Code, s.Label)
		}
	}
	for _, page := range []string{"../README.md", "architecture.md"} {
		if !strings.Contains(text(t, page), "glossary.md)") {
			t.Errorf("%s does not link to the glossary", page)
		}
	}
}
