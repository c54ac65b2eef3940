// Package claim finds which published figures reproduce the numbers in a
// sentence.
//
//  1. Parse finds the numbers of a sentence and what the words around them say:
//     whether a number is a count or a percentage, how it is rounded, whether it
//     went up or down, and which dates, years and windows the sentence names.
//  2. Search tries the windows that such sentences mean (year to date, whole year,
//     half, quarter, month, week, day, twelve months, since a date) for every
//     series, up to the day on which the claim was made. It returns the windows
//     that give the number within its own rounding, best first, or the nearest
//     ones if none does.
//
// The answer consists of windows and figures. It calls nothing true or false.
//
// The package does no input or output and reads no clock. The caller knows which
// vintages were known on the day.
package claim
