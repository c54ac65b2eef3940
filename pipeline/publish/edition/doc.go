// Package edition keeps what was published: every data version at its own path, which never
// changes.
//
//  1. Next compares the content to be published with the newest edition and gives it a version:
//     major if readers must adapt to a change of tables, minor for new figures, patch for
//     corrected ones.
//  2. Archive.Add stores the files of a new edition, whole or not at all.
//  3. Archive.Link puts all editions below a site, as links to the same bytes.
//
// A version depends only on what was published before, not on the clock. The package does not know
// what the files are.
package edition
