// Package period reads the periods that publishers write: "15 August 2026", "2018 Q1", "Jan-2014",
// "FY2026 OCT", "year ending June 2026".
//
//  1. A Form says how long the periods of a column are. That is never guessed: "2018" in a column
//     of months is an error.
//  2. Form.Read reads a text of that length in any spelling that can mean only one period.
//  3. A spelling that can mean two periods needs a word in the Form: the order of 01/02/2026, the
//     day of the week that a date names, the month in which a fiscal year starts.
//
// It reads no files and knows no source.
package period
