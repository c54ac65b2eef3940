// Command architecture draws the import graph of the packages.
//
//	go run ./.ci/architecture [-check]
//
// It writes docs/architecture.svg and the table of packages in docs/architecture.md, both from
// the imports in the code. The descriptions in the table stay as they are. With -check it
// writes nothing, and fails if either is out of date or a package has no description.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
)

const (
	picture  = "docs/architecture.svg"
	document = "docs/architecture.md"
)

func main() {
	check := flag.Bool("check", false, "write nothing; fail if the documents are out of date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "architecture:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	g, err := readGraph(".")
	if err != nil {
		return err
	}
	old, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	text, err := g.table(string(old))
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{document: []byte(text), picture: g.svg()} {
		if !check {
			if err := os.WriteFile(name, data, 0o644); err != nil {
				return err
			}
			continue
		}
		if old, err := os.ReadFile(name); err != nil || !bytes.Equal(old, data) {
			return fmt.Errorf("%s is not what the code says; run: make architecture", name)
		}
	}
	return nil
}
