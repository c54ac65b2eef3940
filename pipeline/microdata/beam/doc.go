// Command beam does the work of engine.Normalise and engine.Cube on the workers of an Apache Beam
// runner: Prism in this process, Flink or Spark.
//
// Usage: beam [flags] LAYOUT INPUT... OUT
//
//  1. It cuts the raw files into stretches of --shard bytes and looks in each for quotes and line
//     breaks. With what it finds in all of them, it cuts the files between records, into shards.
//  2. It reads and judges each shard. Good rows go to their month, keys to the bucket of their
//     hash, refused rows to their shard.
//  3. Each bucket of keys finds the rows whose key an earlier record has.
//  4. It joins what must be known about all shards: how many records each has, and which columns
//     have too many texts for a dictionary.
//  5. It merges and writes each month without duplicates, then its sums. It writes the refused
//     rows, one file per shard.
//  6. When everything is there, it writes the manifests and removes what an older run left.
//
// Package engine decides the rules, the order and the bytes; nothing here looks at a record.
// OUT/norm and OUT/cube are, byte for byte, what the local run writes, whatever the runner, the
// number of workers and the size of shards.
//
// Any step may run twice, or on two workers at once: it writes to a folder of its own and renames
// the files once they are whole, and its output depends only on its input. If a runner does not
// repeat steps, --attempts gives it the whole job again. All workers must see the paths of OUT and
// the inputs. The command does not compare days (engine.Compare reads OUT/cube). It does not append
// or revise either: those touch one month and run on one machine.
package main
