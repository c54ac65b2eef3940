// Package charts holds the charts of the site as text, and the templates, style
// sheet and script that show them. It knows no figures.
//
//  1. charts.txt is one record a chart; Load reads and validates it.
//  2. templates/*.html and assets/* are embedded; Templates and Assets return
//     them, Library the chart library that "make build" puts beside them.
//
// # Format of charts.txt
//
// The file is UTF-8 text. A line that begins with # is a comment. Records are
// separated by a line that is exactly ---; a record without keys, such as after
// a last ---, is nothing. All other lines are "key: value". A line that begins
// with a space or a tab continues the value of the line above it and is joined
// to it by one space. Blank lines mean nothing. A key is given once a record.
//
//	id          required; lower-case words joined by hyphens. Permanent: it is in addresses.
//	title       required
//	series      required; one series identifier, or two separated by a space for a ratio: numerator, denominator
//	comparison  required; cumulative, daily, month-on-year or ratio
//	window      how far back the chart reaches from its last figure: "365 days",
//	            "24 months", "5 years". Days for daily and months or years for
//	            month-on-year and ratio, required; years or nothing, which is all of them, for cumulative
//	rate        required for a ratio, else not allowed: the name of the rate in the table rates
//	unit        required; the unit of the vertical axis
//	note        optional; a sentence that is shown below the chart
//	issue       optional; address of the discussion that the chart came from
//
// Adding a chart is adding a record. An unknown key, a missing required one, a
// second record of the same id and an unknown comparison are errors that name
// the line.
package charts
