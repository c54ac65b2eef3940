// Package catalogue describes the published data to machines, in the forms that
// catalogues, search engines and statistics programs read. Every function is
// pure: from a Site, which says what is published, to the bytes of one file.
//
//  1. Describe, CSVW and DataPackage describe tables: our own layout, CSV on the
//     Web, and the Frictionless Data Package.
//  2. JSONLD gives the schema.org Dataset of a page, DCAT the catalogue, as
//     JSON-LD and as Turtle from one graph, so that both say the same.
//  3. Release lists what went in and what came out, with hashes.
//  4. Robots and Sitemap are for crawlers, Cite for those who quote the data.
//
// Addresses are relative to the site's folder until a base address is given;
// what the formats allow in absolute form only is then left out. Texts may come
// from anywhere: no text becomes an address, and a link that is not plain http
// or https is dropped. The package reads no file and no clock and knows nothing
// of what the figures mean.
package catalogue
