// Package packed holds what claims are answered from in small files, which a browser can read: for each
// source its series as each release states them, as differences.
//
// A Packer takes the states of a source, oldest first. An Archive answers from the index and the files, and
// its answers are those of the lake. The package does no input or output.
package packed
