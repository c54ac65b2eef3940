package stamp

import (
	"maps"
	"strings"
	"testing"
)

var older = []Edition{{"1.1.0", "19 June 2026"}, {"1.0.0", "12 June 2026"}}

func TestAFileCarriesTheVersionInWhichItChanged(t *testing.T) {
	page := []byte("version " + Version + " of " + Released)
	first := New(nil, Edition{"1.0.0", "12 June 2026"}, nil)
	if got := string(first.Fill("page", page)); got != "version 1.0.0 of 12 June 2026" {
		t.Fatalf("the first page says %q", got)
	}
	first.Fill("other", page)
	first.Of("parts", []byte("a"), []byte("b"))
	second := New(first.Ledger(), older[0], older[1:])
	for name, c := range map[string]struct {
		of   [][]byte
		want string
	}{
		"page":  {[][]byte{page}, "1.0.0"},
		"other": {[][]byte{append(page, '.')}, "1.1.0"},
		"parts": {[][]byte{[]byte("ab"), nil}, "1.1.0"},
		"new":   {[][]byte{page}, "1.1.0"},
	} {
		if got := second.Of(name, c.of...); got != c.want {
			t.Errorf("%s carries version %q, want %s", name, got, c.want)
		}
	}
	if got := string(second.Fill("page", page)); got != "version 1.0.0 of 12 June 2026" {
		t.Errorf("a page that is the same says %q", got)
	}
	if got := string(second.Current(page)); got != "version 1.1.0 of 19 June 2026" {
		t.Errorf("a page about the version says %q", got)
	}
	// 1.0.0 is not kept any more.
	if got := New(first.Ledger(), older[0], nil).Of("page", page); got != "1.1.0" {
		t.Errorf("a page names version %s, which is not there", got)
	}
}

func TestASiteWithoutAVersionIsNotStamped(t *testing.T) {
	s := New(nil, Edition{}, nil)
	if got := s.Fill("page", []byte(Version)); string(got) != Version || s.Of("x") != "" || len(s.Ledger()) > 0 {
		t.Errorf("%q, %v", got, s.Ledger())
	}
}

func TestTheLedgerIsReadAsItWasWritten(t *testing.T) {
	l := Ledger{"a.html": {"1.0.0", "0f"}, "data/x, \"y\"": {"1.2.0", "1f"}}
	got, err := Read(l.CSV())
	if err != nil || !maps.Equal(got, l) {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"", "file,version\r\n", "file,data_version,content\r\na,b\r\n", strings.Replace(string(l.CSV()), "content", "hash", 1)} {
		if _, err := Read([]byte(bad)); err == nil {
			t.Errorf("%q is read as a list of versions", bad)
		}
	}
}

func TestEntriesOfTheEditionAreKept(t *testing.T) {
	base := Ledger{"releases/*/embed/a.html": {"1.0.0", "0f"}, "a.html": {"1.0.0", "1f"}}
	s := New(base, older[0], older[1:])
	s.Keep(func(name string) bool { return strings.HasPrefix(name, "releases/") })
	if l := s.Ledger(); len(l) != 1 || l["releases/*/embed/a.html"] != base["releases/*/embed/a.html"] {
		t.Errorf("kept %v", l)
	}
}
