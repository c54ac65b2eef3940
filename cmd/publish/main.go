// Publish turns the lake into tables, charts and pages. See publish --help.
package main

import (
	"os"

	"crossings/pipeline/cli"
	"crossings/pipeline/source/all"
)

func main() { os.Exit(cli.Main(all.Sources, commands)) }
