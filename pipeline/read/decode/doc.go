// Package decode reads a published file into rows that know their file, sheet, line and column,
// within fixed limits of memory.
//
// For an OpenDocument spreadsheet:
//
//  1. OpenODS checks what it can without reading the sheets: the file is a spreadsheet, not an
//     HTML page or half a file, and the sizes that it declares are within Limits.
//  2. ODS.Rows reads the sheets in one streaming pass. It yields each row with content, with its
//     line number as a spreadsheet program shows it.
//  3. Count and Date read a cell as a figure or a day, or say why it is neither.
//
// OpenXLSX opens an Office Open XML workbook. XLSX.Sheet finds a sheet by any name that it has had,
// and XLSX.Rows reads it. Each sheet is checked to its end before its first row is yielded, so a
// damaged sheet yields nothing.
//
// OpenCSV opens a CSV and CSV.Rows reads it in the same way. Its rows have their own methods for
// counts and dates.
//
// OpenHTML reads a whole web page. HTML.Table finds the table with given columns, and HTML.Texts
// returns the prose. CountText and DateText read figures and days as pages show them to people.
//
// The size of a file says nothing about the size of its sheets: publishers fill sheets to the last
// line and column with one empty cell that is marked as repeated. Such fillers cost nothing here,
// but they count in the positions of what follows.
//
// The package does not know what a sheet means. It does not compute formulas; it reads the values
// stored with them. It has no network or file access. Rows and cells that the publisher has hidden
// are read like any other.
package decode
