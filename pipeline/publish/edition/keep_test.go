package edition

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRule(t *testing.T) {
	var all []Manifest
	for i, day := range []string{"2026-01-09", "2026-01-30", "2026-02-06", "2026-02-27", "2026-05-28", "2026-05-30", "2026-06-25", "2026-06-26"} {
		all = append(all, Manifest{Version: Version{1, i, 0}, Text: Version{1, i, 0}.String(), Vintage: day})
	}
	for rule, want := range map[string]string{"1d": "1.0.0 1.2.0 1.4.0", "28d": "1.0.0 1.2.0 1.4.0", "29d": "1.0.0 1.2.0", "90d": "1.0.0 1.2.0", "3650d": ""} {
		r, err := ParseRule(rule)
		if err != nil {
			t.Fatal(err)
		}
		gone, err := r.Dropped(all)
		var names []string
		for _, m := range gone {
			names = append(names, m.Text)
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%s removes %q, want %q, %v", rule, got, want, err)
		}
	}
	if gone, err := (Rule{1}).Dropped(nil); gone != nil || err != nil {
		t.Errorf("%v, %v", gone, err)
	}
	for _, text := range []string{"", "0d", "-3d", "30", "d", "1.5d", "99999d"} {
		if r, err := ParseRule(text); err == nil {
			t.Errorf("%q is %v", text, r)
		}
	}
}

// TestRemovedEditionsLeaveTheOthersWhole removes editions, notes the packs again, and damages one that only
// has what others need.
func TestRemovedEditionsLeaveTheOthersWhole(t *testing.T) {
	p := newPlace(t)
	text := long
	for i := range 5 {
		text += strings.Repeat("2024-06-25,1\n", i+1)
		p.add(t, Version{1, i, 0}, map[string]string{"a.csv": text, "index.html": "<p>"})
	}
	want := contents(t, p.site)
	all, err := p.Editions()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Remove(all[4:]); err == nil {
		t.Error("the newest edition was removed")
	}
	if err := p.Remove([]Manifest{all[0], all[2]}); err != nil {
		t.Fatal(err)
	}
	if all, err = p.Editions(); err != nil || len(all) != 3 || all[0].Text != "1.1.0" {
		t.Fatalf("%+v, %v", all, err)
	}
	maps.DeleteFunc(want, func(name, _ string) bool {
		return strings.HasPrefix(name, "1.0.0/") || strings.HasPrefix(name, "1.2.0/")
	})
	if err := os.RemoveAll(p.site); err != nil {
		t.Fatal(err)
	}
	p.show(t, All)
	if !maps.Equal(contents(t, p.site), want) || p.Verify() != nil {
		t.Errorf("other editions changed: %v", p.Verify())
	}
	noted, bad, err := p.Check(Notes{})
	if err != nil || bad != nil || noted["1.0.0"] != "" || noted["000001-rest.pack"] == "" {
		t.Errorf("%v, %v, %v", noted, bad, err)
	}
	rest := filepath.Join(p.dir, "000001-rest.pack")
	data := must(os.ReadFile(rest))
	data[len(data)/2] ^= 1
	if err := os.WriteFile(rest, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, bad, err := p.Check(noted); err != nil || len(bad) != 1 || p.Verify() == nil {
		t.Errorf("damage to what others need: %v, %v", bad, err)
	}
	sizes, err := p.Size()
	if err != nil || sizes["1.4.0"] == 0 || sizes["1.0.0"] != 0 {
		t.Errorf("%v, %v", sizes, err)
	}
}
