// Package deflated takes streams that are compressed with deflate apart, and makes the same bytes of
// the parts again.
//
// One changed row in a workbook changes all compressed bytes after it, but only few of the tokens
// that they stand for: literal bytes, and copies of earlier ones. Apart lists the tokens of each
// stream in a file, together with the tables by which they are written as bits. Together writes the
// bits. It follows from the format alone (RFC 1951) and uses no compressor, so that a later version of
// one makes no difference.
//
// Pictures (PNG), archives and workbooks (ZIP) and gzip files have such streams.
package deflated
