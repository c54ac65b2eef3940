// Package proposal looks at an unknown table and proposes a layout for it.
//
//  1. The file: delimiter, encoding, sheet, header.
//  2. The columns: which has the period and how it is written, which have values, flags, measures, and
//     which break the values down.
//  3. The layout as text, with a comment wherever it is a guess, and what the reader makes of it.
//
// A person edits the proposal. Nothing is read by it before that.
package proposal
