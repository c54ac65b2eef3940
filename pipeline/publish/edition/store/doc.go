// Package store keeps the files of many editions in the space of what changed between them.
//
// A store is a folder of packs, one file for each edition, named by its number and the edition. A
// pack is written once, as a whole, and needs only packs with lower numbers:
//
//  1. A file is cut where its content says (cut), so that a changed row changes one piece. Streams
//     that are compressed with deflate, in pictures, workbooks and archives, are cut as the tokens that
//     they consist of (package deflated), because one changed row changes all later bytes of them.
//  2. A piece that one of the four editions before has in the same file is not kept again. A new piece
//     is kept as its difference from that in the edition before (delta), or whole if differences would
//     follow each other for too long.
//  3. The list of files with their pieces is cut and kept in the same way.
//  4. Pieces are compressed together in blocks. At the end of a pack are the list of its pieces, with
//     a hash of each, and a hash of the pack.
//
// So an edition costs what changed, and reading a file takes a bounded number of steps, however many
// editions there are. Every file that is read is compared with its SHA-256. The package does not know
// what the files are.
package store
