// Package table turns tables into the files that readers download, and the tidy layout back into
// observations.
//
//  1. A Table is rows of typed cells under a schema from package schemas.
//  2. CSV, Parquet and Metadata write it. The same table always gives the same bytes, and no writer
//     can add, drop or reorder a column.
//  3. Observations makes a table of observations, and ReadTidy reads the same layout from a CSV of
//     any origin.
//
// The package does not know what the figures mean.
package table
