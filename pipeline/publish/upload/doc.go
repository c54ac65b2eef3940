// Package upload puts a published site where readers find it: a folder of a web
// server, or a bucket of any server that speaks S3.
//
//  1. Plan compares the files of the site with what the target says it holds, and
//     finds what to put, in which order, and what to remove.
//  2. Upload notes on the target what it is about to put, puts editions first, then
//     data, pictures, pages, and last what readers follow to the newest figures; then
//     it removes what the site no longer has.
//
// A run that is stopped at any moment leaves a target on which the links of the pages
// that are there lead somewhere, and the next run completes it. What lies below
// releases/<version>/ is never changed and never removed, nor is any file that this package did
// not put there. The package does not look into the files.
package upload
