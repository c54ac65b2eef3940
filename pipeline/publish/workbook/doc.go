// Package workbook writes spreadsheets for people, as XLSX and as OpenDocument, in the form that
// the UK Government Analysis Function asks for.
//
//  1. A Book is a cover, notes and sheets. Each sheet is one table under one header row, with no
//     merged and no empty cells. Cells are typed: a number is a number, a date a date, and a text
//     is never a formula.
//  2. The plan reads every row once. It counts the rows, measures the columns, collects the
//     shorthand, makes names fit, and refuses what a spreadsheet program could not hold. It adds
//     the cover sheet, the contents, and the notes with the meaning of the shorthand.
//  3. XLSX and ODS write the same plan, row by row, without a clock or chance: the same Book gives
//     the same bytes. They count the rows again.
//
// The package does not know what the figures mean, nor why one is missing: the caller says so with
// a mark from package stat.
package workbook
