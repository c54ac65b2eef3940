// Package words reads the sentence of a claim: what the words around its numbers fix.
//
//  1. Parse finds the moments that the text names, and its numbers.
//  2. Read finds what is counted, where, whom and when, for somebody who spoke on a day. A
//     number that is compared with another takes its window from it.
//
// What the words fix is a constraint. The package knows no figures.
package words
