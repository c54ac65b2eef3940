package cli_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// invocation matches a command with its arguments in a systemd unit, a crontab, a Kubernetes
// manifest or a text.
var invocation = regexp.MustCompile(`\b(ingest|publish)(?:, | )((?:run|notify|upload|verify|status)(?:(?:, | )(?:--?[a-z]+(?:-[a-z]+)*|/[a-z/]+|\$[({][A-Z]+[)}]|log))*)`)

// TestDeployedCommandsExist runs the help of every command in deploy/, with its flags, so that
// no example names a command or flag that does not exist.
func TestDeployedCommandsExist(t *testing.T) {
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin, "crossings/cmd/...").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := map[string]bool{}
	err := filepath.WalkDir("../../../deploy", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range invocation.FindAllStringSubmatch(string(text), -1) {
			found[m[1]+" "+strings.ReplaceAll(m[2], ",", "")] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"ingest run --quiet --log /srv/crossings/log", "ingest notify --quiet --data /var/lib/crossings", "publish run --quiet --log log",
		"publish upload --quiet --data /var/lib/crossings --log /var/log/crossings --to ${TARGET}", "publish upload --quiet --log /srv/crossings/log --to $(TARGET)",
		"publish verify --quiet --log log", "ingest verify --quiet --log /srv/crossings/log"} {
		if !found[want] {
			t.Errorf("deploy/ has no %q; found %v", want, found)
		}
	}
	for command := range found {
		args := strings.Fields(command)
		if out, err := exec.Command(filepath.Join(bin, args[0]), append(args[1:], "--help")...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
}
