// Package charts holds the charts and topic pages of the site as text, and the
// templates, style sheet and script that show them. It knows no figures.
//
//  1. charts.txt is one record a chart; Load reads and validates it.
//  2. topics.txt is one record a topic page; LoadTopics reads and validates it.
//  3. events.txt is one record a dated event that charts can mark; LoadEvents
//     reads and validates it.
//  4. templates/*.html and assets/* are embedded; Templates and Assets return
//     them, Library the chart library that "make build" puts beside them.
//
// # Format of the three files
//
// The file is UTF-8 text. A line that begins with # is a comment. Records are
// separated by a line that is exactly ---; a record without keys, such as after
// a last ---, is nothing. All other lines are "key: value". A line that begins
// with a space or a tab continues the value of the line above it and is joined
// to it by one space. Blank lines mean nothing. A key is given once a record. An
// unknown key, a missing required one, a second record of the same id and a value
// that is not one of those below are errors that name the line.
//
// # Keys of charts.txt
//
//	id          required; lower-case words joined by hyphens. Permanent: it is in addresses.
//	title       required
//	series      required; one series identifier, or two separated by a space for a ratio: numerator, denominator
//	comparison  required; one of those below
//	window      how far back the chart reaches from its last figure: "365 days",
//	            "24 months", "5 years"
//	rate        required for a ratio, else not allowed: the name of the rate in the table rates
//	unit        required; the unit of the vertical axis
//	topic       optional; the id of the topic page that shows the chart
//	front       optional; yes: the front page shows the chart too. One without a topic is shown there anyway
//	events      optional; yes: the chart marks the events of events.txt that fall within it, and lists them in words
//	            below. Only for daily, weekly, month-on-year and level
//	note        optional; a sentence that is shown below the chart
//	issue       optional; address of the discussion that the chart came from
//
// Adding a chart is adding a record. The comparisons:
//
//	comparison       draws                                       series                        window
//	cumulative       the running sum of every year over 366 days daily                         years, or nothing for all
//	daily            every day with its seven-day mean           daily                         days
//	month-on-year    months beside the same a year before        daily, monthly                months or years
//	quarter-on-year  quarters beside the same a year before      daily, monthly, quarterly     months or years
//	year-on-year     years beside the year before                all of these, annual          years, or nothing for all
//	weekly           every week                                  weekly                        months or years
//	level            a stock on its dates                        any                           months or years, or nothing for all
//	ratio            a rate by month                             daily, monthly                months or years
//
// Weekly series make no chart of months: weeks straddle their ends, and what is
// left of a month is not the whole of it.
//
// The four that end in -on-year or are level draw the rows of one basis of the
// table year-on-year: month, quarter, year and point. Where a figure has a range,
// its ends are drawn in place of the year before.
//
// # Keys of topics.txt
//
//	id        required; lower-case words joined by hyphens. Permanent: the page is topics/<id>.html
//	title     required
//	intro     required; one or two sentences
//	sources   required; ids of data sets separated by spaces, or * for all of them
//	series    optional; patterns of the series whose figures are shown, separated by spaces, in which *
//	          stands for any run of characters without a colon; none for a topic that is about the data
//	          sets themselves. Without it, all series of the sources
//	balances  optional; names in the table balances, separated by spaces
//	note      optional; a sentence that is shown below the intro
//
// # Keys of events.txt
//
//	id      required; lower-case words joined by hyphens
//	date    required; the day, as 2025-08-06
//	title   required; a few words that say what happened, and nothing of its effect
//	source  required; address of a page that states it
//	note    optional; a sentence that follows the title
//
// An event is a fact that a source states. That a figure moved after it is not
// said: charts mark the day and no more.
package charts
