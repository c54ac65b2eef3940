package compare

import "fmt"

// Meaning says what the columns lower and upper of a published table are. They have one meaning in
// a table, whatever its rows. The schemas repeat these texts, and a test compares the two.
type Meaning struct {
	Table        string
	Sentence     string // the end of the table's description
	Lower, Upper string // the descriptions of the columns
}

// sumsOfRanges is what they are in tables of sums; see Window.
const sumsOfRanges = "The columns lower and upper are the ends of the range of value, summed end by end; a part without a range counts as both ends. They are no confidence interval."

// Meanings returns the meaning of lower and upper in each table that has them.
func Meanings() []Meaning {
	sums := Meaning{Sentence: sumsOfRanges,
		Lower: "Sum of the lower ends, if figures in the sum are ranges, such as dead to dead and missing; otherwise empty",
		Upper: "Sum of the upper ends; otherwise empty"}
	out := []Meaning{{
		Table: "observations",
		Sentence: "The columns lower and upper are the ends of a range that the publisher's figures state, such as dead to dead and missing. " +
			"They are no confidence interval.",
		Lower: "Lower end of the range, empty if none is stated",
		Upper: "Upper end of the range, empty if none is stated",
	}, rateMeaning()}
	for _, name := range []string{"breakdowns", "year-on-year", "year-to-date"} {
		sums.Table = name
		out = append(out, sums)
	}
	return out
}

// rateMeaning is made of the limits that PerThousand keeps.
func rateMeaning() Meaning {
	level := KnownPercent(100 * (1 - 2*tail)).String()
	return Meaning{
		Table: "rates",
		Sentence: fmt.Sprintf("Deaths are counted per 1,000 arrivals: attempts are not known. There is no rate on fewer than %d,%03d arrivals or of fewer than %d deaths; value is then empty and the note says low base. "+
			"Ratios of two complete counts, such as people per boat, are ratios of sums: days with boats and no people are in both sums, and a note counts them; uncontrolled landings are among the boats. "+
			"The columns lower and upper are the limits of the exact Poisson %s %% interval of value where method says so, and empty otherwise: a complete count has no sampling error. "+
			"The range from dead to dead and missing is in the columns low and high, each with an interval of its own.", leastBase/1000, leastBase%1000, leastEvents, level),
		Lower: fmt.Sprintf("Lower limit of the %s %% interval of value; empty without a method", level),
		Upper: fmt.Sprintf("Upper limit of the %s %% interval of value; empty without a method", level),
	}
}
