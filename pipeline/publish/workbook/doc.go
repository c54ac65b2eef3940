// Package workbook writes spreadsheets for people, as XLSX and as OpenDocument, in the
// form that the UK Government Analysis Function asks for.
//
//  1. A Book is a cover, notes and sheets; each sheet is one table under one header
//     row, with no merged and no empty cell. Its cells are typed: a number is a
//     number, a date a date, and a text is never a formula.
//  2. The plan reads every row once: it counts the rows, measures the columns,
//     finds the shorthand that is used, makes names fit, and refuses what a
//     spreadsheet program could not hold. It adds the cover sheet, the contents,
//     and the notes with the meaning of that shorthand.
//  3. XLSX and ODS write the same plan, row by row, with no clock and no chance in
//     it: the same Book gives the same bytes. Rows are counted again on the way.
//
// The package does not know what the figures mean, nor why one is missing: whoever
// makes a cell says so with a mark from package stat.
package workbook
