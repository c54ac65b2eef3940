// Package csvscan finds the records and fields of large CSV files without allocating per record.
//
//  1. A Cutter reads a stream and returns blocks of whole records, cut at the last line break
//     outside quotes, so that blocks can be processed separately.
//  2. An Index finds every delimiter of a block, 64 bytes at a time: it makes three comparisons
//     on eight bytes at once and masks out the quoted parts with a running exclusive or. Then it
//     groups the delimiters into rows.
//  3. Field returns one field of one row. It copies only a quoted field that holds doubled
//     quotes or CRLF.
//
// The dialect is that of encoding/csv with its default settings: comma, RFC 4180 quotes, LF or
// CRLF, blank lines skipped, CRLF inside quotes read as LF, a quote in an unquoted field refused.
// It differs on purpose in three points: it skips a byte order mark at the start, it refuses a
// record longer than MaxRecord, and it marks a record whose number of fields differs from the
// header's as irregular instead of stopping.
//
// It does not decode text: NUL, control characters and invalid UTF-8 are returned unchanged and
// left to the rules of a column.
package csvscan
