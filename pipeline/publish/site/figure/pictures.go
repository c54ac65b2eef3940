package figure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
)

// The pictures in pages; templates/picture.html names their sizes. The first is as high as the chart
// that replaces it, the other is for telephones.
var (
	wideForm   = picture.Form{Width: 720, Height: 400}
	narrowForm = picture.Form{Width: 300, Height: 264}
)

// Options say how pictures are drawn.
type Options struct {
	Renderer *picture.Renderer // nil draws without keeping the pictures for later builds
	Workers  int               // how many pictures are drawn at once; zero is one a processor
	// Undrawn is called for each picture that could not be drawn, with its name in the site. The chart
	// is then shown without the picture and says so. If Undrawn is nil, such a picture is an error.
	Undrawn func(file string, err error)
}

// Pictures are the files of figures while they are drawn.
type Pictures struct {
	files   []*pictureFile
	group   *errgroup.Group
	undrawn func(file string, err error)
}

// pictureFile is a file to be drawn. The id of a chart has no dot, so files of two charts never have
// the same name.
type pictureFile struct {
	of     *Figure
	folder string // of the site
	name   string
	label  string // with which the reader is offered it, or "" for a file that is only shown in pages
	draw   func(context.Context) ([]byte, error)
	data   []byte
	failed *picture.Error // why it could not be drawn, or nil
}

// Draw starts to draw the pictures of all figures, several at a time, and returns at once. Call Wait
// on the result, and then Write.
func (s *Set) Draw(ctx context.Context, o Options) (*Pictures, error) {
	renderer, workers := o.Renderer, o.Workers
	if renderer == nil {
		var err error
		if renderer, err = picture.Open(""); err != nil {
			return nil, err
		}
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &Pictures{undrawn: o.Undrawn}
	for i := range s.charts {
		if s.charts[i].Missing == "" {
			p.files = append(p.files, s.files(&s.charts[i], renderer)...)
		}
	}
	for i := range s.own {
		switch f := &s.own[i]; {
		case f.Missing != "":
		case f.Files:
			p.files = append(p.files, s.files(f, renderer)...)
		default:
			p.files = append(p.files, ownPicture(f, renderer))
		}
	}
	p.group, ctx = errgroup.WithContext(ctx)
	p.group.SetLimit(workers + 1) // including the one that starts them
	p.group.Go(func() error {
		for _, f := range p.files {
			p.group.Go(func() (err error) {
				f.data, err = f.draw(ctx)
				if o.Undrawn != nil && errors.As(err, &f.failed) {
					return nil
				}
				return err
			})
		}
		return nil
	})
	return p, nil
}

// Wait waits until all pictures are drawn. The error is that of a picture that could not be drawn; see
// Options.Undrawn.
func (p *Pictures) Wait() error { return p.group.Wait() }

// Write writes the pictures and the CSV files of the figures, in order, and notes in the figures
// which there are.
func (p *Pictures) Write(write func(name string, data []byte) error) error {
	for _, f := range p.files {
		if f.failed != nil {
			p.undrawn(f.folder+f.name, f.failed)
			f.of.undrawn = append(f.of.undrawn, f.name)
			continue
		}
		if err := write(f.folder+f.name, f.data); err != nil {
			return err
		}
		if f.label != "" {
			f.of.Takeaway = append(f.of.Takeaway, Takeaway{f.name, f.label, wording.Size(len(f.data))})
		}
	}
	return nil
}

// files returns the files of a figure: those to take away in the order in which they are offered,
// then those that are only shown in pages.
func (s *Set) files(f *Figure, renderer *picture.Renderer) []*pictureFile {
	chart := f.chart()
	card := f.card(s.site, chart)
	png := func(suffix string, shape picture.Shape) *pictureFile {
		return &pictureFile{of: f, folder: content.ChartFolder, name: f.ID + suffix, label: fmt.Sprintf("PNG, %d × %d", shape.Width, shape.Height),
			draw: func(ctx context.Context) ([]byte, error) { return renderer.PNG(ctx, card, shape) }}
	}
	svg := func(suffix, label string, form picture.Form, dark bool) *pictureFile {
		form.Dark = dark
		return &pictureFile{of: f, folder: content.ChartFolder, name: f.ID + suffix, label: label,
			draw: func(ctx context.Context) ([]byte, error) { return renderer.SVG(ctx, chart, form) }}
	}
	files := []*pictureFile{
		png(content.WideSuffix, picture.Wide),
		png(content.SquareSuffix, picture.Square),
		svg(".svg", "SVG", wideForm, false),
		{of: f, folder: content.ChartFolder, name: f.ID + ".csv", label: "CSV of these figures", draw: func(context.Context) ([]byte, error) { return f.csv, nil }},
		svg(".dark.svg", "", wideForm, true),
		svg(".narrow.svg", "", narrowForm, false),
		svg(".narrow.dark.svg", "", narrowForm, true),
	}
	if !f.Own { // links lead to pages of charts, topics and the front page, which show no other
		files = append(files, png(content.SocialSuffix, picture.Social))
	}
	return files
}

// ownPicture returns the only picture of a series that no chart of the site draws. There are hundreds
// of such series, and their figures are in the table below the picture.
func ownPicture(f *Figure, renderer *picture.Renderer) *pictureFile {
	return &pictureFile{of: f, folder: content.SeriesFolder, name: f.ID + ".svg",
		draw: func(ctx context.Context) ([]byte, error) { return renderer.SVG(ctx, f.chart(), wideForm) }}
}

// Draws reports whether the figure has the picture whose name ends with suffix.
func (f Figure) Draws(suffix string) bool { return !slices.Contains(f.undrawn, f.ID+suffix) }

// Undrawn says which pictures of the figure are missing, or is "".
func (f Figure) Undrawn() string {
	if len(f.undrawn) == 0 {
		return ""
	}
	return "These pictures of the chart could not be drawn: " + strings.Join(f.undrawn, ", ") + ". Its figures are complete, and the pictures come back with the next build."
}

func (f *Figure) chart() picture.Chart {
	return picture.Chart{Title: f.Title, Alt: f.Alt, Option: f.Option, Dark: strings.Fields(f.Dark), Decimals: f.Decimals}
}

// card says next to a chart what a reader must know of it, the most important first.
func (f *Figure) card(s content.Site, chart picture.Chart) picture.Card {
	c := picture.Card{Chart: chart, Heading: f.Poster.Heading, Number: f.Poster.Number, About: f.Poster.About, Shows: cmp.Or(f.Poster.Sentence, f.About()), Note: f.Note,
		Chip: f.Chip, Credit: s.Title + ": unofficial, derived statistics"}
	for i, e := range f.Events {
		if i > 0 {
			c.Marks += "; "
		}
		c.Marks += fmt.Sprintf("%s %s: %s", e.Label, e.Date, e.Title)
	}
	facts := []string{"Status: " + f.Status, "Cut-off: " + f.Cutoff}
	if !s.AsOf.IsZero() {
		facts = append(facts, "As known on "+s.AsOf.Long())
	}
	facts = append(facts, "Release of "+f.Vintage)
	var sources []string
	for _, x := range f.Sources {
		sources = append(sources, fmt.Sprintf("%s, %s (%s)", x.Publisher, x.Title, x.Licence))
	}
	c.Facts = strings.Join(append(facts, "Source: "+strings.Join(sources, "; ")), ". ") + "."
	return c
}
