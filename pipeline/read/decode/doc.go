// Package decode reads a published file into rows that know their file, sheet, line and column,
// within fixed limits of memory. Package spreadsheet reads workbooks into the same rows, and package
// webpage reads pages.
//
// OpenCSV opens a CSV and CSV.Table reads it. Its rows have their own methods for counts and dates.
//
// Columns declares the columns that a source reads, and Table finds them under any spelling of their
// headers, in any order and below titles. It is the same for a sheet, a page and a CSV, and strict
// where a figure could be taken for another. Words is the comparison of headers.
//
// FigureText reads a count as publishers write it, or the mark instead of it. DateText reads a day.
//
// Count and Date read a cell as a figure or a day, or say why it is neither.
//
// The package has no network or file access, and does not know what a row means.
package decode
