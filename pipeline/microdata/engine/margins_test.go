package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMarginsAgreeWithReference counts the records of a register by day and by each dimension.
func TestMarginsAgreeWithReference(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	register(t, rand.New(rand.NewPCG(21, 4)), path, 3000, day(2018, 1, 20), day(2020, 11, 3))
	rows, _ := judgeReference(t, path)
	dir := t.TempDir()
	normalise(t, arrivals(), filepath.Join(dir, "norm"), Options{}, path)
	for _, spec := range []CubeSpec{cubeSpec, {Date: "date", Dims: []string{"sex"}}, {Date: "date"}} {
		to := filepath.Join(dir, strings.Join(append(spec.Dims, "cube"), "-"))
		if _, err := Cube(context.Background(), filepath.Join(dir, "norm"), to, spec, Options{}); err != nil {
			t.Fatal(err)
		}
		m, err := ReadMargins(to, spec)
		if err != nil {
			t.Fatal(err)
		}
		want, got := map[string][2]int64{}, map[string][2]int64{}
		for _, r := range rows {
			n := int64(1)
			if spec.Sum != "" {
				n = int64(r.persons)
			}
			keys := []string{r.date}
			for _, d := range spec.Dims {
				keys = append(keys, r.date+" "+d+" "+map[string]string{"route": r.route, "nationality": r.nation, "sex": r.sex}[d])
			}
			for _, k := range keys {
				want[k] = [2]int64{want[k][0] + n, want[k][1] + 1}
			}
		}
		put := func(d Daily, of string) {
			for i, n := range d.Counts {
				if n != 0 {
					got[day(1970, 1, 1).AddDate(0, 0, int(m.First)+i).Format("2006-01-02")+of] = [2]int64{d.Sums[i], n}
				}
			}
		}
		put(m.Total, "")
		for i, codes := range m.By {
			for code, d := range codes {
				put(*d, " "+spec.Dims[i]+" "+code)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v: -want +got\n%.2000s", spec, diff)
		}
		if n := len(m.Total.Counts); m.Total.Counts[0] == 0 || m.Total.Counts[n-1] == 0 {
			t.Errorf("%v: the margins begin or end with a day without records", spec)
		}
	}
}

// TestReviseKeepsLineage replaces a day and checks the lineage of the other rows.
func TestReviseKeepsLineage(t *testing.T) {
	l := arrivals()
	l.Lineage = true
	dir, out := t.TempDir(), t.TempDir()
	a, b := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")
	os.WriteFile(a, []byte(header+"1,2019-01-02,R,Syria,M,1,,,\nbad\n2,2019-01-01,R,Syria,M,1,,,\n3,2019-01-03,Q,Syria,M,1,,,\n"), 0o644)
	os.WriteFile(b, []byte(header+"4,2019-01-02,R,Syria,M,1,,,\n1,2019-01-02,S,Syria,M,1,,,\n"), 0o644)
	if _, err := Normalise(context.Background(), l, []string{a}, out, Options{Names: []string{"first/register.csv"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Revise(context.Background(), l, []string{b}, out, Options{Names: []string{"a-second/register.csv"}}, nil); err != nil {
		t.Fatal(err)
	}
	type record struct {
		ID     string `parquet:"id"`
		File   string `parquet:"file"`
		Record int64  `parquet:"record"`
	}
	got := readParquet[record](t, filepath.Join(out, "year=2019", "2019-01.parquet"))
	want := []record{{"3", "first/register.csv", 4}, {"2", "first/register.csv", 3}, {"4", "a-second/register.csv", 1}, {"1", "a-second/register.csv", 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWordColumnsRefuseWhatIsNoWord(t *testing.T) {
	l := Layout{Columns: []Column{
		{Name: "date", Kind: Date, Formats: []string{"2006-01-02"}, First: day(2019, 1, 1), Last: day(2019, 12, 31)},
		{Name: "route", Word: true},
	}}
	for text, good := range map[string]bool{"english-channel": true, "Y_GE40": true, "a.b-c": true, "_T": true, strings.Repeat("x", 100): true,
		"": false, "English Channel": false, "-a": false, "a-": false, "a--b": false, "a:b": false, "é": false, strings.Repeat("x", 101): false} {
		path := filepath.Join(t.TempDir(), "a.csv")
		os.WriteFile(path, fmt.Appendf(nil, "date,route\n2019-02-03,%s\n", text), 0o644)
		if report, _ := normalise(t, l, t.TempDir(), Options{}, path); report.Rows == 1 != good {
			t.Errorf("%q: %+v", text, report)
		}
	}
}

// TestCloneIsIndependent updates a clone and checks that the original did not change.
func TestCloneIsIndependent(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	a, b := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")
	register(t, rand.New(rand.NewPCG(22, 4)), a, 500, day(2018, 1, 1), day(2018, 3, 31))
	register(t, rand.New(rand.NewPCG(23, 4)), b, 300, day(2018, 2, 1), day(2018, 2, 3))
	normalise(t, arrivals(), out, Options{}, a)
	want := contents(t, out)
	twin, plain := filepath.Join(dir, "twin"), filepath.Join(dir, "plain")
	if err := Clone(out, twin); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, contents(t, twin)); diff != "" {
		t.Fatalf("%.500s", diff)
	}
	if _, err := Revise(context.Background(), arrivals(), []string{b}, twin, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, contents(t, out)); diff != "" {
		t.Errorf("%.500s", diff)
	}
	normalise(t, arrivals(), plain, Options{}, a)
	if _, err := Revise(context.Background(), arrivals(), []string{b}, plain, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contents(t, plain), contents(t, twin)); diff != "" {
		t.Errorf("%.500s", diff)
	}
	if bad := Verify(twin); bad != nil {
		t.Error(bad)
	}
	if err := os.WriteFile(filepath.Join(twin, "year=2018", "2018-01.parquet"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(twin, "year=2018", "2018-03.parquet"))
	os.WriteFile(filepath.Join(twin, "year=2018", "stray.parquet"), nil, 0o644)
	if bad := Verify(twin); len(bad) != 3 {
		t.Errorf("got %v", bad)
	}
}
