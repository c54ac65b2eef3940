// Package words reads the sentence of a claim: its numbers, and what the words around each fix.
//
//  1. Parse finds the numbers: counts, changes, shares, quotients, in digits or in words, with
//     the way they are rounded.
//  2. Read finds what is counted, where, whom and when, for somebody who spoke on a day. A
//     number that is compared with another takes its window from it.
//
// What the words fix is a constraint. The package knows no figures.
package words
