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
// time. The memory limit keeps a full build below 500 MiB. GOGC and GOMEMLIMIT take precedence.
func relaxGC() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(300)
		debug.SetMemoryLimit(370 << 20)
	}
}
