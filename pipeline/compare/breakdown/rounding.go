package breakdown

// enough is how many figures must be multiples of a number before they count as rounded to it. That
// twenty exact counts are all multiples of 5 happens once in a hundred trillion times.
const enough = 20

// roundedTo returns what all parts are multiples of, if the publisher rounds them to multiples of 5,
// else 1. The total may be exact.
func (s *Set) roundedTo() int64 {
	var common int64
	figures := 0
	for _, p := range s.parts {
		for _, o := range p.stated.Observations() {
			n, _ := o.Value.Get()
			if n == 0 {
				continue
			}
			figures++
			if common = divisor(common, n); common%5 != 0 {
				return 1
			}
		}
	}
	if figures < enough {
		return 1
	}
	return common
}

// divisor returns the greatest common divisor of a and b.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
