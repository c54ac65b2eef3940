package cellformat

import (
	"testing"

	"crossings/pipeline/read/decode"
)

// TestNumberFormats reads the codes of formats as Excel and LibreOffice write them: how a number
// above zero, one below zero, and zero are shown.
func TestNumberFormats(t *testing.T) {
	const plain, percent, sign, cash, scaled, magnified, unshown = Look(decode.Plain), Look(decode.Percent), Look(decode.PercentSign), Look(decode.Money),
		Look(decode.Scaled), Look(decode.Magnified), Look(decode.Unshown)
	for code, want := range map[string]Format{
		"General": {}, "0": {}, "#,##0": {}, "# ##0": {}, "#,##0.00": {}, "0.00E+00": {}, "# ?/?": {}, "@": {}, "": {}, `#,##0" (r)"`: {}, `General" km"`: {},
		`_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-`: {}, "#,##0_);(#,##0)": {}, "#,##0_);[Red](#,##0)": {}, `0;-0;;@`: {}, "[Magenta]0": {}, `#,##0;-#,##0;"–"`: {},
		"0%": {percent, percent, percent}, "0.0 %": {percent, percent, percent}, `0"%"`: {sign, sign, sign}, `0\%`: {sign, sign, sign}, "0%;0": {percent, plain, percent},
		"#,##0,": {scaled, scaled, scaled}, "#,##0,,": {scaled, scaled, scaled}, `0.0,"k"`: {scaled, scaled, scaled}, "0,.0": {scaled, scaled, scaled}, `[>=1000000]0.0,,"m";[>=1000]0,"k";0`: {scaled, scaled, scaled},
		`0"k"`: {magnified, magnified, magnified}, `0.0" million"`: {magnified, magnified, magnified}, `0" m2"`: {},
		`"£"#,##0`: {cash, cash, cash}, "[$£-809]#,##0;[Red]-[$£-809]#,##0": {cash, cash, cash}, "#,##0 [$€-407]": {cash, cash, cash}, "[$-409]0": {},
		";;;": {unshown, unshown, plain}, `"[c]"`: {unshown, unshown, unshown}, `0;-0;"[x]"`: {plain, plain, unshown},
		"dd/mm/yyyy": {WholeDay, WholeDay, WholeDay}, "yyyy\\-mm\\-dd": {WholeDay, WholeDay, WholeDay}, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy": {WholeDay, WholeDay, WholeDay},
		"mmm-yy": {Year | Month, Year | Month, Year | Month}, "MMM YYYY": {Year | Month, Year | Month, Year | Month},
		"yyyy": {Year, Year, Year}, "d-mmm": {Month | Day, Month | Day, Month | Day}, "mmmm": {Month, Month, Month},
		"hh:mm": {Clock, Clock, Clock}, "[h]:mm:ss": {Clock, Clock, Clock}, "mm:ss.000": {Clock, Clock, Clock},
		"dd/mm/yyyy hh:mm": {WholeDay | Clock, WholeDay | Clock, WholeDay | Clock},
	} {
		if got := Parse(code); got != want {
			t.Errorf("%q: got %v, want %v", code, got, want)
		}
	}
	for id, want := range map[int]Look{0: plain, 1: plain, 3: plain, 9: percent, 10: percent, 14: WholeDay, 16: Month | Day, 17: Year | Month, 21: Clock, 22: WholeDay | Clock, 41: plain, 44: cash, 49: plain} {
		if got := Builtin(id)[0]; got != want {
			t.Errorf("%d: got %v, want %v", id, got, want)
		}
	}
}

// FuzzParseFormat reads any code: it never panics.
func FuzzParseFormat(f *testing.F) {
	f.Add(`[>=1000]#,##0,"k";_-* 0_-;\`)
	f.Fuzz(func(t *testing.T, code string) { Parse(code) })
}
