// Package registry knows the sources of a data folder: those of the program, those of the operator,
// their files in data/raw and their releases in the lake.
//
// A Registry only reads, except for the lists of excluded rows. A Session is a Registry with the
// folders of one run open; both wings of the pipeline use it.
package registry
