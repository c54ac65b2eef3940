// Package lake keeps every vintage of every observation as plain Parquet, and reads it as of a
// date.
//
//  1. There is one file for each release: observations/source=<id>/<release>.parquet holds
//     everything that the release states, in full. It is a pure function of the release's raw
//     file, so the order in which releases arrive does not matter.
//  2. Its entry, releases/<id>/<release>.json, has the hashes, the coverage of each series and the
//     findings. The entry is written last; a release is in the lake once its entry is there.
//  3. AsOf reads the newest releases first and takes from older ones only what the newer ones do
//     not speak for. A release speaks for each of its series over the span that it covers: within
//     that span, a value that it does not state is withdrawn.
//
// The lake checks Parquet files against the entry's hash before it reads them, because the library
// that reads them would not notice a flipped bit.
package lake
