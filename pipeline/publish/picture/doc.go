// Package picture draws charts without a browser: as SVG for pages, and as PNG for newsrooms, with
// the title and the facts in the picture.
//
//  1. Renderer.SVG runs the chart library and the site's own painter on the page's option and
//     takes the SVG. The browser runs the same scripts.
//  2. Texts are measured with an embedded font, DejaVu Sans. It is the widest of the usual ones, so
//     labels have the room they need on any machine.
//  3. Renderer.PNG puts such an SVG on a card with wrapped text and renders it with resvg, a
//     WebAssembly module that draws with the fonts of the site.
//  4. Both keep what they have drawn in a folder, by a hash of everything that a picture is made
//     from. Renderer.Prune removes what was not requested.
//
// The same chart gives the same bytes, whatever else is drawn at the time and whatever the folder
// holds. Each picture has an engine of its own, without clock, files or network, and a deadline.
// The package knows no figures and does not write the site.
package picture
