// Package upload copies a published site to where readers find it: a folder of a web server, or a
// bucket of any S3 server.
//
//  1. NewPlan compares the files of the site with what the target says it holds, and lists what to
//     put, in which order, and what to remove.
//  2. Upload notes on the target what it is about to put. It puts editions first, then data,
//     pictures and pages, and last the files that lead readers to the newest figures. Then it
//     removes what the site no longer has.
//
// If a run is stopped at any moment, every link on the pages of the target still leads somewhere,
// and the next run completes the upload. It never changes or removes anything below
// releases/<version>/, nor any file that this package did not put there. The package does not look
// into the files.
package upload
