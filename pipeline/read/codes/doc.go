// Package codes turns the labels that publishers write into the codes of
// our code lists.
//
//  1. For picks a list and a publisher: the publisher's own labels come before
//     those that hold for any publisher;
//  2. Code looks a label up as it is written, then without regard to case, white
//     space and the shapes of apostrophes, quotation marks and dashes;
//  3. a label that is listed without a code is Excluded, with the reason;
//  4. a label that is not listed is ErrUnmapped for Code, which is for vocabularies
//     in which an unknown label could hide a total inside a sum;
//  5. Open has a code for every label: one that names several is read by its
//     parts, and any other has a code made from its words, so that its row is
//     counted in every total.
//
// Mending a mapping is editing schemas/labels/<list>.csv. Fingerprint then
// changes, which tells that files read before may read differently now.
//
// The package does not guess: it knows no likeness of spelling, and accents
// count. It does not decide what a file's blank cell means: where a blank may
// stand, the list says so. It does not know the files, and adds nothing up.
package codes
