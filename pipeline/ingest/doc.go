// Package ingest brings releases from publishers into data/raw and the lake.
//
//  1. Ingest.Run restores what the lake lacks of data/raw, then downloads each source's newest
//     file. Ingest.Add takes files given by hand.
//  2. A file is dated, decoded and checked. Nothing is written unless all of it is right; an
//     invalid file is kept apart.
//  3. gate weighs the file against what is known. A release beyond the limits waits for a Reviewer.
//  4. The bytes go to data/raw first, then the releases to the lake. A run that is killed between
//     the two is completed by the next.
//
// Microdata goes through package microdata. The package publishes nothing.
package ingest
