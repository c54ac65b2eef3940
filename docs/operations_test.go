package docs_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCommandsInOperationsExist checks that every command in the code of operations.md exists, with
// its flags.
func TestCommandsInOperationsExist(t *testing.T) {
	flag := regexp.MustCompile(`Flags\(\)\.\w+\((?:[^"\n]*, )?"([a-z-]+)"`)
	all := func(code string) (names []string) {
		for _, m := range flag.FindAllStringSubmatch(code, -1) {
			names = append(names, m[1])
		}
		return names
	}
	common := all(text(t, "../cmd/internal/cli/*.go"))
	commands, flags := map[string][]string{}, map[string][]string{}
	for _, program := range []string{"ingest", "publish"} {
		code := text(t, "../cmd/"+program+"/*.go")
		for _, m := range regexp.MustCompile(`Use:\s+"([a-z]+)`).FindAllStringSubmatch(code, -1) {
			commands[program] = append(commands[program], m[1])
		}
		flags[program] = append(all(code), common...)
	}
	page := text(t, "operations.md")
	var lines []string
	for i, block := range strings.Split(page, "```") {
		if i%2 == 1 {
			lines = append(lines, strings.Split(block, "\n")...)
			continue
		}
		for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(block, -1) {
			lines = append(lines, m[1])
		}
	}
	seen := 0
	for _, line := range lines {
		words := strings.Fields(line)
		if len(words) < 2 || commands[words[0]] == nil || !regexp.MustCompile(`^[a-z]+$`).MatchString(words[1]) {
			continue
		}
		seen++
		if !slices.Contains(commands[words[0]], words[1]) {
			t.Errorf("operations.md: %q: there is no command %s %s", line, words[0], words[1])
		}
		line, _, _ = strings.Cut(line, `"`)
		for _, m := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(line, -1) {
			if !slices.Contains(flags[words[0]], m[1]) {
				t.Errorf("operations.md: %q: %s has no flag --%s", line, words[0], m[1])
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d commands were found; the test shows little", seen)
	}
}
