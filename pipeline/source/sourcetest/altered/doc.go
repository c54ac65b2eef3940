// Package altered has the contracts of sources with files that were altered: rows and columns moved,
// repeated or left out, figures in another unit, rows added, and the same figures written in other ways.
// A source may read such a file, refuse it or hold it. It may not state another figure without a finding.
package altered
