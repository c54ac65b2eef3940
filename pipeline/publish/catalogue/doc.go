// Package catalogue describes the published data to machines, in the formats that catalogues,
// search engines and statistics programs read. Every function is pure: it takes a Site and returns
// the bytes of one file.
//
//  1. Describe, CSVW and DataPackage describe tables: in our own layout, as CSV on the Web, and as
//     a Frictionless Data Package.
//  2. JSONLD gives the schema.org Dataset of a page. DCAT gives the catalogue, as JSON-LD and as
//     Turtle from one graph, so that both say the same.
//  3. Release lists inputs and outputs, with hashes.
//  4. Robots and Sitemap are for crawlers, Cite is for those who quote the data.
//
// Addresses are relative to the site's folder unless there is a base address. Without one, anything
// that a format allows only in absolute form is left out. Texts may come from anywhere: no text
// becomes an address, and a link that is not plain http or https is dropped. The package reads no
// file and no clock and does not know what the figures mean.
package catalogue
