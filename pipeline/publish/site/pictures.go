package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"crossings/charts"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// takeaway is a file of a chart that a reader can take away.
type takeaway struct{ Name, Label, Size string }

// The pictures that stand in pages; templates/picture.html names their sizes. The
// first is as high as the chart that takes its place, the other is for telephones.
var (
	wideForm   = picture.Form{Width: 880, Height: 416}
	narrowForm = picture.Form{Width: 400, Height: 352}
)

// pictureFile is a file to be drawn. No chart's id has a dot in it, so that no two
// charts have files of one name.
type pictureFile struct {
	of     *figure
	folder string // of the site
	name   string
	label  string // where the reader is offered it
	draw   func(context.Context) ([]byte, error)
	data   []byte
	failed *picture.Error // why it could not be drawn, or nil
}

// draw begins to draw all figures, at the same time as each other and as whatever
// else is done, and returns what waits for them. That is to be called once. A picture
// that cannot be drawn is an error where Options.Undrawn is nil.
func (b *builder) draw(ctx context.Context, o Options) (wait func() ([]*pictureFile, error), err error) {
	renderer, workers := o.Pictures, o.Workers
	if renderer == nil {
		if renderer, err = picture.Open(""); err != nil {
			return nil, err
		}
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var files []*pictureFile
	for i := range b.figures {
		if b.figures[i].Missing == "" {
			files = append(files, b.pictureFiles(&b.figures[i], renderer)...)
		}
	}
	for i := range b.own {
		if b.own[i].Missing == "" {
			files = append(files, b.ownPicture(&b.own[i], renderer))
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers + 1) // with the one that starts them
	group.Go(func() error {
		for _, f := range files {
			group.Go(func() (err error) {
				f.data, err = f.draw(ctx)
				if o.Undrawn != nil && errors.As(err, &f.failed) {
					return nil
				}
				return err
			})
		}
		return nil
	})
	return func() ([]*pictureFile, error) { return files, group.Wait() }, nil
}

// pictures writes what was drawn, and the CSV files of the charts, in order, and notes
// in the figures which there are. undrawn is told of the others; see Options.
func (w writer) pictures(files []*pictureFile, undrawn func(file string, err error)) error {
	for _, f := range files {
		if f.failed != nil {
			undrawn(f.folder+f.name, f.failed)
			f.of.undrawn = append(f.of.undrawn, f.name)
			continue
		}
		if err := w.file(f.folder+f.name, f.data); err != nil {
			return err
		}
		if f.label != "" {
			f.of.Takeaway = append(f.of.Takeaway, takeaway{f.name, f.label, wording.Size(len(f.data))})
		}
	}
	return nil
}

// pictureFiles returns the files of a figure: those to take away in the order in
// which they are offered, then those that only stand in pages.
func (b *builder) pictureFiles(f *figure, renderer *picture.Renderer) []*pictureFile {
	chart := f.chart()
	card := b.card(f, chart)
	png := func(suffix string, s picture.Shape) *pictureFile {
		return &pictureFile{of: f, folder: chartFolder, name: f.ID + suffix, label: fmt.Sprintf("PNG, %d × %d", s.Width, s.Height),
			draw: func(ctx context.Context) ([]byte, error) { return renderer.PNG(ctx, card, s) }}
	}
	svg := func(suffix, label string, form picture.Form, dark bool) *pictureFile {
		form.Dark = dark
		return &pictureFile{of: f, folder: chartFolder, name: f.ID + suffix, label: label,
			draw: func(ctx context.Context) ([]byte, error) { return renderer.SVG(ctx, chart, form) }}
	}
	return []*pictureFile{
		png(wideSuffix, picture.Wide),
		png(".square.png", picture.Square),
		svg(".svg", "SVG", wideForm, false),
		{of: f, folder: chartFolder, name: f.ID + ".csv", label: "CSV of these figures", draw: func(context.Context) ([]byte, error) { return f.csv, nil }},
		svg(".dark.svg", "", wideForm, true),
		svg(".narrow.svg", "", narrowForm, false),
		svg(".narrow.dark.svg", "", narrowForm, true),
	}
}

// wideSuffix ends the name of the picture that has all that a chart must not stand
// without.
const wideSuffix = ".wide.png"

// chartFolder is where the charts and what is taken away of them are.
const chartFolder = "charts/"

// Draws reports whether the picture of the figure whose name ends with suffix is there.
func (f figure) Draws(suffix string) bool { return !slices.Contains(f.undrawn, f.ID+suffix) }

// Undrawn says which pictures of the figure are missing, or nothing.
func (f figure) Undrawn() string {
	if len(f.undrawn) == 0 {
		return ""
	}
	return "These pictures of the chart could not be drawn: " + strings.Join(f.undrawn, ", ") + ". Its figures are complete, and the pictures come back with the next build."
}

// ownPicture returns the one picture of a series that no record of the site draws:
// there are hundreds of them, and their figures are in the table below.
func (b *builder) ownPicture(f *figure, renderer *picture.Renderer) *pictureFile {
	return &pictureFile{of: f, folder: seriesFolder, name: f.ID + ".svg",
		draw: func(ctx context.Context) ([]byte, error) { return renderer.SVG(ctx, f.chart(), wideForm) }}
}

func (f *figure) chart() picture.Chart {
	return picture.Chart{Title: f.Title, Alt: f.Alt, Option: f.Option, Dark: strings.Fields(f.Dark), Decimals: f.Decimals}
}

// card says beside a chart what it must not stand without, the most important
// first.
func (b *builder) card(f *figure, chart picture.Chart) picture.Card {
	c := picture.Card{Chart: chart, Shows: strings.TrimSpace(f.Shows + " " + f.Note), Credit: b.site.Title + ": unofficial, derived statistics"}
	for i, e := range f.Events {
		if i > 0 {
			c.Marks += "; "
		}
		c.Marks += fmt.Sprintf("%s %s: %s", e.Label, e.Date, e.Title)
	}
	facts := []string{"Status: " + f.Status, "Cut-off: " + f.Cutoff}
	if !b.site.AsOf.IsZero() {
		facts = append(facts, "As known on "+b.site.AsOf.Long())
	}
	facts = append(facts, "Release of "+f.Vintage)
	var sources []string
	for _, s := range f.Sources {
		sources = append(sources, fmt.Sprintf("%s, %s (%s)", s.Publisher, s.Title, s.Licence))
	}
	c.Facts = strings.Join(append(facts, "Source: "+strings.Join(sources, "; ")), ". ") + "."
	return c
}

// rowsOf returns the name of the published table that a comparison draws.
func rowsOf(c charts.Comparison) string {
	switch c {
	case charts.Cumulative, charts.Daily:
		return "daily"
	case charts.Ratio:
		return "rates"
	case charts.Weekly:
		return "observations"
	}
	return "year-on-year"
}

// csv writes the figures drawn for machines, oldest first, a row for each category
// and a column for each trace in the order of the table: RFC 4180, dates in ISO
// form, a missing figure empty. A running total has the month and the day, as its
// columns are the years.
func (d *drawing) csv() ([]byte, error) {
	head, keys := d.keys()
	traces := slices.Clone(d.plot.Traces)
	slices.SortStableFunc(traces, func(x, y plot.Trace) int {
		return slices.Index(d.table.Head, x.Name) - slices.Index(d.table.Head, y.Name)
	})
	for _, t := range traces {
		head = append(head, table.Text(t.Name))
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for i := -1; i < len(d.plot.Categories); i++ {
		row := head
		if i >= 0 {
			row = keys(i)
			for _, t := range traces {
				row = append(row, number(t.Values[i]))
			}
		}
		fields := make([]string, len(row))
		for c, cell := range row {
			fields[c] = cell.Field()
		}
		if err := w.Write(fields); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// keys returns the heads of the columns that say which category a row is, and the
// cells of category i.
func (d *drawing) keys() (head []table.Cell, of func(i int) []table.Cell) {
	switch {
	case d.days == nil:
		return []table.Cell{table.Text("month"), table.Text("day")}, func(i int) []table.Cell {
			_, month, day := stat.NewDate(2024, time.January, 1).AddDays(i).YMD()
			return []table.Cell{table.Int(int(month)), table.Int(day)}
		}
	case d.weeks:
		return []table.Cell{table.Text("period_start"), table.Text("period_end")}, func(i int) []table.Cell {
			return []table.Cell{table.Day(d.days[i]), table.Day(d.days[i].AddDays(6))}
		}
	case d.months == 0:
		return []table.Cell{table.Text("date")}, func(i int) []table.Cell { return []table.Cell{table.Day(d.days[i])} }
	}
	return []table.Cell{table.Text("period_start"), table.Text("period_end")}, func(i int) []table.Cell {
		y, m, _ := d.days[i].YMD()
		return []table.Cell{table.Day(d.days[i]), table.Day(stat.NewDate(y, m+time.Month(d.months-1), 1).MonthEnd())}
	}
}

// number returns a value of a trace as a cell.
func number(v any) table.Cell {
	switch x := v.(type) {
	case int64:
		return table.Int(int(x))
	case float64:
		return table.Float(x, true)
	}
	return table.Float(0, false)
}
