// Package parquetfile writes and reads Parquet files column by column as dictionary codes, so that
// a value that occurs a million times is looked at once.
//
//  1. A Writer receives row groups. A Chunk is one column of a row group: codes into a sorted
//     list of values, or numbers, or texts too varied for a list.
//  2. The codes that occur become the dictionary of the chunk, in order. The pages hold codes
//     only, so the bounds of pages and chunks are bounds of codes.
//  3. Pages are compressed with zstd and carry a checksum. Close writes the column and offset
//     indexes and the footer.
//  4. A Reader returns codes and dictionaries without making rows.
//
// The bytes of a file depend only on its rows. Thrift, bit packing and delta encoding are
// parquet-go's, and zstd is klauspost's; this package decides in which order to call them. It knows
// nothing of microdata, folders or partitions, and reads only dictionary-coded columns and texts.
package parquetfile
