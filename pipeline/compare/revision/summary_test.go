package revision

import (
	"testing"

	"crossings/pipeline/stat"
)

// TestSummarise has a value that was corrected and changed back, and a value that was withdrawn.
func TestSummarise(t *testing.T) {
	ledger := inOrder(t, []Release{release("2026-02-01", "900 101 7"), release("2026-02-08", "900 103r 7"), release("2026-02-15", "900 101 .")})
	got := Summarise(ledger, map[stat.SeriesID]int{arrivals.ID: 4})
	want := Summary{Series: arrivals.ID, Revisions: 2, Observations: 4, Revised: 1, Silent: 1, Fall: -2, Rise: 2, Absolute: 4, Lag: 44}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if share, ok := got[0].Share(); !ok || share != 25 {
		t.Errorf("share %v, %v", share, ok)
	}
	if _, ok := (Summary{}).Share(); ok {
		t.Error("a share of nothing")
	}
}
