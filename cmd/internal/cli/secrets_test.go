package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// readers lists the files that may read the environment: for addresses and credentials of
// channels, the place of a bucket, the contact for publishers, the Go runtime's own variables,
// and the benchmark program's profile. The S3 client reads its credentials by itself.
var readers = map[string]bool{"../../../cmd/ingest/notify.go": true, "../../../cmd/publish/upload.go": true, "../../../cmd/internal/cli/cli.go": true, "../../../cmd/publish/main.go": true,
	"../../../pipeline/microdata/bench/main.go": true}

// TestNoSecrets checks every flag and every use of the environment. Secrets come from the
// environment, because other users of a machine can read command lines.
func TestNoSecrets(t *testing.T) {
	flag := regexp.MustCompile(`Flags\(\)\.\w+\([^,]+, "([a-z-]+)"`)
	secret := regexp.MustCompile(`(?i)secret|token|pass|key|credential|auth|cookie`)
	environment := regexp.MustCompile(`\b(?:os|syscall)\.(?:Getenv|LookupEnv|Environ|ExpandEnv)\b`)
	flags := 0
	eachFile(t, func(path string, code []byte) {
		for _, m := range flag.FindAllSubmatch(code, -1) {
			flags++
			if secret.Match(m[1]) {
				t.Errorf("%s: --%s takes a secret, which others can read from the command line", path, m[1])
			}
		}
		if m := environment.Find(code); m != nil && !readers[filepath.ToSlash(path)] {
			t.Errorf("%s: %s reads the environment", path, m)
		}
	})
	if flags < 10 {
		t.Errorf("%d flags found", flags)
	}
}

// TestNoOtherPrograms checks that no code starts or loads a program, except the command that
// an operator chose for notifications.
func TestNoOtherPrograms(t *testing.T) {
	start := regexp.MustCompile(`"os/exec"|"plugin"|import "C"|\b(?:os\.StartProcess|(?:syscall|unix)\.(?:Exec|ForkExec))\b`)
	eachFile(t, func(path string, code []byte) {
		if m := start.Find(code); m != nil && filepath.ToSlash(path) != "../../../pipeline/watch/notify/notify.go" {
			t.Errorf("%s: %s", path, m)
		}
	})
}

// eachFile calls do with the path and text of each Go file, except tests.
func eachFile(t *testing.T, do func(path string, code []byte)) {
	t.Helper()
	for _, folder := range []string{"cmd", "pipeline", "charts", "schemas", "docs"} {
		err := filepath.WalkDir(filepath.Join("..", "..", "..", folder), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "sourcetest"):
				return fs.SkipDir
			case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			code, err := os.ReadFile(path)
			if err == nil {
				do(path, code)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
