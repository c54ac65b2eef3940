// Package csvscan finds the records and fields of large CSV files without
// allocating per record.
//
//  1. A Cutter reads a stream and hands out blocks of whole records, cut at the
//     last line break outside quotes, so that blocks can be worked on apart.
//  2. An Index finds every delimiter of a block, 64 bytes at a time: three
//     comparisons on eight bytes at once, and the quoted parts masked out by a
//     running exclusive or. It then groups the delimiters into rows.
//  3. Field returns one field of one row; only a quoted field that holds
//     doubled quotes or CRLF is copied.
//
// The language is that of encoding/csv with its default settings: comma, RFC
// 4180 quotes, LF or CRLF, blank lines skipped, CRLF inside quotes read as LF,
// a quote in an unquoted field refused. It differs on purpose in three points:
// a byte order mark at the start is skipped, a record longer than MaxRecord is
// refused, and a record with another number of fields than the header is
// marked as irregular and does not end the reading.
//
// It does not decode text: NUL, control characters and invalid UTF-8 come out as they stand
// and are for the rules of a column to judge.
package csvscan
