package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNoSecrets looks at every flag and every look at the environment in the program's
// code. The program has no secrets. Whoever brings one in reads it from the environment,
// as other users of a machine can read command lines, and names the variable here.
func TestNoSecrets(t *testing.T) {
	flag := regexp.MustCompile(`Flags\(\)\.\w+\([^,]+, "([a-z-]+)"`)
	secret := regexp.MustCompile(`(?i)secret|token|pass|key|credential|auth|cookie`)
	environment := regexp.MustCompile(`\b(?:os|syscall)\.(?:Getenv|LookupEnv|Environ|ExpandEnv)\b`)
	flags := 0
	for _, folder := range []string{"cmd", "pipeline", "charts", "schemas", "docs"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			code, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range flag.FindAllSubmatch(code, -1) {
				flags++
				if secret.Match(m[1]) {
					t.Errorf("%s: --%s takes a secret, which others can read from the command line", path, m[1])
				}
			}
			if m := environment.Find(code); m != nil {
				t.Errorf("%s: %s reads the environment", path, m)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if flags < 10 {
		t.Errorf("%d flags found", flags)
	}
}
