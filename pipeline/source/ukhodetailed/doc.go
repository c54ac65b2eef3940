// Package ukhodetailed reads the Home Office's detailed datasets: tables in which
// each row is the count of one quarter and one combination of labels.
//
//  1. Open tells the publisher's workbook from a CSV that was made of one.
//  2. File.Tables finds a View by its header, whatever its sheet is called now.
//  3. Table.Each checks every row and turns its labels into codes.
//  4. Cube adds rows up to observations that say where their parts stand.
//  5. Date returns the day of publication.
//
// A workbook has a title, a header, the rows, and a row with "End of table" in
// the column Year, which tells a whole table from a part of one. A CSV has the
// header and the rows, with the quarter in three columns: Date (its first day or
// its last, as the release has it), Year, and Quarter from 1 to 4. It has no end
// mark; see checkTail.
//
// The package knows what a quarter is and what a count is. What is counted, and
// which sums are published, is for the sources that use it.
package ukhodetailed
