// Command mutation measures the tests of packages. It changes the code in one small way
// at a time and runs the tests of the package: a change that no test notices survives.
//
// All mutants of a package are compiled into one test program, each behind a switch, so
// one compilation serves them all.
//
//	go run ./.ci/mutation -list .ci/mutation.txt ./pipeline/stat ./pipeline/compare
//
// It fails if fewer than -min percent of a package's mutants are killed, if a survivor is
// not in the list, or if the list has a mutant that is killed or no longer exists. With
// -names it only checks in seconds that all mutants in the list exist. With -only it runs
// only the mutants whose name matches a regular expression, such as those of one function:
//
//	go run ./.ci/mutation -only 'ratio.go newRate:' ./pipeline/compare
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

func main() {
	list := flag.String("list", ".ci/mutation.txt", "file with the survivors and their reasons")
	least := flag.Float64("min", 95, "percentage of mutants of a package that must be killed")
	parallel := flag.Int("p", runtime.NumCPU(), "mutants to run at a time")
	names := flag.Bool("names", false, "run no tests; only check that the mutants in the list exist")
	only := flag.String("only", "", "run only the mutants whose name matches this regular expression")
	flag.Parse()
	if *names {
		*parallel = 0
	}
	if err := run(*list, *least, *parallel, *only, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

// run measures packages. If parallel is 0, it only checks the names in the list.
func run(list string, least float64, parallel int, only string, patterns []string) error {
	reasons, err := readList(list)
	if err != nil {
		return err
	}
	chosen, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	top, err := os.Getwd()
	if err != nil {
		return err
	}
	all, err := packages(patterns)
	if err != nil {
		return err
	}
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	if only != "" {
		least = 0 // a percentage of a few says little
	}
	var faults []string
	for _, p := range all {
		if p.DepOnly {
			continue
		}
		mutants, err := measure(p, exports, top, parallel, chosen)
		if err != nil {
			return err
		}
		if parallel > 0 {
			ran := slices.DeleteFunc(slices.Clone(mutants), func(x mutant) bool { return !chosen.MatchString(x.Name) })
			faults = append(faults, judge(p, ran, reasons, least, top)...)
		}
		faults = append(faults, gone(p, mutants, reasons, top)...)
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d faults\n%s\nhint: write a test that fails with the change; if none can, add the line to %s with the reason; after a renaming, rename it there too", len(faults), strings.Join(faults, "\n"), list)
	}
	return nil
}

// measure returns the mutants of a package and whether its tests kill the chosen ones.
func measure(p pack, exports map[string]string, top string, parallel int, chosen *regexp.Regexp) ([]mutant, error) {
	dir, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	mutants, err := mutate(p, exports, top, dir)
	if err != nil || parallel == 0 {
		return mutants, err
	}
	b, err := build(p, mutants, dir)
	if err != nil {
		return nil, err
	}
	kill(b, mutants, parallel, chosen)
	if r := b.run(slices.Sorted(maps.Keys(b.took))); !r.passed {
		return nil, fmt.Errorf("%s: the tests no longer pass without a mutant, so what they killed says nothing: %s\n%s", p.ImportPath, r.end, r.output)
	}
	return mutants, nil
}

// judge prints the result of a package and returns what is wrong with it.
func judge(p pack, mutants []mutant, reasons map[string]string, least float64, top string) []string {
	var faults []string
	killed := 0
	for _, x := range mutants {
		reason := reasons[x.Name]
		switch {
		case x.killed && reason != "":
			faults = append(faults, fmt.Sprintf("listed, but killed by %s: %s", x.by, x.Name))
		case !x.killed && reason == "" && len(slices.Concat(x.tests[:]...)) == 0:
			faults = append(faults, "not reached: "+x.Name)
		case !x.killed && reason == "":
			faults = append(faults, "survives: "+x.Name)
		}
		if x.killed {
			killed++
		}
	}
	folder, _ := filepath.Rel(top, p.Dir)
	share := 100 * float64(killed) / float64(max(len(mutants), 1))
	fmt.Printf("%-28s %5d of %5d killed, %.1f %%\n", folder, killed, len(mutants), share)
	if share < least {
		faults = append(faults, fmt.Sprintf("%s: %.1f %% of the mutants are killed, fewer than %g %%", folder, share, least))
	}
	return faults
}

// gone returns the mutants in the list that a package does not have.
func gone(p pack, mutants []mutant, reasons map[string]string, top string) (faults []string) {
	folder, _ := filepath.Rel(top, p.Dir)
	for name := range reasons {
		file, _, _ := strings.Cut(name, " ")
		if filepath.Dir(file) == folder && !slices.ContainsFunc(mutants, func(x mutant) bool { return x.Name == name }) {
			faults = append(faults, "listed, but no mutant: "+name)
		}
	}
	slices.Sort(faults)
	return faults
}

// readList reads the list of survivors. Each has one line. An indented line gives the reason for
// the survivors above it.
func readList(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	reasons := map[string]string{}
	var group []string // the survivors to which the next reason applies
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.TrimSpace(line) == "" || line[0] == '#':
		case line[0] == ' ' || line[0] == '\t':
			for _, name := range group {
				reasons[name] += strings.TrimSpace(line) + " "
			}
		default:
			if _, twice := reasons[line]; twice {
				return nil, fmt.Errorf("%s:%d: listed twice", path, i+1)
			}
			if len(group) > 0 && reasons[group[0]] != "" {
				group = nil
			}
			group, reasons[line] = append(group, line), ""
		}
	}
	for name, reason := range reasons {
		if reason == "" {
			return nil, fmt.Errorf("%s: no reason for %q", path, name)
		}
	}
	return reasons, nil
}
