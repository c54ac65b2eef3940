package decode

import (
	"fmt"
	"testing"
	"time"
)

// TestPlainDay checks that the short way to read a day gives what the long way does, which a space
// in front asks for, and takes no text that the long way refuses.
func TestPlainDay(t *testing.T) {
	texts := []string{"1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "2025-02-29", "2024-02-29", "2025-13-01", "2025-00-10", "2025-04-31",
		"0000-00-00", "2025-9-060", "2025/09/06", "25-09-2006", "06-09-2025", "2025-09-0a", "+025-09-06", "2025-09-06 ", "２025-09-06"}
	for day := time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2026; day = day.AddDate(0, 0, 1) {
		texts = append(texts, day.Format(time.DateOnly))
	}
	for _, s := range texts {
		y, m, d, err := DateText(s)
		wantY, wantM, wantD, wantErr := DateText(" " + s)
		if got, want := fmt.Sprint(y, m, d, err), fmt.Sprint(wantY, wantM, wantD, wantErr); got != want {
			t.Errorf("%q is %s, and with a space in front %s", s, got, want)
		}
	}
	if y, m, d, err := DateText("2024-02-29"); y != 2024 || m != time.February || d != 29 || err != nil {
		t.Errorf("%d %s %d, %v", y, m, d, err)
	}
}
