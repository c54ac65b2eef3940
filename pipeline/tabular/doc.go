// Package tabular describes published tables as data, and reads them.
//
//  1. Parse reads a layout: how the file is written, which columns have the period, the values and
//     the dimensions, what adds up to what, and where the file is found.
//  2. Layout.Decode reads a CSV, TSV, XLSX or ODS file. It finds the header below any title rows,
//     by words. Each cell with a value becomes a fact that knows its place.
//  3. Facts become observations: stated totals as stated, else sums of all parts, and one dimension
//     at a time. Totals that are not the sum of their parts are findings of severity error.
//
// What a layout does not say is never guessed if a figure depends on it. It opens no file, asks no
// server and knows no source.
package tabular
