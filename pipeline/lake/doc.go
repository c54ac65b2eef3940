// Package lake keeps every vintage of every observation as plain Parquet, and
// reads it as of a date.
//
//  1. One file a release: observations/source=<id>/<release>.parquet holds all
//     that the release states, restated in full. It is a pure function of the
//     release's raw file, so the order in which releases arrive cannot matter.
//  2. Beside it, releases/<id>/<release>.json is the entry: hashes, coverage of
//     each series, findings. A release is in the lake once its entry is there;
//     it is written last.
//  3. AsOf reads the newest releases first and takes from older ones only what
//     the newer do not speak of. A release speaks for each of its series over
//     the span that it covers: inside that span a value that it does not state
//     is withdrawn.
//
// Parquet files are checked against the entry's hash before they are read: the
// library that reads them would take a flipped bit without a word.
package lake
