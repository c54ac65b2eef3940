// Package codes turns the labels that publishers write into the codes of
// our code lists.
//
//  1. For chooses a list and a publisher: the publisher's own labels come before
//     those of any publisher;
//  2. Code looks a label up as it is written, then without regard to case, white
//     space and the shapes of apostrophes, quotation marks and dashes;
//  3. a label that is listed without a code is Excluded, with the reason;
//  4. Code returns ErrUnmapped for a label that is not listed. It is for vocabularies
//     in which an unknown label could hide a total inside a sum;
//  5. Open has a code for every label: a label that names several is read by its
//     parts, and any other has a code made from its words, so its row is counted in
//     every total.
//
// To correct a mapping, edit schemas/labels/<list>.csv. Fingerprint then changes, which
// shows that files read before may read differently now.
//
// The package does not guess: similar spellings are different labels, and accents
// count. It does not decide what a blank cell means: a list that allows blanks says so.
// It does not know the files, and adds nothing up.
package codes
