// Package spreadsheet reads OpenDocument and Office Open XML workbooks into the rows of package
// decode, within fixed limits of memory.
//
//  1. OpenODS and OpenXLSX check what they can without reading the sheets: the file is a
//     workbook, not an HTML page or half a file, and the sizes that it declares are within Limits.
//  2. ODS.Rows reads the sheets in one streaming pass. It yields each row with content, with its
//     line number as a spreadsheet program shows it. XLSX.Sheet finds a sheet by any name that it
//     has had, and XLSX.Rows checks it to its end before it yields the first row, so a damaged
//     sheet yields nothing.
//
// The size of a file says nothing about the size of its sheets: publishers fill sheets to the last
// line and column with one empty cell that is marked as repeated. Such fillers cost nothing here,
// but they count in the positions of what follows.
//
// The package does not know what a sheet means. It does not compute formulas; it reads the values
// stored with them. It has no network or file access. Rows and columns that the publisher has hidden
// are read like any other, and Row.Hidden says so.
package spreadsheet
