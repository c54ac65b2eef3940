// Package archive keeps the bytes that publishers served, for ever.
//
// Store.Save keeps a file under <source>/<release>/<file>, with a Sidecar <file>.meta.json next to
// it: both, or neither. Staging does the same for files that arrive together. Store.Snapshots lists
// them, and Store.Read and Store.Verify check them against the sidecar's hash. Decisions about a
// release, such as a withdrawal, are part of its sidecars.
//
// The package is the only owner of data/raw and of the folders of pending releases, rejected
// releases and invalid files. It does not look into the files.
package archive
