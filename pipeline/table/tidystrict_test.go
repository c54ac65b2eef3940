package table

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestTidyIsStrict reads one row with one column changed, and incomplete files. Own figures are
// read as strictly as a publisher's.
func TestTidyIsStrict(t *testing.T) {
	const begin = "# vintage: 2026-06-01\n"
	row := func(header, cells string) string {
		return begin + "series,flow,unit,period_start," + header + "\na-b:arrivals:D,arrival,persons,2026-05-30," + cells + "\n"
	}
	value := func(s string) string { return row("value", s) }
	for _, c := range []struct {
		name, text string
		want       error  // nil means accepted
		column     string // of the error
	}{
		{"true", row("value,revised", "6,true"), nil, ""},
		{"True", row("value,revised", "6,True"), nil, ""},
		{"TRUE", row("value,revised", "6,TRUE"), nil, ""},
		{"no boolean", row("value,revised", "6,yes"), decode.ErrShape, "revised"},
		{"a blank boolean", row("value,revised", "6,"), decode.ErrShape, "revised"},
		{"a digit for a boolean", row("value,revised", "6,1"), decode.ErrShape, "revised"},
		{"a boolean for all rows", "# revised: TRUE\n" + value("6"), nil, ""},
		{"no boolean for all rows", "# revised: oui\n" + value("6"), decode.ErrShape, "revised"},
		{"cut in the last number", strings.TrimSuffix(value("1204"), "04\n"), decode.ErrFormat, ""},
		{"cut before the line's end", strings.TrimSuffix(value("12"), "\n"), decode.ErrFormat, ""},
		{"cut in the header", begin + "series,flow", decode.ErrFormat, ""},
		{"cut in a remark", "# vintage: 2026", decode.ErrFormat, ""},
		{"line ends of Windows", strings.ReplaceAll(value("6"), "\n", "\r\n"), nil, ""},
		{"a byte-order mark", "\ufeff" + value("6"), nil, ""},
		{"a byte-order mark within", value("\ufeff6"), decode.ErrCount, "value"},
		{"bounds exchanged", row("value,lower,upper", "6,9,3"), decode.ErrShape, "upper"},
		{"lower beyond the value", row("value,lower", "6,9"), decode.ErrShape, "lower"},
		{"upper below the value", row("value,upper", "6,3"), decode.ErrShape, "upper"},
		{"bounds without a value", row("value,lower,upper", ",9,3"), decode.ErrShape, "lower"},
		{"bounds in order", row("value,lower,upper", "6,6,6"), nil, ""},
		{"below zero", value("-5"), decode.ErrCount, "value"},
		{"a bound below zero", row("value,lower", "6,-1"), decode.ErrCount, "lower"},
		{"the largest count", value("1000000000"), nil, ""},
		{"a larger count", value("1000000001"), decode.ErrCount, "value"},
		{"the largest integer", value("9223372036854775807"), decode.ErrCount, "value"},
		{"more than an integer", value("99999999999999999999"), decode.ErrCount, "value"},
		{"a large bound", row("value,upper", "6,9223372036854775807"), decode.ErrCount, "upper"},
		{"1e3", value("1e3"), decode.ErrCount, "value"},
		{"a plus sign", value("+5"), decode.ErrCount, "value"},
		{"minus zero", value("-0"), decode.ErrCount, "value"},
		{"full-width digits", value("１２"), decode.ErrCount, "value"},
		{"a space before", value(" 5"), decode.ErrCount, "value"},
		{"a space behind", value("5 "), decode.ErrCount, "value"},
		{"a tab", value("5\t"), decode.ErrCount, "value"},
		{"a thousands separator", value(`"1,204"`), decode.ErrCount, "value"},
		{"a fraction", value("6.0"), decode.ErrCount, "value"},
		{"hexadecimal", value("0x10"), decode.ErrCount, "value"},
		{"a quoted number", value(`"6"`), nil, ""},
		{"a stray quote", value(`6"`), decode.ErrShape, ""},
		{"a quote and more", value(`"6"7`), decode.ErrShape, ""},
		{"NUL", value("6\x00"), decode.ErrFormat, ""},
		{"no UTF-8", value("6\xff"), decode.ErrFormat, ""},
		{"a status of no list", row("value,obs_status", "6,Z"), decode.ErrShape, "obs_status"},
		{"a status in small letters", row("value,obs_status", "6,p"), decode.ErrShape, "obs_status"},
		{"a precision of no list", row("value,precision", "6,hour"), decode.ErrPeriod, "period_start"},
		{"a month of a daily series", row("value,period_end,precision", "6,2026-06-29,month"), decode.ErrPeriod, "period_start"},
		{"an end before the start", row("value,period_end", "6,2026-05-29"), decode.ErrPeriod, "period_start"},
		{"an end beyond the day", row("value,period_end", "6,2026-05-31"), decode.ErrPeriod, "period_start"},
		{"a range", row("value,period_end,precision", "6,2026-05-31,range"), nil, ""},
		{"the year 1", strings.Replace(value("6"), "2026-05-30", "0001-05-30", 1), decode.ErrPeriod, "period_start"},
		{"the year 1899", strings.Replace(value("6"), "2026-05-30", "1899-12-31", 1), decode.ErrPeriod, "period_start"},
		{"the year 9999", strings.Replace(value("6"), "2026-05-30", "9999-05-30", 1), decode.ErrPeriod, "period_start"},
		{"a range to the year 9999", row("value,period_end,precision", "6,9999-05-31,range"), decode.ErrPeriod, "period_start"},
		{"released in the year 1", strings.Replace(value("6"), "2026-06-01", "0001-06-01", 1), decode.ErrPeriod, "vintage"},
		{"a remark twice", "# vintage: 2026-05-31\n" + value("6"), decode.ErrHeader, ""},
		{"a title twice", "# title: a\n# title: b\n" + value("6"), decode.ErrHeader, ""},
		{"a column twice", row("value,value", "6,6"), decode.ErrHeader, "value"},
		{"a column of no table", row("value,values", "6,6"), decode.ErrHeader, "values"},
	} {
		tidy, err := ReadTidy("x.csv", []byte(c.text), base)
		if c.want == nil {
			if err != nil || len(tidy.Observations) != 1 {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		var where *decode.Error
		if !errors.Is(err, c.want) || !errors.As(err, &where) || tidy != nil {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
			continue
		}
		if where.Column != c.column || where.File != "x.csv" || where.Hint == "" || c.column != "" && where.Line == 0 {
			t.Errorf("%s: error %v at column %q, hint %q, want column %q", c.name, err, where.Column, where.Hint, c.column)
		}
	}
}

// TestTidyBooleans checks which words are true and which are false.
func TestTidyBooleans(t *testing.T) {
	for text, want := range map[string]bool{"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false} {
		tidy, err := ReadTidy("x.csv", []byte("# vintage: 2026-06-01\nseries,flow,unit,period_start,value,revised\na-b:arrivals:D,arrival,persons,2026-05-30,6,"+text+"\n"), base)
		if err != nil || tidy.Observations[0].Revised != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestTidyBalances reads an entry that moves people from missing to dead.
func TestTidyBalances(t *testing.T) {
	const text = "# vintage: 2026-06-01\nseries,flow,unit,period_start,value,lower,upper\n" +
		"a-b:missing:M,fatality,persons,2026-04-01,-36,,\na-b:dead-and-missing:M,fatality,persons,2026-04-01,-2,-2,34\na-b:dead:M,fatality,persons,2026-04-01,34,,\n"
	tidy, err := ReadTidy("x.csv", []byte(text), base)
	if err != nil {
		t.Fatal(err)
	}
	if got := tidy.Observations[0].Value.String() + " " + tidy.Observations[1].Upper.String(); got != "-36 34" {
		t.Errorf("read %s", got)
	}
	if _, err := ReadTidy("x.csv", []byte(strings.Replace(text, ",34,,\n", ",-34,,\n", 1)), base); !errors.Is(err, decode.ErrCount) {
		t.Errorf("bodies below zero: %v", err)
	}
}
