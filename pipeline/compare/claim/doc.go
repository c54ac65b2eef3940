// Package claim finds which published figures reproduce the numbers in a
// sentence.
//
//  1. Parse finds the numbers of a sentence: counts, changes, shares, quotients, in digits or
//     in words, with the way they are rounded.
//  2. Read finds what the words around each number fix, for somebody who spoke on a day: what
//     is counted, where, whom, and when. A number that is compared with another takes its window
//     from it.
//  3. Search tries the windows of the series, up to that day. It returns the windows that give
//     the number within its own rounding and have everything that the words fix, best first, or
//     the nearest ones, each with the facts that hold.
//  4. Check does all of this for what an archive knew on the day, and looks in later releases for
//     what was not known.
//
// The answer consists of windows and figures. It calls nobody right or wrong.
//
// The package does no input or output and reads no clock.
package claim
