package row

// Quality is a row of table quality.
type Quality struct {
	Source  string
	Concept string
	Item    string
	Heading string
	Value   Number
	Unit    string
	Text    string
}

// Table returns the name of the table.
func (Quality) Table() string { return "quality" }
