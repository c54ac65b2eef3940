// Package stat is the domain: the terms of official statistics as Go types.
//
// A value carries everything that its meaning depends on, from the first
// decode to the last chart:
//
//  1. what it refers to: a Series and a reference Period;
//  2. what was stated: a Count, or its absence, with a Status and the
//     publisher's own mark;
//  3. when it was stated: the Vintage and the release;
//  4. where it stands: the locator (sheet and cell) in the release's file.
//
// The package imports nothing but the standard library, does no input or
// output and reads no clock.
package stat
