// Package decode turns a file as published into rows that know their file,
// sheet, line and column, within fixed limits of memory.
//
// For an OpenDocument spreadsheet:
//
//  1. OpenODS checks what can be told without reading the sheets: that the file
//     is a spreadsheet and not an HTML page or half a file, and that the sizes
//     it declares are within Limits;
//  2. ODS.Rows reads the sheets in one streaming pass and yields each row that
//     has content, with its line number as a spreadsheet program shows it;
//  3. Count and Date read a cell as a figure or a day, or say why it is neither.
//
// An Office Open XML workbook is opened by OpenXLSX; XLSX.Sheet finds a sheet by
// the names that it has had, and XLSX.Rows reads it. The library that reads the
// cells passes over damage without a word, so each sheet is checked to its end
// first: what is yielded is the whole sheet.
//
// A CSV is opened by OpenCSV and read by CSV.Rows in the same manner; its rows
// read their own counts and dates.
//
// A web page is read whole by OpenHTML; HTML.Table finds the table with known
// columns, and HTML.Texts has the prose. CountText and DateText read figures and
// days as pages show them to people.
//
// The size of a file says nothing of the size of its sheets: publishers fill
// sheets to the last line and column with one empty cell that says it is
// repeated. Such fillers cost nothing here, and move the positions of what
// follows them.
//
// The package does not know what any sheet means, does not compute formulas
// (it reads the values stored with them), and does no network or file access.
// Rows and cells that the publisher has hidden are read like any other.
package decode
