package iommissingmigrants

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
	"crossings/pipeline/stat"
)

// likeOfLayout writes an incident as a layout has it.
var likeOfLayout = map[string]func(day stat.Date, dead, missing int) values{
	"2017": func(day stat.Date, dead, missing int) values {
		return values{"#date+reported": day.Time().Format("02/01/2006"), "#affected+dead": strconv.Itoa(dead), "#affected+missing": strconv.Itoa(missing)}
	},
	"2020": func(day stat.Date, dead, missing int) values {
		return values{"Reported Date": day.Time().Format("January 02, 2006"), "Reported Year": day.Time().Format("2006"), "Reported Month": day.Time().Format("Jan"),
			"Number Dead": strconv.Itoa(dead), "Minimum Estimated Number of Missing": strconv.Itoa(missing), "Total Dead and Missing": strconv.Itoa(dead + missing)}
	},
	"2022": func(day stat.Date, dead, missing int) values {
		return values{"Website Date": day.String(), "Incident year": day.Time().Format("2006"), "Reported Month": day.Month().String(),
			"Number of Dead": strconv.Itoa(dead), "Minimum Estimated Number of Missing": strconv.Itoa(missing), "Total Number of Dead and Missing": strconv.Itoa(dead + missing)}
	},
	"2024": func(day stat.Date, dead, missing int) values {
		return values{"Incident Date": day.String(), "Incident Year": day.Time().Format("2006"), "Month": day.Month().String(),
			"Number of Dead": strconv.Itoa(dead), "Minimum Estimated Number of Missing": strconv.Itoa(missing), "Total Number of Dead and Missing": strconv.Itoa(dead + missing)}
	},
	"2026": func(day stat.Date, dead, missing int) values {
		return values{"Incident Date": day.Time().Format("Mon, 01/02/2006") + " - 12:00", "Year": day.Time().Format("2006"), "Reported Month": day.Month().String(),
			"Number Dead": strconv.Itoa(dead), "Minimum Estimated Number of Missing": strconv.Itoa(missing)}
	},
}

// TestChangedListsOfAllLayouts changes the columns and rows of a list in each layout. No wrong figure
// comes of it silently.
func TestChangedListsOfAllLayouts(t *testing.T) {
	var sum altered.Tally
	for name, like := range likeOfLayout {
		var list []values
		for i := range 60 {
			day := stat.NewDate(2021, time.January, 4).AddDays(i*9 + i%5)
			row := like(day, 1+i*i%7, i*5%4)
			for column, text := range map[string]string{"UNSD Geographical Grouping": "Uncategorized", "Information Source": "IOM", "URL": "https://example.org/1"} {
				if slices.Contains(headers[name], column) {
					row[column] = text
				}
			}
			list = append(list, row)
		}
		f := sourcetest.File{Name: fmt.Sprintf("list-%s-2023-01-09.csv", name), Data: text(t, grid(t, name, list...))}
		sum.Add(altered.MangleParts(t, &Source, f, 4))
	}
	if t.Log(sum); sum.Cases < 200 {
		t.Errorf("%s are few", sum)
	}
}
