// Package site writes the site: pages for people and files for machines.
//
//  1. figure makes a figure of each chart, and starts to draw the pictures;
//  2. meanwhile, download writes the tables, and the workbooks and archives of topics;
//  3. pages makes the pages: the front page, one for each topic, series and chart, and those of what
//     changed; their style sheet and scripts come from package charts;
//  4. feed and calendar write what programs follow: the feed of what changed, and releases to come;
//  5. a new data version gets a folder of its own, with links to its files.
//
// Other packages hold and find what these read: content has what a site shows, grid reads its tables,
// listing lays their rows out for people, and section and changes write what several pages share.
//
// None of them computes a statistic, reads a clock or draws a random number, so the same Site always
// gives the same bytes. Build does not put the site in place: the caller renames its folder.
package site
