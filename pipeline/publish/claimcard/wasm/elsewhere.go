//go:build !js || !wasm

// Command wasm is the claim engine for readers' browsers, and does nothing anywhere else.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "the claim engine runs in browsers; charts/engine.sh builds it")
	os.Exit(2)
}
