package strictjson

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

type example struct {
	Title string         `json:"title"`
	Codes map[string]int `json:"codes"`
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"whole", "{\"title\": \"a # b\"}", ""},
		{"comments", "# about it\n{\n  # the title\n  \"title\": \"a\"\n\t# end\n}\n# after", ""},
		{"byte order mark", "\ufeff{}", ""},
		{"unknown field", "{\n# here\n\"titel\": \"a\"}", `line 3: not the expected file format: json: unknown field "titel"`},
		{"twice", "{\"title\": \"a\",\n\"title\": \"b\"}", `line 2: not the expected file format: "title" occurs twice`},
		{"twice in a map", "{\"codes\": {\"a\": 1, \"a\": 2}}", `"a" occurs twice`},
		{"kind", "{\n\n\"title\": 1}", "line 3"},
		{"text after", "{} {}", "more text"},
		{"cut", "{\"title\":", "line 1"},
		{"too large", "{\"title\": \"" + strings.Repeat("a", 200) + "\"}", "too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var e example
			err := Parse("layout.json", []byte(c.text), 150, &e, func() error { return nil }, "see the page")
			if c.says == "" {
				if err != nil || strings.Contains(c.text, "title") && !strings.HasPrefix(e.Title, "a") {
					t.Fatalf("%+v, %v", e, err)
				}
				return
			}
			var place *decode.Error
			if !errors.As(err, &place) || place.File != "layout.json" || place.Hint != "see the page" || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}
