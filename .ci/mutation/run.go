package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// mutant is one change of a package.
type mutant struct {
	ID     int
	Name   string              // file, function, change and text; it does not change when lines move
	tests  [len(slow)][]string // the tests that reach it, the quick ones first
	killed bool
	by     string // what killed it
}

// slow are the times of a processor up to which tests run together. The slower ones run only
// after the quicker ones have passed.
var slow = [...]time.Duration{50 * time.Millisecond, 300 * time.Millisecond, time.Hour}

// pack is a package as "go list" describes it.
type pack struct {
	Dir, ImportPath, Name, Export string
	GoFiles                       []string
	DepOnly                       bool
}

//go:embed helpers.go.txt
var helpers string

// packages lists packages and all that they import.
func packages(patterns []string) ([]pack, error) {
	out, err := exec.Command("go", append([]string{"list", "-json=Dir,ImportPath,Name,Export,GoFiles,DepOnly", "-export", "-deps"}, patterns...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var list []pack
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pack
		if err := d.Decode(&p); err == io.EOF {
			return list, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		list = append(list, p)
	}
}

// mutate writes mutated copies of the files of a package into a folder, with the overlay
// that makes the compiler use them instead of the originals.
func mutate(p pack, exports map[string]string, top, dir string) ([]mutant, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	checked, err := conf.Check(p.ImportPath, fset, files, info)
	if err != nil {
		return nil, err
	}
	var mutants []mutant
	overlay := map[string]string{}
	for i, f := range files {
		path := filepath.Join(p.Dir, p.GoFiles[i])
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(top, path)
		if err != nil {
			return nil, err
		}
		m := mutator{editor: editor{fset: fset, src: src}, info: info, pkg: checked, file: f, name: filepath.ToSlash(name), mutants: &mutants, inert: map[ast.Node]bool{}}
		m.walk(f)
		overlay[path] = filepath.Join(dir, p.GoFiles[i])
		if err := os.WriteFile(overlay[path], []byte(m.apply()), 0o644); err != nil {
			return nil, err
		}
	}
	path := filepath.Join(p.Dir, "zz_mutation_helpers.go")
	overlay[path] = filepath.Join(dir, "zz_mutation_helpers.go")
	if err := os.WriteFile(overlay[path], []byte("package "+p.Name+"\n\n"+helpers), 0o644); err != nil {
		return nil, err
	}
	number(mutants)
	text, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		return nil, err
	}
	return mutants, os.WriteFile(filepath.Join(dir, "overlay.json"), text, 0o644)
}

// number numbers mutants of the same name.
func number(mutants []mutant) {
	count := map[string]int{}
	for i := range mutants {
		name := mutants[i].Name
		if count[name]++; count[name] > 1 {
			mutants[i].Name = fmt.Sprintf("%s #%d", name, count[name])
		}
	}
}

// binary is the test program of a package with all its mutants.
type binary struct {
	path, pkg string
	took      map[string]time.Duration // processor time of each test, while it was watched
}

// outcome is what a run of tests came to.
type outcome struct {
	passed bool
	output []byte
	took   time.Duration // of a processor
	end    string        // how it ended
}

// failed returns the first test that failed, or how the run ended.
func (r outcome) failed() string {
	if m := failure.FindSubmatch(r.output); m != nil {
		return string(m[1])
	}
	return r.end
}

var failure = regexp.MustCompile(`--- FAIL: (\S+)`)

// limit returns how many seconds of a processor some of the tests may take before they count as
// stuck. A busy machine does not change it.
func (b binary) limit(tests []string) int {
	sum := 10 * time.Second
	for _, test := range tests {
		sum += 5 * b.took[test]
	}
	return int(sum.Seconds())
}

// run runs some of the tests. A mutant may compute, allocate memory or wait without end.
func (b binary) run(tests []string, env ...string) outcome {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	defer stop()
	bounds := fmt.Sprintf(`ulimit -v 2000000; ulimit -t %d; exec "$@"`, b.limit(tests))
	cmd := exec.CommandContext(ctx, "sh", "-c", bounds, "sh", b.path, "-test.failfast", "-test.run", "^("+strings.Join(tests, "|")+")$")
	cmd.Dir = b.pkg
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	r := outcome{passed: err == nil, output: out}
	if cmd.ProcessState != nil {
		r.took, r.end = cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), cmd.ProcessState.String()
	}
	return r
}

// build compiles the tests of a package, and finds which of them reach which mutants. A test that
// counts allocations fails while it is watched, and is left out.
func build(p pack, mutants []mutant, dir string) (binary, error) {
	b := binary{path: filepath.Join(dir, "package.test"), pkg: p.Dir, took: map[string]time.Duration{}}
	out, err := exec.Command("go", "test", "-c", "-overlay", filepath.Join(dir, "overlay.json"), "-o", b.path, p.ImportPath).CombinedOutput()
	if err != nil {
		return b, fmt.Errorf("%s does not compile with its mutants: %w\n%s", p.ImportPath, err, out)
	}
	cmd := exec.Command(b.path, "-test.list", "^(Test|Example|Fuzz)")
	cmd.Dir = p.Dir
	list, err := cmd.Output()
	if err != nil {
		return b, fmt.Errorf("%s: list of tests: %w", p.ImportPath, err)
	}
	seen := filepath.Join(dir, "seen")
	for _, test := range strings.Fields(string(list)) {
		if err := os.WriteFile(seen, nil, 0o644); err != nil {
			return b, err
		}
		b.took[test] = time.Minute
		watched := b.run([]string{test}, "MUTANTS_SEEN="+seen)
		if !watched.passed {
			if !b.run([]string{test}).passed {
				return b, fmt.Errorf("%s: %s fails without a mutant:\n%s", p.ImportPath, test, watched.output)
			}
			fmt.Printf("%s: %s fails while it is watched, so it kills no mutant\n", p.ImportPath, test)
			continue
		}
		b.took[test] = watched.took
		group := slices.IndexFunc(slow[:], func(d time.Duration) bool { return watched.took < d })
		reached, err := os.ReadFile(seen)
		if err != nil {
			return b, err
		}
		for _, line := range strings.Fields(string(reached)) {
			id, err := strconv.Atoi(line)
			if err != nil {
				return b, err
			}
			tests := &mutants[id-1].tests[group]
			*tests = append(*tests, test)
		}
	}
	return b, nil
}

// kill runs the tests with each chosen mutant. A mutant is killed if a test fails or does not end
// in time. A mutant that no test reaches survives.
func kill(b binary, mutants []mutant, parallel int, chosen *regexp.Regexp) {
	var wg sync.WaitGroup
	slots := make(chan bool, parallel)
	for i := range mutants {
		m := &mutants[i]
		if !chosen.MatchString(m.Name) {
			continue
		}
		slots <- true
		wg.Go(func() {
			for _, tests := range m.tests {
				if len(tests) > 0 && !m.killed {
					r := b.run(tests, fmt.Sprintf("MUTANT=%d", m.ID))
					m.killed, m.by = !r.passed, r.failed()
				}
			}
			<-slots
		})
	}
	wg.Wait()
}
