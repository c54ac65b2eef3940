package ukhoillegalentry

import (
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// view is the dataset that is read.
var view = ukhodetailed.View{
	Sheets: []string{"Data - Irr_D01", "Data_Irr_D01", "Data - IER_D01", "Data_IER_D01"},
	Columns: []ukhodetailed.Column{{Name: "Method of entry", List: "method-of-entry"}, {Name: "Nationality", List: "area"}, {Name: "Region", List: "region"},
		{Name: "Sex", List: "sex"}, {Name: "Age Group", List: "age"}},
	Count: "Number of detections",
}

// The indexes of the columns.
const (
	method = iota
	nationality
	_ // the region follows from the nationality
	sex
	age
)

// decodeFile reads the dataset: an observation for each combination, and the sums. Anything
// unexpected is an error with its place, and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	file, err := ukhodetailed.Open(f)
	if err != nil {
		return source.Result{}, err
	}
	tables, err := file.Tables(&view)
	if err != nil {
		return source.Result{}, err
	}
	cube := ukhodetailed.NewCube(tables[0], series)
	rejects, err := tables[0].Each(func(r ukhodetailed.Row) error {
		return add(cube, r)
	})
	if err != nil {
		return source.Result{}, err
	}
	for _, s := range declared() {
		cube.Fill(s.Dimensions, true)
	}
	notes, err := file.Notes(tables)
	if err != nil {
		return source.Result{}, err
	}
	return source.Result{Observations: cube.Observations(), Findings: cube.Findings(), Excluded: rejects, Rows: tables[0].Rows(), Notes: notes}, nil
}

// add adds a row to its cell and to the sums that it is part of.
func add(cube *ukhodetailed.Cube, r ukhodetailed.Row) error {
	d := by(r.Codes[method])
	cell := d
	cell.Origin, cell.Sex, cell.Age = r.Codes[nationality], r.Codes[sex], r.Codes[age]
	if err := cube.Cell(cell, r); err != nil {
		return err
	}
	cube.Sum(stat.AllTotal, r)
	cube.Sum(d, r)
	if d.Category != smallBoat {
		return nil
	}
	for _, x := range []struct {
		code *string
		of   string
	}{{&d.Origin, cell.Origin}, {&d.Sex, cell.Sex}, {&d.Age, cell.Age}} {
		*x.code = x.of
		cube.Sum(d, r)
		*x.code = stat.Total
	}
	return nil
}
