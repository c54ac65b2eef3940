// Package site writes the site: pages for people and files for machines.
//
//  1. Write makes data/<table>.csv, .parquet and .json of every table;
//  2. each chart record becomes a figure, whose numbers are cells of the tables:
//     an option for the chart library, a caption, a text for those who do not
//     see it, and a table of exactly what is drawn;
//  3. each topic record becomes a page: its headlines and charts, and the newest
//     rows of the tables about its series, laid out column by column;
//     below data/topics it has a workbook of all rows about its data sets, as XLSX
//     and as OpenDocument, and an archive of the same for programs;
//  4. the table revisions becomes the page of what changed, a page of releases
//     for each source, and a feed; the table claims becomes a page of its own;
//  5. html/template puts figures, headlines and tables into pages; the style
//     sheet and scripts come from package charts.
//
// Every page is complete without its scripts and refers to no other host. The
// package computes no statistic, reads no clock and draws no random number, so
// that the same Site always gives the same bytes. It does not put the site in
// place: that is one rename, and the caller's.
package site
