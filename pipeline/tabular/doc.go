// Package tabular describes published tables as data.
//
//  1. Parse reads a layout: how the file is written, which columns have the period, the values and
//     the dimensions, what adds up to what, and where the file is found.
//  2. Layout.Describe and Layout.Compares say what readers see of a series.
//
// What a layout does not say is never guessed if a figure depends on it. Package reader reads files
// by a layout. This package opens no file, asks no server and knows no source.
package tabular
