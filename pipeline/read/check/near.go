package check

// The least counts that show whether two rows are alike, and how near they are.
const (
	leastNear = 10
	nearly    = 5 // a fifth
)

// Near reports whether two counts are large and near each other, so that one may repeat or correct the
// other.
func Near(x, y int64) bool {
	return min(x, y) >= leastNear && max(x-y, y-x)*nearly <= max(x, y)
}
