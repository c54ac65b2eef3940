// Package engine reads record-level sources of any declared layout, tens of
// millions of records a file, and makes of them what can be counted.
//
//  1. A Layout declares the columns of a source: kinds, lists, ranges, the key, the order.
//  2. Normalise reads raw CSV files block by block. A block is judged, sorted and packed
//     where it was read, into a run, in memory or in a spill file; keys that occurred before are
//     found; each month is put together from all runs and written as sorted Parquet.
//  3. Cube sums the months up by day and dimensions, Compare compares the days
//     with those of a year before. Both write again what changed and nothing else.
//  4. Append and Revise bring a folder up to a nightly file.
//  5. Stretches, Shards, ReadShard, FindDuplicates, JoinTallies, WritePartition and Rejects are
//     the steps of Normalise for an engine that has many machines. They
//     pass one another bytes that only they can read, and write the same files.
//     NormaliseKept does them on one machine, and goes on after an interruption.
//
// What is written depends on the layout and the files alone: not on workers,
// blocks, memory or machines. A manifest, written last, says what a folder
// holds. The package knows no source, fetches nothing, and reads no clock.
package engine
