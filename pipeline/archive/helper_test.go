package archive

import (
	"testing"

	"crossings/pipeline/source/sourcetest/files"
)

const (
	mediaURL = "https://assets.publishing.service.gov.uk/media/"
	ods      = "application/vnd.oasis.opendocument.spreadsheet"
)

// fixture returns a fixture of a publisher's file.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	return files.ReadFile(t, "../source/ukhosmallboats/testdata", name)
}
