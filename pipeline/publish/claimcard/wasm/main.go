//go:build js && wasm

// Command wasm is the claim engine for readers' browsers. It runs in a worker, which gives it the index and the
// files of the site, and puts four functions into the object crossings: open, wants, add and answer. Each returns
// JSON, or {"error": …}.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"syscall/js"

	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/publish/claimcard"
	"crossings/pipeline/stat"
)

var archive = &packed.Archive{} // of the site, once it is open

func main() {
	js.Global().Set("crossings", js.ValueOf(map[string]any{
		"open": reply(1, func(a []string) (any, error) {
			opened, err := packed.NewArchive([]byte(a[0]))
			if err == nil {
				archive = opened
			}
			return true, err
		}),
		"wants": reply(2, func(a []string) (any, error) {
			on, err := stat.ParseDate(a[1])
			return archive.Wants(a[0], on), err
		}),
		"add": reply(2, func(a []string) (any, error) { return true, archive.Add(a[0], []byte(a[1])) }),
		"answer": reply(2, func(a []string) (any, error) {
			on, err := stat.ParseDate(a[1])
			if err != nil {
				return nil, err
			}
			return claimcard.Of(context.Background(), archive, a[0], on)
		}),
	}))
	select {} // the functions stay
}

// reply makes a function of JavaScript of one with texts as arguments.
func reply(arguments int, f func([]string) (any, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		var texts []string
		for _, a := range args {
			texts = append(texts, a.String())
		}
		out, err := any(nil), errors.New("wrong number of arguments")
		if len(texts) == arguments {
			out, err = f(texts)
		}
		if err != nil {
			out = map[string]string{"error": err.Error()}
		}
		text, err := json.Marshal(out)
		if err != nil {
			return `{"error": "the answer cannot be written"}`
		}
		return string(text)
	})
}
