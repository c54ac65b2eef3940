// Package parquetfile writes and reads Parquet files column by column as
// dictionary codes, so that a value that occurs a million times is looked at
// once.
//
//  1. A Writer takes row groups. A Chunk is one column of one: codes into a
//     sorted list of values, or numbers, or texts too varied for a list.
//  2. Codes that occur become the dictionary of the chunk, in order; the codes
//     themselves go to the pages as they are. Bounds of pages and chunks are
//     then the bounds of codes.
//  3. Pages are compressed with zstd and carry a checksum; column and offset
//     indexes and the footer follow on Close.
//  4. A Reader gives back codes and dictionary without making rows.
//
// The bytes of a file depend on the rows alone. Thrift, bit packing and delta
// encoding are parquet-go's and zstd is klauspost's; what is here is the order in
// which they are called. The package knows nothing of events, folders or
// partitions, and reads nothing but dictionary-coded columns and texts.
package parquetfile
