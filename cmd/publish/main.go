// Publish turns the lake into tables, charts and pages. See publish --help.
package main

import (
	"os"
	"runtime/debug"

	"crossings/cmd/internal/cli"
	"crossings/pipeline/source/all"
)

func main() {
	relaxGC()
	os.Exit(cli.Main(all.Sources, commands))
}

// relaxGC makes the garbage collector run less often, which saves a tenth of a build's
// time. The memory limit fits a small machine. GOGC and GOMEMLIMIT take precedence.
func relaxGC() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(300)
		debug.SetMemoryLimit(700 << 20)
	}
}
