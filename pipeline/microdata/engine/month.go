package engine

import (
	"fmt"
	"time"
)

// month is a calendar month: a partition, and a file of comparisons.
type month struct{ year, month int }

func monthOf(day int64) month {
	t := time.Unix(day*86400, 0).UTC()
	return month{t.Year(), int(t.Month())}
}

// next returns the month after m.
func (m month) next() month {
	if m.month == 12 {
		return month{m.year + 1, 1}
	}
	return month{m.year, m.month + 1}
}

// before returns the month before m.
func (m month) before() month {
	if m.month == 1 {
		return month{m.year - 1, 12}
	}
	return month{m.year, m.month - 1}
}

func (m month) less(o month) bool {
	return m.year < o.year || m.year == o.year && m.month < o.month
}

// start returns the first day of the month, in days since 1970-01-01.
func (m month) start() int64 {
	return time.Date(m.year, time.Month(m.month), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func (m month) days() int { return int(m.next().start() - m.start()) }

func (m month) name() string { return fmt.Sprintf("%04d-%02d", m.year, m.month) }

// path returns the path of the month's comparisons.
func (m month) path() string { return fmt.Sprintf("year=%04d/%s.csv", m.year, m.name()) }

// partPath returns the path of the n-th Parquet file of the month, counted from 0.
func (m month) partPath(n int) string {
	if n == 0 {
		return fmt.Sprintf("year=%04d/%s.parquet", m.year, m.name())
	}
	return fmt.Sprintf("year=%04d/%s-%d.parquet", m.year, m.name(), n)
}

func parseMonth(name string) (month, error) {
	t, err := time.Parse("2006-01", name)
	if err != nil {
		return month{}, fmt.Errorf("partition %q: %w", name, err)
	}
	return month{t.Year(), int(t.Month())}, nil
}
