// Package layout describes microdata sources as data, and turns the cubes that the engine makes of
// them into observations.
//
//  1. Parse reads a layout: columns with kinds, code lists and ranges, the key, the sort order,
//     what is summed and counted, and the dimensions.
//  2. Layout.Engine and Layout.Cube give the engine its part of the layout.
//  3. Layout.Observations states the daily and monthly series of a cube's margins. A day without
//     a record is 0 within the span of the records, and missing in a long gap.
//  4. Layout.Since returns the first month in which two cubes differ, so that a later release
//     states only what it changed.
//
// It opens no file and knows no source.
package layout
