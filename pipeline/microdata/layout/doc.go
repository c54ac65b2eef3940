// Package layout describes record-level sources as data, and turns the cubes that
// pipeline/microdata/engine makes of them into observations.
//
//  1. Parse reads a layout: columns with kinds, code lists and ranges, the key, the
//     order, what is summed and counted, and by which dimensions.
//  2. Layout.Event and Layout.Cube are what the reader of records has to know of it.
//  3. Layout.Observations states the daily and monthly series of the margins of a cube: a day
//     without a record is 0 inside the span of the records, and missing in a long gap.
//  4. Layout.Since says from which month on two cubes differ, so that a file that comes later
//     states what it changed and no more.
//
// It opens no file and knows no source.
package layout
