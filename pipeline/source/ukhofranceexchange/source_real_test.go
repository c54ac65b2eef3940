//go:build real

package ukhofranceexchange

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/files"
)

// TestRealPage reads the page as it was published. The fixture must state the same.
func TestRealPage(t *testing.T) {
	f := sourcetest.File{Name: published2026, Data: files.ReadFile(t, filepath.Join(sourcetest.Real(t), "..", "mirror"), "exchange.html")}
	got, err := f.States(t, &Source, way(""))
	want, wantErr := sourcetest.Load(t, id, published2026).States(t, &Source, way(""))
	if err != nil || wantErr != nil || got != want {
		t.Errorf("%s%v, want %s%v", got, err, want, wantErr)
	}
}
