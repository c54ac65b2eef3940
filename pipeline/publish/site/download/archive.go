package download

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/wording"
)

// archive writes the tables of a topic for programs as a ZIP archive. It holds one folder with the
// name of the topic. The folder has each table as CSV and Parquet, its description as JSON,
// README.txt, LICENCE.txt, and SHA256SUMS in the form that sha256sum -c reads.
func (k bundle) archive(to io.Writer, about catalogue.Site) error {
	z := zipped{zip: zip.NewWriter(to), folder: k.ID}
	if err := z.add("README.txt", []byte(k.readme())); err != nil {
		return err
	}
	if err := z.add("LICENCE.txt", []byte(k.licences())); err != nil {
		return err
	}
	for _, t := range k.tables {
		parquet, text, err := t.forms(about)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Schema.Name, err)
		}
		for _, f := range []struct {
			end  string
			data []byte
		}{{".csv", t.csv}, {".parquet", parquet}, {".json", text}} {
			if err := z.add(t.Schema.Name+f.end, f.data); err != nil {
				return err
			}
		}
	}
	if err := z.add("SHA256SUMS", []byte(z.sums.String())); err != nil {
		return err
	}
	return z.zip.Close()
}

// forms returns a table of a topic as Parquet, and its description.
func (t bundled) forms(about catalogue.Site) (parquet, text []byte, err error) {
	var p bytes.Buffer
	metadata, err := catalogue.ParquetMetadata(about, t.about)
	if err != nil {
		return nil, nil, err
	}
	if err := t.PublishedParquet(&p, metadata); err != nil {
		return nil, nil, err
	}
	d := t.about
	d.Parquet = FileOf(t.Schema.Name+".parquet", p.Bytes())
	text, err = catalogue.Describe(about, d)
	return p.Bytes(), text, err
}

// zipped is an archive that is being written.
type zipped struct {
	zip    *zip.Writer
	folder string
	sums   strings.Builder // of the files so far
}

// zipTime is the time of all files in archives: the earliest that the format has.
var zipTime = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

func (z *zipped) add(name string, data []byte) error {
	sum := sha256.Sum256(data)
	fmt.Fprintf(&z.sums, "%s  %s\n", hex.EncodeToString(sum[:]), name)
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: z.folder + "/" + name, Method: zip.Deflate, Modified: zipTime})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// readme says what is in the archive.
func (k bundle) readme() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s: %s\n\n%s\n", k.index.Site.Title, k.Title, k.Intro)
	if k.Note != "" {
		fmt.Fprintf(&s, "%s\n", k.Note)
	}
	for _, l := range k.cover() {
		fmt.Fprintf(&s, "\n%s: %s", l.Name, l.Text)
		if l.Link != "" {
			fmt.Fprintf(&s, " <%s>", l.Link)
		}
	}
	s.WriteString("\n\nTables, each as CSV, Parquet and JSON (what its columns mean):\n")
	for _, t := range k.tables {
		fmt.Fprintf(&s, "\n%s (%s)\n  %s\n", t.Schema.Name, wording.Counted(t.Len(), "row", "rows"), t.Schema.Description)
	}
	s.WriteString(`
A missing value is empty, never zero; the column obs_status says why. CSV files are UTF-8 with one
header row. Text that a spreadsheet program would compute begins with an apostrophe in the CSV, and
is as its publisher wrote it in the Parquet.

To check that all files came through whole: sha256sum -c SHA256SUMS
`)
	return s.String()
}

// licences says under which licences the figures are published.
func (k bundle) licences() string {
	var s strings.Builder
	s.WriteString("The figures are made from the data sets below. Each is under the licence of its publisher.\n")
	for _, x := range k.sources {
		fmt.Fprintf(&s, "\n%s\n  Identifier: %s\n  Publisher: %s\n", x.Title, x.ID, x.Publisher)
		for _, l := range [][2]string{{"Page", x.Homepage}, {"Licence", x.Licence}, {"Terms", x.LicenceAt}} {
			if l[1] != "" {
				fmt.Fprintf(&s, "  %s: %s\n", l[0], l[1])
			}
		}
	}
	return s.String()
}
