// Command explore writes what the page "Explore" of a site would download, with the programs that it
// shows, as JSON lines.
//
//	go run ./.ci/explore SITE
//
// It runs the scripts of the page on every wide file of the site, with and without a comparison.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dop251/goja"

	"crossings/charts"
	"crossings/pipeline/publish/site/wide"
)

// chosen is how many series of a file are chosen: the first ones.
const chosen = 6

// choose runs in the scripts: the rows of some series from the first third of the periods on.
const choose = `(function (sheet, files, count, compare) {
  var series = selection.read(sheet, files).slice(0, count), points = series[0].points;
  var choice = { from: points[Math.floor(points.length / 3)].start, to: sheet.last, compare: compare };
  var out = { file: sheet.file, compare: compare, keys: selection.parted(sheet) ? ["series", "code"] : ["series"], csv: selection.csv(sheet, series, choice) };
  ["sql", "pandas", "polars", "r"].forEach(function (l) { out[l] = programs(l, sheet, series, choice, "data/"); });
  return JSON.stringify(out);
})`

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: explore SITE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "explore:", err)
		os.Exit(1)
	}
}

func run(site string) error {
	vm := goja.New()
	assets, err := charts.Assets()
	if err != nil {
		return err
	}
	for _, file := range []string{"selection.js", "programs.js"} {
		name, err := assets.Name(file)
		if err != nil {
			return err
		}
		script, err := os.ReadFile(filepath.Join(site, "assets", name))
		if err != nil {
			return fmt.Errorf("%w; was the site built by this program?", err)
		}
		if _, err := vm.RunScript(name, string(script)); err != nil {
			return err
		}
	}
	f, err := vm.RunString(choose)
	if err != nil {
		return err
	}
	call, _ := goja.AssertFunction(f)
	text, err := os.ReadFile(filepath.Join(site, wide.IndexFile))
	if err != nil {
		return err
	}
	var measures []wide.Measure
	if err := json.Unmarshal(text, &measures); err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for _, m := range measures {
		for _, s := range m.Sheets {
			if err := each(vm, call, out, site, s); err != nil {
				return fmt.Errorf("%s: %w", s.File, err)
			}
		}
	}
	return out.Flush()
}

// each writes the lines of one file.
func each(vm *goja.Runtime, call goja.Callable, out *bufio.Writer, site string, s wide.Sheet) error {
	files := map[string]string{}
	for part, name := range map[string]string{"file": s.File, "marks": s.Marks, "lower": s.Lower, "upper": s.Upper} {
		if name == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(site, wide.Folder, name))
		if err != nil {
			return err
		}
		files[part] = string(text)
	}
	about, err := json.Marshal(s)
	if err != nil {
		return err
	}
	var sheet any
	if err := json.Unmarshal(about, &sheet); err != nil {
		return err
	}
	for _, compare := range []bool{false, true} {
		line, err := call(goja.Undefined(), vm.ToValue(sheet), vm.ToValue(files), vm.ToValue(chosen), vm.ToValue(compare))
		if err != nil {
			return err
		}
		fmt.Fprintln(out, line.String())
	}
	return nil
}
