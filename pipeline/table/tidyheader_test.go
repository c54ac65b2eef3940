package table

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// TestTidyHeaders reads headers that differ from the names of columns in case and white space only.
func TestTidyHeaders(t *testing.T) {
	const row = "tidy:a:x:D,arrival,persons,2026-05-30,6"
	base := stat.Release{Source: "tidy:a", Vintage: stat.MustDate("2026-06-01"), SHA256: strings.Repeat("0", 64)}
	for _, header := range []string{
		"series,flow,unit,period_start,value", "\ufeffSeries,FLOW,Unit,Period start,Value", "series , flow,unit\u00a0,period_start,value", `"series","Flow",unit,"Period Start",value`,
	} {
		text := header + "\n" + row + "\n"
		if !IsTidy([]byte(text)) {
			t.Errorf("%q is not tidy", header)
		}
		x, err := ReadTidy("a.csv", []byte(text), base)
		if err != nil || len(x.Observations) != 1 || x.Observations[0].Value != stat.Known(6) {
			t.Errorf("%q: %+v, %v", header, x, err)
		}
	}
	for header, says := range map[string]string{
		"series,flow,unit,period_start,number": `column "number": unknown column`, "series,flow,unit,period,value": `column "period": unknown column`,
		"series,flow,unit,value,Value": `column "value": column given twice`,
	} {
		if _, err := ReadTidy("a.csv", []byte(header+"\n"+row+"\n"), base); !errors.Is(err, decode.ErrHeader) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", header, err, says)
		}
	}
	if OtherSeparator([]byte("Series;Flow\n")) != ";" {
		t.Error("no separator found")
	}
}
