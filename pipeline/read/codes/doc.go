// Package codes turns the labels that publishers write into the codes of our code lists.
//
//  1. For chooses a list and a publisher. The publisher's own labels take precedence over those of
//     any publisher.
//  2. Code looks a label up as written, then ignoring case, white space and the shapes of
//     apostrophes, quotation marks and dashes.
//  3. A label that is listed without a code is Excluded, with the reason.
//  4. Code returns ErrUnmapped for a label that is not listed. Use it for vocabularies in which an
//     unknown label could be a total, and would be counted twice.
//  5. Open has a code for every label. A label that names several listed ones gets their codes;
//     any other gets a code made from its words. Its row is counted in every total.
//
// To correct a mapping, edit schemas/labels/<list>.csv. The Fingerprint then changes, which shows
// that files read before may read differently now.
//
// The package does not guess: similar spellings are different labels, and accents count. It does
// not decide what a blank cell means; a list that allows blanks says so. It reads no files and adds
// nothing up.
package codes
