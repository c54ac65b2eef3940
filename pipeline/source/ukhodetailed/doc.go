// Package ukhodetailed reads the Home Office's detailed datasets: tables in which each row is the
// count of one quarter and one combination of labels.
//
//  1. Open opens the publisher's workbook, or a CSV made from one.
//  2. File.Tables finds a View by its header, whatever its sheet is called now.
//  3. Table.Each checks every row and turns its labels into codes.
//  4. Cube adds rows up to observations that say where their parts are.
//  5. Date returns the day of publication.
//
// A workbook has a title, a header, the rows, and a row with "End of table" in the column Year,
// which shows that the table is complete. A CSV has the header and the rows, with the quarter in
// three columns: Date (its first or last day, depending on the release), Year, and Quarter from 1
// to 4. It has no end mark; see tail.
//
// The package knows quarters and counts. The sources that use it decide what is counted and which
// sums are published.
package ukhodetailed
