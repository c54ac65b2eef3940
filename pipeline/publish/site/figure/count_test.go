package figure

import (
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

func TestCountSaysWhatIsLeftOut(t *testing.T) {
	set, err := NewSet(content.NewIndex(sitetest.Small(t)))
	if err != nil {
		t.Fatal(err)
	}
	charts, leftOut := set.Count()
	if want := "This chart is left out: the data have no series ukho-small-boats:prevented-persons:W."; leftOut["prevented-weekly"] != want {
		t.Errorf("prevented-weekly: %q, want %q", leftOut["prevented-weekly"], want)
	}
	if _, out := leftOut["arrivals-daily"]; out || charts < 4 || charts > len(sitetest.Charts(t))-len(leftOut)+2 {
		t.Errorf("%d charts drawn, left out: %v", charts, leftOut)
	}
}
