// Publish turns the lake into tables, charts and pages. See publish --help.
package main

import (
	"os"
	"runtime/debug"

	"crossings/cmd/internal/cli"
	"crossings/pipeline/source/all"
)

func main() {
	useMemory()
	os.Exit(cli.Main(all.Sources, commands))
}

// useMemory lets more garbage lie than the Go runtime would, which spares a build
// a tenth of its time, up to what a small machine has. Whoever sets GOGC or GOMEMLIMIT decides.
func useMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(300)
		debug.SetMemoryLimit(700 << 20)
	}
}
