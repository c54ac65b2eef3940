// Package picture draws charts without a browser: as SVG for pages, and as PNG
// with title and facts burnt in for newsrooms.
//
//  1. Studio.SVG runs the chart library and the site's own painter, the scripts
//     that the browser runs, on the option that the page has, and takes the SVG;
//  2. texts are measured with an embedded font, Liberation Sans, whose widths are
//     those of Arial, so that labels have the room they need on any machine;
//  3. Studio.PNG puts such an SVG on a card with wrapped text, and makes pixels of it
//     with resvg, a WebAssembly module, which is given the same font;
//  4. both keep what they have drawn in a folder, by a hash of all that a picture
//     is made from. Studio.Prune removes what was not asked for.
//
// The same chart gives the same bytes, whatever else is drawn at the time and
// whatever the folder holds: each picture has an engine of its own, which has no
// clock, no files and no network, and a deadline. The package knows no figures and
// does not write the site.
package picture
