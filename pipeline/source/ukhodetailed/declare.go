package ukhodetailed

// The columns of people that nearly all tables have.
var (
	Nationality = Column{Name: "Nationality", List: "area", As: "origin"}
	Region      = Column{Name: "Region", Optional: true}
)

// Sheets returns the names that the sheet of a table has had. tables are the numbers that the
// publisher has given it, such as Asy_D01.
func Sheets(tables ...string) []string {
	var names []string
	for _, t := range tables {
		names = append(names, "Data - "+t, "Data_"+t)
	}
	return names
}

// Where lets the rows through that have one of these codes in a column.
func Where(c Column, codes ...string) Only { return Only{Column: c.Name, Codes: codes} }

// Sums are sums of one measure over the same rows.
type Sums []Sum

// Total begins sums with the total of a measure over the rows that all of only let through. It is
// compared over time.
func (m *Measure) Total(only ...Only) Sums { return Sums{{Measure: m, Only: only, Compared: true}} }

// By adds the sum by some columns.
func (s Sums) By(columns ...Column) Sums {
	x := Sum{Measure: s[0].Measure, Only: s[0].Only}
	for _, c := range columns {
		x.By = append(x.By, c.Name)
	}
	return append(s, x)
}

// As sets the dimension of the first column of the sum before it, if it is another than the
// column's.
func (s Sums) As(dimension string) Sums {
	s[len(s)-1].As = dimension
	return s
}

// Compare sets the codes of the sum before it whose series are compared over time.
func (s Sums) Compare(codes ...string) Sums {
	s[len(s)-1].Codes = codes
	return s
}
