// Package sdmx publishes tables in the form of statistical offices: a structure message in SDMX-ML
// 3.0, and each table as SDMX-CSV 2.0.
//
//  1. New takes a table and makes a dataflow of it. Columns of the key and those that classify are
//     dimensions. Other columns with numbers are measures, and all others are attributes of the
//     observation.
//  2. CSV writes the rows. The first and the last day of a period become one TIME_PERIOD.
//  3. Structure describes all dataflows: their data structures, concepts and code lists.
//
// Concepts and code lists of SDMX are used where they have the same meaning. A code list that SDMX
// does not have is published under this agency, with every code that occurs.
package sdmx
