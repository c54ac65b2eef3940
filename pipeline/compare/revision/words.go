package revision

import "fmt"

// Sentence says in words when the periods of a series stop moving. known is what Maturity returned.
func (m Maturity) Sentence(known bool) string {
	switch {
	case !known && m.Wholesale > 0:
		return "It is not known when a value stops moving: each release that stated periods again restated the series as a whole."
	case !known:
		return "It is not known when a value stops moving: no later release has both stated a period again and added one."
	case m.Releases == 0 && m.Late == 0:
		return "Values do not move: no release has changed one that it stated again."
	case m.Releases == 0:
		return fmt.Sprintf("New values rarely move: releases have changed %s that %s stated before.", counted(m.Late, "value", "values"), wasOrWere(m.Late))
	}
	lead := "Periods stop moving after %s"
	if !m.Settled {
		lead = "Periods move for at least %s, and too few are older to say when they stop"
	}
	text := fmt.Sprintf(lead+": %d of the %d that were stated again by then changed, the last of them %s after its end.",
		counted(m.Releases, "release", "releases"), m.Moved, m.Periods, counted(m.Days, "day", "days"))
	if r := m.Ranges[0]; r.Moved > 0 {
		text += fmt.Sprintf(" From the first release on, the change was %s to %s.", signed(r.Fall), signed(r.Rise))
	}
	if m.Late > 0 {
		text += fmt.Sprintf(" Older periods changed %s.", counted(m.Late, "time", "times"))
	}
	return text
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// signed writes a change with its sign.
func signed(n int64) string {
	switch {
	case n > 0:
		return fmt.Sprintf("+%d", n)
	case n < 0:
		return fmt.Sprintf("−%d", -n)
	}
	return "0"
}
