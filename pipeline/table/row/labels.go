package row

// Label is a row of table labels.
type Label struct {
	Source       string
	List         string
	Label        string
	Code         string
	ReadBy       string
	Rows         int
	FirstRelease string
	LastRelease  string
}

// Table returns the name of the table.
func (Label) Table() string { return "labels" }
