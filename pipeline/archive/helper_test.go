package archive

import (
	"os"
	"path/filepath"
	"testing"
)

const (
	mediaURL = "https://assets.publishing.service.gov.uk/media/"
	ods      = "application/vnd.oasis.opendocument.spreadsheet"
)

// fixture returns a fixture of a publisher's file.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../source/ukhosmallboats/testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
