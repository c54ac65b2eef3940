// Package fetch finds a source's newest file, fetches it and keeps it for ever.
//
//  1. Client.Find asks the GOV.UK content API for a publication's attachments
//     and picks the one that a Place describes, whatever its name and address
//     are this week. A Place with a fixed Address needs no question.
//  2. Client.Get fetches that file, only where it changed since the last time.
//  3. Store.Save keeps the bytes as served under <source>/<release>/<file> with
//     a Sidecar <file>.meta.json beside them, both or neither.
//  4. Store.Snapshots, Store.Read and Store.Verify give them back, checked
//     against the sidecar's hash.
//
// Only https addresses on the Place's list of hosts are asked, across redirects
// too. The package makes one attempt at everything, does not look into the
// files, and never changes or removes a snapshot.
package fetch
