// Package fetch finds a source's newest file and downloads it.
//
//  1. Client.Find asks the GOV.UK content API for a publication's attachments
//     and picks the one that a Place describes, whatever its name and address
//     are this week. A Place with a fixed Address needs no question.
//  2. Client.Get downloads that file, if it changed since the last time.
//
// Only https addresses on the Place's list of hosts are asked, across redirects
// too. The package keeps nothing: see package archive.
package fetch
