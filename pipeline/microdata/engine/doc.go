// Package engine reads microdata files of any declared layout, tens of millions of records each,
// and turns them into sorted Parquet, sums and comparisons.
//
//  1. A Layout declares the columns of a source: kinds, lists, ranges, key and sort order.
//  2. Normalise reads raw CSV files block by block. It judges, sorts and packs each block into
//     a run, in memory or in a spill file. It finds the keys that occurred before, merges each
//     month from all runs and writes it as sorted Parquet.
//  3. Cube sums the months by day and dimensions. Compare compares each day with the same day
//     of the year before. Both rewrite only what changed.
//  4. Append and Revise bring a folder up to date with a nightly file.
//  5. Stretches, Shards, ReadShard, FindDuplicates, JoinTallies, WritePartition and Rejects are
//     the steps of Normalise for an engine that runs on many machines. They exchange bytes that
//     only they can read, and write the same files. NormaliseKept runs these steps on one
//     machine and can resume after an interruption.
//
// The output depends only on the layout and the files, not on workers, blocks, memory or machines.
// A manifest, written last, lists what a folder holds. The package knows no source, fetches nothing
// and reads no clock.
package engine
