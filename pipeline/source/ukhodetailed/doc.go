// Package ukhodetailed reads the Home Office's detailed datasets: tables in which each row is the
// count of one quarter and one combination of labels.
//
//  1. Open opens the publisher's workbook, or a CSV made from one.
//  2. File.Tables finds a View by its header, whatever its sheet is called now.
//  3. Table.Each checks every row and turns its labels into codes.
//  4. Cube adds rows up to observations that say where their parts are.
//  5. Date returns the day of publication.
//
// A workbook has a title, a header, the rows, and a row with "End of table", which shows that the
// table is complete. A CSV has the header and the rows. It has no end mark; see tail.
//
// Headers are found below titles, in any order and typography, and may be joined by others, which
// are not read. A flow states its quarter in the columns Year and Quarter, or in a column Date with
// its first or last day; where there are several, they must agree. A stock has a column Date with
// the last day of a quarter.
//
// The package knows quarters and counts. The sources that use it decide what is counted and which
// sums are published.
package ukhodetailed
