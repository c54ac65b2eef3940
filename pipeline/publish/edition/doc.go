// Package edition keeps what was published: every data version at a path of its
// own that never changes.
//
//  1. Next compares what is about to be published with the newest edition and
//     gives it a version: major for a change of tables that readers must follow,
//     minor for new figures, patch for corrected ones.
//  2. Archive.Add keeps the files of a new edition, whole or not at all.
//  3. Archive.Link puts all editions below a site, as links to the same bytes.
//
// A version depends on what was published before, and on no clock. The package
// does not know what the files are.
package edition
