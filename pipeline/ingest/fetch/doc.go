// Package fetch finds a source's newest file and downloads it.
//
//  1. Client.Find asks the GOV.UK content API for a publication's attachments and picks the one
//     that a Place describes, whatever its name and address are this week. For a Place with a web
//     page it picks one of the page's links. For a Place with a fixed Address it asks nothing. A page
//     that several Places share is asked for once in a run; see Remembering.
//  2. Client.Download downloads that file if it has changed since the last time.
//
// It sends requests only to https addresses on the Place's list of hosts, also after redirects. It
// stores nothing: see package archive.
package fetch
