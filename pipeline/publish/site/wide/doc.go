// Package wide makes small files of the published figures in the form of a spreadsheet: one row a
// series, one column a period. The page that explores the figures reads them.
//
//  1. reader takes the figures of the tables observations, year-on-year, year-to-date and breakdowns
//     and groups them into sheets: one measure of one data set, one breakdown, one frequency.
//  2. names finds the words for measures and for the parts of a breakdown.
//  3. Write writes data/wide/<sheet>.csv, and data/wide/measures.json, which lists the sheets and
//     says what table and rows each is made from.
//
// A missing figure is an empty cell, never 0. Where the figures of a sheet differ in status, a sheet
// of the same shape has the codes: <sheet>.marks.csv. Where ranges are stated, <sheet>.lower.csv and
// <sheet>.upper.csv have their ends.
package wide
