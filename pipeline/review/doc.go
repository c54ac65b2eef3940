// Package review says what became of a file that was ingested, and why a release waits for a
// person.
//
// An Outcome is the result for one file. Moves compares a release with what was known before it,
// and Explain puts the reasons into words. The package decides nothing: the gate is in package
// check, and package ingest carries out what a person decides.
package review
