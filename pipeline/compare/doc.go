// Package compare turns the observations of a series into the sums,
// comparisons, paths, records and rates that are published.
//
// The flow, for one series as known at one moment:
//
//  1. NewPath orders its observations and refuses overlaps;
//  2. Path.Sum adds up a span of days, and says where it cannot;
//  3. YearToDate, YearOnYear, DailyPath, Slots, Records, Ratios, PassedOn,
//     ShareReached and SamePeriodYearEarlier set such sums side by side.
//
// Three rules hold throughout. A day outside coverage, or without a value, makes
// every sum over it missing: it is never taken as zero. A period that straddles
// the edge of a window is left out whole, never shared out by days, and the note
// says so. A stock is never summed over time.
//
// The package does no input or output, reads no clock and chooses no vintage:
// which observations were known when is settled before a Path is built. Counts
// are exact; nothing is rounded before it is formatted.
package compare
