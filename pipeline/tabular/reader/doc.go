// Package reader reads published tables by their layouts.
//
//  1. Decode opens the file and finds the sheet and the header, by the words of its columns.
//  2. Each cell with a value becomes a fact that knows its place, its period and its codes.
//  3. Facts that state the same twice, and periods that overlap, are errors. Totals that are not the
//     sum of their parts, and labels that may hide one, are findings of severity error.
//  4. Facts become observations: stated totals as stated, else sums of all parts.
package reader
