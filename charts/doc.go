// Package charts holds the charts and topic pages of the site as text, with the
// templates, style sheet and scripts that show them. It contains no figures.
//
//  1. charts.txt has one entry per chart; Load reads and validates it.
//  2. topics.txt has one entry per topic page; LoadTopics reads and validates it.
//  3. events.txt has one entry per dated event that charts can mark; LoadEvents
//     reads and validates it.
//  4. cards.txt has one entry per card with one figure; LoadCards reads and validates it.
//  5. templates/*.html and assets/* are embedded; Templates and Assets return
//     them. Library returns the chart library that "make build" adds to the assets.
//
// # Format of the four files
//
// A file is UTF-8 text. A line that begins with # is a comment. A line that is
// exactly --- separates two entries; an entry without keys, such as one after
// the last ---, is ignored. All other lines are "key: value". A line that begins
// with a space or a tab continues the value of the line above it and is joined
// to it by one space. Blank lines are ignored. An entry gives each key once. Each
// of these is an error that names the line: an unknown key, a missing required
// key, an id that an earlier entry has, and a value not allowed below.
//
// # Keys of charts.txt
//
//	id          required; lower-case words joined by hyphens. Permanent, because addresses contain it
//	title       required
//	series      required; one series identifier, or two separated by a space for a ratio: numerator, denominator
//	comparison  required; one of the comparisons below
//	window      required unless the comparison allows "nothing for all"; how far back the chart reaches
//	            from its last figure: "365 days", "24 months", "5 years"
//	rate        required for a ratio, else not allowed: the name of the rate in the table rates
//	dimension   required for a ranking, else not allowed: origin, destination, route, sex, age or category
//	unit        required; the unit of the vertical axis
//	topic       optional; the id of the topic page that shows the chart
//	front       optional; yes: the headlines of its series are on the front page, which also draws the first
//	            such chart next to them. A chart without a topic is always drawn there
//	events      optional; yes: the chart marks the events of events.txt that fall within it, and lists them in words
//	            below. Only for daily, weekly, month-on-year and level
//	note        optional; a sentence that is shown below the chart
//	issue       optional; address of the discussion that led to the chart
//
// To add a chart, add an entry. The comparisons:
//
//	comparison       draws                                       series                        window
//	cumulative       the running sum of every year over 366 days daily                         years, or nothing for all
//	daily            every day and the seven-day mean            daily                         days
//	month-on-year    months next to the same a year earlier      daily, monthly                months or years
//	quarter-on-year  quarters next to the same a year earlier    daily, monthly, quarterly     months or years
//	year-on-year     years next to the year before               all of these, annual          years, or nothing for all
//	weekly           every week                                  weekly                        months or years
//	level            a stock on its dates                        any                           months or years, or nothing for all
//	ranking          the parts of a total, largest first   all of these but weekly       not allowed
//	ratio            a rate by month                             daily, monthly                months or years
//
// A ranking draws rows of the table breakdowns: the ten largest parts, and all others together, in the
// newest twelve months that end with a quarter, or on the newest date of a stock.
//
// A weekly series cannot be drawn by month: weeks straddle the ends of months, and
// the whole weeks of a month are not the whole month.
//
// The comparisons that end in -on-year, and level, draw the rows of one basis of
// the table year-on-year: month, quarter, year and point. If a figure has a range,
// the chart shows the ends of the range instead of the year before.
//
// # Keys of topics.txt
//
//	id        required; lower-case words joined by hyphens. Permanent: the page is topics/<id>.html
//	title     required
//	intro     required; one or two sentences
//	sources   required; ids of data sets separated by spaces, or * for all data sets
//	series    optional; patterns of the series to show, separated by spaces. In a pattern, * matches
//	          any characters but a colon. The word none makes a topic about the data sets themselves.
//	          Without this key, the topic shows all series of the sources
//	balances  optional; names in the table balances, separated by spaces
//	note      optional; a sentence that is shown below the intro
//	formerly  optional; ids of topics that are now part of this one. Their pages stay and lead here
//	foot      optional; yes: links to the page stand at the foot of pages only
//
// # Keys of cards.txt
//
//	id       required; lower-case words joined by hyphens
//	title    required
//	shows    required: year-to-date, seven-day-mean, rate, balance, or a basis of the table year-on-year
//	series   required; identifiers separated by spaces. The card leads to the first
//	rate     required if the card shows a rate: its name in the table rates
//	balance  required if the card shows a balance: its name in the table balances
//	topic    required; the id of the topic page that shows the card
//	front    optional; yes: the front page shows the card too
//
// # Keys of events.txt
//
//	id      required; lower-case words joined by hyphens
//	date    required; the day, as 2025-08-06
//	title   required; a few words that say what happened, but not what came of it
//	source  required; address of a page that states it
//	note    optional; a sentence that follows the title
//
// An event is a fact that a source states. Charts mark the day only; they do not say
// that a figure changed because of it.
package charts
