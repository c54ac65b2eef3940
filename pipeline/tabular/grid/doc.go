// Package grid opens the files of published tables, CSV, TSV, XLSX or ODS, as rows of cells that know
// their places. The content of a file tells its format; a layout says how a text file is written.
package grid
