// Package decode reads a published file into rows that know their file, sheet, line and column,
// within fixed limits of memory. Package spreadsheet reads workbooks into the same rows.
//
// OpenCSV opens a CSV and CSV.Rows reads it. Its rows have their own methods for counts and dates.
//
// OpenHTML reads a whole web page. HTML.Table finds the table with given columns, and HTML.Texts
// returns the prose. CountText and DateText read figures and days as pages show them to people.
//
// Count and Date read a cell as a figure or a day, or say why it is neither.
//
// The package has no network or file access, and does not know what a row means.
package decode
