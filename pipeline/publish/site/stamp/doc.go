// Package stamp gives each file of a site the data version in which that file last changed, so that a
// file that says the same as before is the same byte for byte.
//
//  1. A file is made with Version and Released instead of its data version and of the newest release
//     in that. What it says apart from these two is its content.
//  2. If the ledger of the newest edition has the same content under the file's name, the file carries
//     the version noted there. Otherwise it carries the current one.
//  3. The ledger of all files is published as File, and is a part of each edition.
//
// The result depends only on the content and on the newest edition, so a site that is built from
// nothing has the bytes of one that was built step by step.
package stamp
