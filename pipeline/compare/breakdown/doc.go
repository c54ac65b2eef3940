// Package breakdown sets the parts of a total next to it: nationalities, sexes, ages, destinations,
// routes or categories of one series, in the same whole periods.
//
//  1. NewSet joins a total and its parts. In a table that lists only what occurs, a part that is not
//     listed is 0; otherwise it is missing.
//  2. Set.Rows gives the total, each part and the residual for each period, with the share of the
//     stated total, the rank among the parts, and the change on the year before.
//
// Only parts that exclude each other are ranked and added up. A band of ages inside another, a
// region among countries and a type inside its group are shown without a rank. So are codes that
// begin with an underscore, such as unknown: they name nobody. No part is scaled to fit the total;
// what the parts leave over is the residual. It is not stated where a part has no value or the
// difference may come from rounding.
//
// The package is pure. It does not know what codes mean, except those of ages.
package breakdown
