// Package incidentmap draws the incidents of a sea as a map, and lists them as a table. The figures are
// those of the table incidents.
//
// The area of a circle is the number of people: the solid part was found dead, the pale part is missing.
// Nothing is clustered or moved. An incident without a usable place, or off the map, is counted in a
// sentence and is in the table. Rows that are parts of one incident at one place and time are one mark.
//
// Periods, which the page can choose from, are the newest years and all years before. A circle, a row of
// the table and a sentence have the class of their period, p0 for the newest, so that the choice needs no
// script.
package incidentmap
