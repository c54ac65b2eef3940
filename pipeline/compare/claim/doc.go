// Package claim finds which published figures reproduce the numbers in a
// sentence.
//
//  1. Parse takes the numbers out of a sentence with what the words around them
//     say: counts and per cents, how they are rounded, whether up or down, and
//     the dates, years and windows that the sentence names.
//  2. Search goes through the windows that such sentences mean (year to date,
//     whole year, first half, quarter, month, week, day, twelve months, since a
//     date) of every series, up to the day on which the claim was made, and
//     returns those that give the number within its own rounding, best first;
//     where none does, the nearest.
//
// The answer is windows and figures. Nothing is judged true or false.
//
// The package does no input or output and reads no clock: which vintages were
// known on the day is for the caller.
package claim
