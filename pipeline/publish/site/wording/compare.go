package wording

import (
	"strings"

	"crossings/pipeline/stat"
)

// More says a change in per cent in words: "37.2 % fewer", "9.8 % more".
func More(percent float64) string {
	size := strings.TrimLeft(Percent(percent), "+"+Minus)
	if OneDecimal(percent) < 0 {
		return size + " fewer"
	}
	return size + " more"
}

// During writes a period as part of a sentence: "in May 2026", "from 1 January to 25 June 2026".
func During(start, end stat.Date) string {
	text := PeriodText(start, end)
	if strings.Contains(text, " to ") {
		return "from " + text
	}
	return "in " + text
}

// UnitText writes a unit as people say it. Events have the name of what is counted next to them.
func UnitText(unit string) string {
	switch unit {
	case "persons":
		return "people"
	case "events":
		return "number"
	}
	return unit
}
