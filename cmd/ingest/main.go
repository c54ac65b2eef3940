// Ingest brings publishers' releases into the lake: it finds, fetches, stores,
// decodes and checks them. See ingest --help.
package main

import (
	"os"

	"crossings/cmd/internal/cli"
	"crossings/pipeline/source/all"
)

func main() { os.Exit(cli.Main(all.Sources, commands)) }
