package changes

import (
	"slices"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// TestAReleaseHasTheChangesThatItMade has two releases of one instant. Only the first changed values.
func TestAReleaseHasTheChangesThatItMade(t *testing.T) {
	index := content.NewIndex(sitetest.ManyChanges(3))
	l, first, second := New(index), index.ReleaseList[0], index.ReleaseList[1]
	if got := l.By(first); len(got) != 3 {
		t.Errorf("the first made %v", got)
	}
	if got := l.By(second); len(got) != 0 {
		t.Errorf("the second made %v", got)
	}
	if got := l.Newest(); !slices.Equal(got, []*row.Release{first}) {
		t.Errorf("releases that changed something are %v", got)
	}
	texts, more := l.Sentences(l.By(first), 1)
	if want := "Claims, March 2020: 1 before, 2 after (+1), silent"; len(texts) != 1 || texts[0] != want || more != "2" {
		t.Errorf("said is %q and %q more, want %q", texts, more, want)
	}
}

// TestSeriesOfTheSiteComeBeforeBreakdowns has a breakdown whose name is first in order.
func TestSeriesOfTheSiteComeBeforeBreakdowns(t *testing.T) {
	s := sitetest.ManyChanges(2)
	revisions := s.Tables[0]
	breakdown := "ukho-asylum:a-breakdown:Q"
	revisions.Rows[0][revisions.Schema.Index("series")] = table.Text(breakdown)
	l := New(content.NewIndex(s))
	all := l.index.Tables.Revisions
	if got := l.By(l.index.ReleaseList[0]); !slices.Equal(got, []*row.Revision{all[1], all[0]}) {
		t.Errorf("changes are in the order %v", got)
	}
	if got := Of(l.index, l.index.Described); !slices.Equal(got, all[1:]) {
		t.Errorf("changes of described series are %v", got)
	}
}
