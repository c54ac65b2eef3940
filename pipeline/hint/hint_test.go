package hint

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"syscall"
	"testing"
)

func TestOf(t *testing.T) {
	inner := New("damaged", "restore it")
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"none", errors.New("x"), ""},
		{"nil", nil, ""},
		{"its own", inner, "restore it"},
		{"wrapped", fmt.Errorf("a: %w", inner), "restore it"},
		{"one of several", errors.Join(errors.New("x"), inner), "restore it"},
		{"the outermost counts", With(fmt.Errorf("a: %w", inner), "ask"), "ask"},
		{"an empty one gives way", With(inner, ""), "restore it"},
		{"a full disk", fmt.Errorf("write: %w", syscall.ENOSPC), "make room on the disk, and run again: nothing known was lost"},
		{"a hint comes before the disk", With(syscall.ENOSPC, "ask"), "ask"},
	} {
		if got := Of(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if Of(fs.ErrPermission) == "" {
		t.Error("no hint about permissions")
	}
	if err := With(inner, "ask"); !errors.Is(err, inner) || err.Error() != "damaged" {
		t.Errorf("%v is not what it wraps", err)
	}
}

func TestList(t *testing.T) {
	for n, want := range []string{"", "0", "0 or 1", "0 or 1 and 1 more", "0 or 1 and 2 more"} {
		if got := List(n, 2, " or ", strconv.Itoa); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
