package pages

import (
	"crypto/sha256"
	"encoding/hex"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// checkBody is what the page that checks a claim shows.
type checkBody struct {
	Folder, Engine, Worker string
	EngineSize             int // in bytes, not compressed
	Examples               []example
	Listed                 bool // the site has a page about claims
}

// example is a sentence to try, and the day on which it was said.
type example struct {
	Text string
	On   stat.Date
}

// examples are sentences with figures of the kinds that people quote.
var examples = []example{
	{"More than 30,000 people have made the crossing so far this year, compared to 37,000 for the whole of 2024.", stat.MustDate("2025-09-18")},
	{"26,699 people have crossed so far this year, down 33%.", stat.MustDate("2023-11-08")},
	{"There are 30,657 people in hotels, down from 38,054 a year before.", stat.MustDate("2026-03-10")},
	{"At least 82 people died in the Channel in 2024.", stat.MustDate("2025-06-01")},
	{"12,658 Albanians came in small boats in 2022.", stat.MustDate("2023-09-01")},
}

// hasCheck reports whether the site has a page that checks a claim.
func hasCheck(index *content.Index) bool { return index.Site.Checks != nil }

// EngineName returns the name of the claim engine among the files that browsers check claims from. It changes
// with its bytes, so that a browser keeps it for good.
func EngineName(module []byte) string { return "engine-" + shortHash(module) + ".wasm" }

// WorkerName returns the name of the script in which the engine runs.
func WorkerName(script []byte) string { return "worker-" + shortHash(script) + ".js" }

func shortHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// check makes the page that checks a claim.
func check(index *content.Index) (Page, error) {
	module, worker, err := charts.Engine()
	b := checkBody{Folder: content.CheckFolder, Engine: EngineName(module), Worker: WorkerName(worker), EngineSize: len(module), Examples: examples, Listed: hasClaims(index)}
	return Page{Name: content.CheckPage, Title: "Check a claim", Template: "check.html", Body: b,
		About: "Paste a sentence with numbers about migration. See which period and series give each number, as known on the day it was said."}, err
}
