// Command beam does what event.Normalise and event.Cube do, on the workers of an
// Apache Beam runner: Prism in this process, Flink or Spark.
//
// Usage: beam [flags] LAYOUT INPUT... OUT
//
//  1. The raw files are cut into stretches of --shard bytes. Each is looked through
//     for the quotes and line breaks in it, and with what all say the files are
//     cut between records: into shards.
//  2. Each shard is read and judged. Its good rows go to their month, its keys to
//     the bucket of their hash, its refused rows to their shard.
//  3. Each bucket of keys finds the rows whose key an earlier record had.
//  4. What must be known of all shards comes together: how many records each has,
//     and which columns have too many texts for a dictionary.
//  5. Each month is brought together, without duplicates, and written; then its
//     sums. The refused rows are written, one file a shard.
//  6. When all is there, the manifests are written, and what an older run left is removed.
//
// The rules, the order and the bytes are those of package event; nothing here
// looks at a record. OUT/norm and OUT/cube are, byte for byte, what the local run
// writes, whatever the runner, the number of workers and the size of shards.
//
// Any step may run twice, or on two workers at once: it writes to a folder of
// its own and gives the files their names when they are whole, and what it writes
// depends on its input alone. A runner that does not repeat steps is given the job again
// by --attempts. OUT and the inputs must be paths that
// all workers see. It does not compare days (event.Compare reads OUT/cube), and it
// does not append or revise: those touch a month and run on one machine.
package main
