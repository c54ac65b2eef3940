package pipeline_test

import (
	"fmt"
	"strings"
	"testing"
)

// smallBoats2022 are the people detected arriving in small boats in 2022, by nationality, in the
// releases of August and November 2023: value, share of the total, rank.
var smallBoats2022 = map[string][3]string{"_T": {"45774", "100", ""}, "ALB": {"12658", "27.6533", "1"}, "AFG": {"9088", "19.8541", "2"}, "IRN": {"5841", "12.7605", "3"},
	"IRQ": {"4574", "9.9926", "4"}, "SYR": {"3006", "6.567", "5"}, "_R": {"0", "0", ""}}

// checkSmallBoats2022 compares them with the table breakdowns of a site.
func checkSmallBoats2022(t *testing.T, list []map[string]string) {
	t.Helper()
	for code, want := range smallBoats2022 {
		r := find(t, list, "series=ukho-illegal-entry:detections:Q:category=small-boat", "dimension=origin", "code="+code, "basis=year", "period_start=2022-01-01")
		if got := [3]string{r["value"], r["share_percent"], r["rank"]}; got != want {
			t.Errorf("%s: %v, want %v", code, got, want)
		}
	}
}

// TestBreakdowns publishes the starter data and checks parts against numbers that the publishers state.
func TestBreakdowns(t *testing.T) {
	t.Parallel()
	cfg, _ := publishedStarter(t)
	list := rows(t, cfg.Data, "breakdowns")
	checkSmallBoats2022(t, list)
	for _, c := range []struct {
		row  []string
		want map[string]string
	}{
		{[]string{"series=ukho-illegal-entry:detections:Q:category=small-boat", "dimension=sex", "code=F", "basis=year", "period_start=2022-01-01"},
			map[string]string{"label": "female", "value": "5421", "prior_value": "2979", "rank": "2"}},
		// Of people the release says nothing of, nobody is guessed.
		{[]string{"series=ukho-illegal-entry:detections:Q:category=small-boat", "dimension=age", "code=_X", "basis=year", "period_start=2022-01-01"},
			map[string]string{"value": "200", "rank": "", "share_percent": "0.4369"}},
		// The enforced returns of 2022 are those of the table year-on-year.
		{[]string{"series=ukho-returns:returns:Q:category=enforced", "dimension=destination", "code=_T", "basis=year", "period_start=2022-01-01"},
			map[string]string{"value": "3875", "share_percent": "100"}},
		{[]string{"series=ukho-asylum-awaiting:awaiting-initial-decision:Q", "dimension=origin", "code=_T", "period_start=2024-09-30"},
			map[string]string{"basis": "point", "value": "133409", "prior_value": "165411"}},
	} {
		r := find(t, list, c.row...)
		for column, want := range c.want {
			if r[column] != want {
				t.Errorf("%v: %s is %q, want %q", c.row, column, r[column], want)
			}
		}
	}
	for _, r := range list {
		if strings.HasPrefix(r["series"], "ukho-returns:returns:Q:category=") && r["dimension"] == "category" && !strings.HasPrefix(r["code"], "_") &&
			!strings.HasPrefix(r["code"], strings.TrimPrefix(r["series"], "ukho-returns:returns:Q:category=")+".") {
			t.Errorf("%s is no type of %s", r["code"], r["series"])
		}
	}
}

// TestLargestPartsAreSaid recomputes the sentences on the largest parts from the table.
func TestLargestPartsAreSaid(t *testing.T) {
	t.Parallel()
	cfg, _ := publishedStarter(t)
	list, said := rows(t, cfg.Data, "breakdowns"), 0
	for _, h := range rows(t, cfg.Data, "headlines") {
		if !strings.Contains(h["id"], "-largest-") {
			continue
		}
		said++
		for _, ref := range strings.Fields(h["rows"]) {
			parts := strings.Split(ref, "/")
			r := find(t, list, "series="+parts[1], "dimension="+parts[2], "code="+parts[3], "basis="+parts[4], "period_start="+parts[5])
			if number := thousands(r["value"]); r["code"] != "_U" && r["code"] != "_X" && !strings.Contains(h["text"], number) {
				t.Errorf("%q does not say %s of %s", h["text"], number, ref)
			}
			if r["rank"] != "" && !strings.Contains(h["text"], r["label"]+" (") {
				t.Errorf("%q does not name %s", h["text"], r["label"])
			}
			if r["rank"] > "3" {
				t.Errorf("%q rests on %s, which has rank %s", h["text"], ref, r["rank"])
			}
		}
	}
	if said < 5 {
		t.Errorf("%d sentences", said)
	}
}

// thousands writes a number with commas.
func thousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = fmt.Sprint(digits[:i], ",", digits[i:])
	}
	return digits
}
