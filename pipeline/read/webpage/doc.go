// Package webpage reads web pages: their texts, headings and tables.
//
// It keeps what a browser shows apart from what the letters by themselves say: footnotes' marks,
// struck-out and hidden texts, cells that span several places. Tables are found by package decode's
// Columns, and its limits apply.
package webpage
