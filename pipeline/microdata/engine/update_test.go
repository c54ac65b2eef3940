package engine

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

var (
	cubeSpec    = CubeSpec{Date: "date", Dims: []string{"route", "nationality", "sex"}, Sum: "persons"}
	compareSpec = CompareSpec{Date: "date", Keys: []string{"route", "nationality"}, Value: "persons", First: day(2018, 1, 1)}
)

func readParquet[T any](t testing.TB, path string) []T {
	t.Helper()
	out, err := parquet.ReadFile[T](path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}

// readFolder reads the files of a folder in the order of its manifest.
func readFolder[T any](t testing.TB, dir string) (out []T) {
	t.Helper()
	m, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			out = append(out, readParquet[T](t, local(dir, f.Path))...)
		}
	}
	return out
}

// folders are the folders of one source.
type folders struct{ norm, cube, compare string }

func newFolders(t testing.TB) folders {
	dir := t.TempDir()
	return folders{filepath.Join(dir, "norm"), filepath.Join(dir, "cube"), filepath.Join(dir, "compare")}
}

// build brings the cube and the comparisons up to date with the records.
func (f folders) build(t testing.TB, o Options) (cubes, comparisons []string) {
	t.Helper()
	cubes, err := Cube(context.Background(), f.norm, f.cube, cubeSpec, o)
	if err != nil {
		t.Fatal(err)
	}
	comparisons, err = Compare(context.Background(), f.cube, f.compare, compareSpec, o)
	if err != nil {
		t.Fatal(err)
	}
	return cubes, comparisons
}

func cubeReference(rows []row) []string {
	type cell struct{ sum, n int }
	cells := map[string]*cell{}
	for _, r := range rows {
		key := strings.Join([]string{r.date, r.route, r.nation, r.sex}, "|")
		if cells[key] == nil {
			cells[key] = &cell{}
		}
		cells[key].sum += r.persons
		cells[key].n++
	}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(cells)) {
		out = append(out, fmt.Sprintf("%s|%d|%d", key, cells[key].sum, cells[key].n))
	}
	return out
}

func readCube(t testing.TB, dir string) (out []string) {
	t.Helper()
	type cell struct {
		Date    int32  `parquet:"date"`
		Route   string `parquet:"route"`
		Nation  string `parquet:"nationality"`
		Sex     string `parquet:"sex"`
		Persons int64  `parquet:"persons"`
		N       int64  `parquet:"n"`
	}
	for _, c := range readFolder[cell](t, dir) {
		date := time.Unix(int64(c.Date)*86400, 0).UTC().Format("2006-01-02")
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%d|%d", date, c.Route, c.Nation, c.Sex, c.Persons, c.N))
	}
	return out
}

// compareReference computes every sum from scratch for every day.
func compareReference(rows []row) string {
	sums, keys, last := map[string]int{}, map[string]bool{}, ""
	for _, r := range rows {
		key := csvField(r.route) + "," + csvField(r.nation)
		keys[key] = true
		sums[r.date+","+key] += r.persons
		last = max(last, r.date)
	}
	between := func(from, to time.Time, key string) (sum int) {
		for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
			sum += sums[d.Format("2006-01-02")+","+key]
		}
		return sum
	}
	var b strings.Builder
	for d := day(2018, 1, 1); d.Format("2006-01-02") <= last; d = d.AddDate(0, 0, 1) {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			ytd := between(day(d.Year(), 1, 1), d, key)
			fmt.Fprintf(&b, "%s,%s,%d,%d", d.Format("2006-01-02"), key, sums[d.Format("2006-01-02")+","+key], ytd)
			if d.Year() == 2018 {
				b.WriteString(",,,")
			} else {
				same := day(d.Year()-1, int(d.Month()), d.Day())
				if d.Month() == 2 && d.Day() == 29 {
					same = day(d.Year()-1, 2, 28)
				}
				prior := between(day(d.Year()-1, 1, 1), same, key)
				fmt.Fprintf(&b, ",%d,%d,", prior, ytd-prior)
				if prior > 0 {
					fmt.Fprint(&b, (ytd-prior)*10000/prior)
				}
			}
			fmt.Fprintf(&b, ",%d\n", between(d.AddDate(0, 0, -6), d, key)*1000/7)
		}
	}
	return b.String()
}

func csvField(s string) string {
	if strings.Contains(s, ",") {
		return `"` + s + `"`
	}
	return s
}

// readComparisons reads all months without their headers.
func readComparisons(t testing.TB, dir string) string {
	t.Helper()
	files := contents(t, dir)
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(path, ".csv") {
			continue
		}
		head, rest, _ := strings.Cut(files[path], "\n")
		if head != "date,route,nationality,persons,ytd,ytd_last,yoy_abs,yoy_bp,mean7_milli" {
			t.Errorf("%s begins %q", path, head)
		}
		b.WriteString(rest)
	}
	return b.String()
}

func diffLines(a, b string) string { return cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")) }

func TestCubeAndComparisonsAgreeWithReference(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	register(t, rand.New(rand.NewPCG(11, 11)), path, 5000, day(2018, 1, 1), day(2020, 12, 30))
	rows, _ := judgeReference(t, path)
	for _, o := range []Options{{}, {Workers: 1}, {Workers: 5}} {
		f := newFolders(t)
		normalise(t, arrivals(), f.norm, o, path)
		f.build(t, o)
		if diff := cmp.Diff(cubeReference(rows), readCube(t, f.cube)); diff != "" {
			t.Errorf("cube -want +got\n%.2000s", diff)
		}
		if diff := diffLines(compareReference(rows), readComparisons(t, f.compare)); diff != "" {
			t.Errorf("comparisons -want +got\n%.2000s", diff)
		}
	}
}

// TestSparseCubeAgreesWithDense sums over more combinations than fit into an array.
func TestSparseCubeAgreesWithDense(t *testing.T) {
	dense := cuber{spec: cubeSpec}
	dense.reset(100)
	sparse := cuber{spec: cubeSpec}
	sparse.reset(maxCells + 1)
	if dense.places != nil || sparse.places == nil {
		t.Fatal("the wrong kind of cells")
	}
	path := filepath.Join(t.TempDir(), "a.csv")
	var b strings.Builder
	b.WriteString("record,date,route,nationality,sex,persons,boats,unused,note\n")
	for i := range 40000 { // 20,000 routes by 5 nationalities by 2 by 31 days
		fmt.Fprintf(&b, "%d,2019-01-%02d,R%05d,%s,%s,%d,,,\n", i, i%31+1, i%20000, []string{"Syria", "Eritrea", "Türkiye"}[i%3], []string{"M", "F"}[i%2], i%7+1)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, _ := judgeReference(t, path)
	f := newFolders(t)
	normalise(t, arrivals(), f.norm, Options{}, path)
	if _, err := Cube(context.Background(), f.norm, f.cube, cubeSpec, Options{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(cubeReference(rows), readCube(t, f.cube)); diff != "" {
		t.Errorf("-want +got\n%.2000s", diff)
	}
}

// copyOf copies the folders.
func (f folders) copyOf(t testing.TB) folders {
	out := newFolders(t)
	for from, to := range map[string]string{f.norm: out.norm, f.cube: out.cube, f.compare: out.compare} {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestUpdatesEqualRebuilding appends and revises, and compares the cube and the comparisons with
// those built from all records at once.
func TestUpdatesEqualRebuilding(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 12))
	dir := t.TempDir()
	old, added, revised := filepath.Join(dir, "old.csv"), filepath.Join(dir, "added.csv"), filepath.Join(dir, "revised.csv")
	register(t, r, old, 6000, day(2018, 1, 1), day(2020, 11, 20))
	start := newFolders(t)
	normalise(t, arrivals(), start.norm, Options{}, old)
	start.build(t, Options{})
	oldRows, _ := judgeReference(t, old)
	for _, c := range []struct {
		name     string
		from, to time.Time
		revise   bool
		cubes    []string
		months   string // first and last month written
	}{
		{"append a day", day(2020, 11, 21), day(2020, 11, 21), false, []string{"2020-11"}, "2020-11 2020-11"},
		{"append over the year's end", day(2020, 12, 31), day(2020, 12, 31), false, []string{"2020-12"}, "2020-11 2020-12"},
		{"append late records", day(2018, 12, 30), day(2018, 12, 31), false, []string{"2018-12"}, "2018-12 2019-12"},
		{"revise a day", day(2019, 6, 15), day(2019, 6, 15), true, []string{"2019-06"}, "2019-06 2020-11"},
		{"revise a leap day", day(2020, 2, 29), day(2020, 2, 29), true, []string{"2020-02"}, "2020-02 2020-11"},
		{"revise the last days of a year", day(2018, 12, 30), day(2019, 1, 2), true, []string{"2018-12", "2019-01"}, "2018-12 2020-11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := start.copyOf(t)
			path, how := added, Append
			if c.revise {
				path, how = revised, Revise
			}
			register(t, r, path, 200, c.from, c.to)
			rows := slices.Clone(oldRows)
			news, _ := judgeReference(t, path)
			if c.revise {
				days := map[string]bool{}
				for _, n := range news {
					days[n.date] = true
				}
				rows = slices.DeleteFunc(rows, func(r row) bool { return days[r.date] })
			}
			if _, err := how(context.Background(), arrivals(), []string{path}, f.norm, Options{}, nil); err != nil {
				t.Fatal(err)
			}
			rows = merge(rows, news)
			if diff := cmp.Diff(sorted(texts(rows)), sorted(texts(readRows(t, f.norm)))); diff != "" {
				t.Fatalf("rows -want +got\n%.2000s", diff)
			}
			cubes, months := f.build(t, Options{})
			if !slices.Equal(cubes, c.cubes) {
				t.Errorf("cube: %v were built again, want %v", cubes, c.cubes)
			}
			if got := months[0][10:17] + " " + months[len(months)-1][10:17]; got != c.months {
				t.Errorf("comparisons from %s were written, want %s", got, c.months)
			}
			if diff := cmp.Diff(cubeReference(rows), readCube(t, f.cube)); diff != "" {
				t.Errorf("cube -want +got\n%.2000s", diff)
			}
			if diff := diffLines(compareReference(rows), readComparisons(t, f.compare)); diff != "" {
				t.Errorf("comparisons -want +got\n%.2000s", diff)
			}
			if cubes, months := f.build(t, Options{}); len(cubes)+len(months) != 0 {
				t.Errorf("built again for nothing: %v, %v", cubes, months)
			}
		})
	}
}

// merge adds the new records whose key no record of the same year has.
func merge(rows, news []row) []row {
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.date[:4]+r.id] = true
	}
	for _, n := range news {
		if !seen[n.date[:4]+n.id] {
			rows = append(rows, n)
		}
	}
	return rows
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// recordsIn returns a function that writes records to a file in a folder.
func recordsIn(t *testing.T, dir string) func(name, rows string) string {
	return func(name, rows string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(header+rows), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
}

// TestKeysOfTheYear adds records whose keys exist already.
func TestKeysOfTheYear(t *testing.T) {
	dir := t.TempDir()
	write := recordsIn(t, dir)
	old := write("old.csv", "a,2019-01-01,R,Syria,M,1,,,\nb,2019-03-01,R,Syria,M,1,,,\nc,2018-03-01,R,Syria,M,1,,,\n")
	norm := filepath.Join(dir, "norm")
	normalise(t, arrivals(), norm, Options{}, old)
	refused := func(how func(context.Context, Layout, []string, string, Options, func(Reject) error) (Report, error), path string) (out []string) {
		t.Helper()
		_, err := how(context.Background(), arrivals(), []string{path}, norm, Options{}, func(r Reject) error {
			out = append(out, fmt.Sprint(r.Record, r.Reason))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	// a and b are in the same year, c is in another, and d comes twice.
	got := refused(Append, write("new.csv", "a,2019-12-01,R,Syria,M,1,,,\nb,2019-12-01,R,Syria,M,1,,,\nc,2019-12-01,R,Syria,M,1,,,\nd,2019-12-02,R,Syria,M,1,,,\nd,2019-12-02,R,Syria,M,1,,,\n"))
	if want := []string{"1duplicate_id", "2duplicate_id", "5duplicate_id"}; !slices.Equal(got, want) {
		t.Errorf("append: got %v, want %v", got, want)
	}
	// d may come again for the replaced day; a may not.
	got = refused(Revise, write("again.csv", "d,2019-12-02,R,Syria,M,7,,,\na,2019-12-02,R,Syria,M,7,,,\n"))
	if want := []string{"2duplicate_id"}; !slices.Equal(got, want) {
		t.Errorf("revise: got %v, want %v", got, want)
	}
	want := []string{"a|2019-01-01|R|SYR|M|1||", "b|2019-03-01|R|SYR|M|1||", "c|2018-03-01|R|SYR|M|1||", "c|2019-12-01|R|SYR|M|1||", "d|2019-12-02|R|SYR|M|7||"}
	if diff := cmp.Diff(want, sorted(texts(readRows(t, norm)))); diff != "" {
		t.Error(diff)
	}
}

func TestComparisonsAfterAKeyAppearsAndGoes(t *testing.T) {
	dir := t.TempDir()
	write := recordsIn(t, dir)
	old := write("old.csv", "a,2018-01-05,R,Syria,M,1,,,\nb,2019-03-01,R,Syria,M,1,,,\n")
	more := write("more.csv", "c,2019-03-02,R,Eritrea,M,4,,,\n")
	less := write("less.csv", "d,2019-03-02,R,Syria,M,9,,,\n")
	f := newFolders(t)
	normalise(t, arrivals(), f.norm, Options{}, old)
	f.build(t, Options{})
	for _, step := range []struct {
		path string
		rows string
	}{{more, "old more"}, {less, "old less"}} {
		if _, err := Revise(context.Background(), arrivals(), []string{step.path}, f.norm, Options{}, nil); err != nil {
			t.Fatal(err)
		}
		f.build(t, Options{})
		rows, _ := judgeReference(t, old, step.path)
		if diff := diffLines(compareReference(rows), readComparisons(t, f.compare)); diff != "" {
			t.Errorf("%s: -want +got\n%.2000s", step.rows, diff)
		}
	}
}
