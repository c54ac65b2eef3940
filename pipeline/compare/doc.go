// Package compare turns the observations of a series into the sums,
// comparisons, paths, records and rates that are published.
//
// The steps, for one series as known at one moment:
//
//  1. NewPath sorts the observations and rejects overlaps.
//  2. Path.Sum adds up a span of days, or says why it cannot.
//  3. YearToDate, YearOnYear, DailyPath, Slots, Records, Ratios, PassedOn,
//     ShareReached and PolicyPeriods compare such sums.
//
// Three rules hold throughout. A day outside coverage, or without a value, makes
// every sum over it missing; it is never taken as zero. A period that straddles
// the edge of a window is left out whole and never shared out by days, and the note
// says so. A stock is never summed over time.
//
// The package does no input or output, reads no clock and chooses no vintage. The
// caller decides which observations were known before it builds a Path. Counts are
// exact; nothing is rounded before it is formatted.
package compare
