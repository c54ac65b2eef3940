// Package pipeline is the whole system in order, and nothing else: what each
// step means is in the package that does it.
//
//  1. Ingest.Run finds each source's newest file, fetches it and takes the same
//     path as Ingest.Add, which is given files: the release is dated, decoded,
//     checked, kept as served in data/raw, and appended to the lake.
//  2. Publish reads the lake as of a date, aggregates, and renders the site into
//     a folder of its own that takes the old one's place in one step.
//
// Both hold one lock on the data folder while they run.
package pipeline
