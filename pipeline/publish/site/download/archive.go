package download

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"strings"

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
		parquet, text, err := k.forms(t, about)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Schema.Name, err)
		}
		for _, f := range []struct {
			end  string
			data entry
		}{{".csv", t.csv}, {".parquet", parquet}, {".json", text}} {
			if err := z.put(t.Schema.Name+f.end, f.data); err != nil {
				return err
			}
		}
	}
	if err := z.add("SHA256SUMS", []byte(z.sums.String())); err != nil {
		return err
	}
	return z.zip.Close()
}

// forms returns a table of the topic as Parquet, and its description.
func (k bundle) forms(t bundled, about catalogue.Site) (parquet, text entry, err error) {
	metadata, err := catalogue.ParquetMetadata(about, t.about)
	if err != nil {
		return parquet, text, err
	}
	known, err := json.Marshal(metadata)
	if err != nil {
		return parquet, text, err
	}
	parquet, err = k.entry(func(to io.Writer) error { return t.PublishedParquet(to, metadata) }, []byte("parquet"), t.hash, known)
	if err != nil {
		return parquet, text, err
	}
	d := t.about
	d.Parquet = parquet.file(t.Schema.Name + ".parquet")
	description, err := catalogue.Describe(about, d)
	if err != nil {
		return parquet, text, err
	}
	text, err = newEntry(description)
	return parquet, text, err
}

// zipped is an archive that is being written.
type zipped struct {
	zip    *zip.Writer
	folder string
	sums   strings.Builder // of the files so far
}

// zipDate is the day of all files in archives: 1 January 1980, the earliest that the format has.
const zipDate = 1<<5 | 1

// add puts a file into the archive.
func (z *zipped) add(name string, data []byte) error {
	e, err := newEntry(data)
	if err != nil {
		return err
	}
	return z.put(name, e)
}

// put puts a compressed file into the archive.
func (z *zipped) put(name string, e entry) error {
	fmt.Fprintf(&z.sums, "%s  %s\n", e.file(name).SHA256, name)
	//lint:ignore SA1019 Modified has no effect here
	w, err := z.zip.CreateRaw(&zip.FileHeader{Name: z.folder + "/" + name, Method: zip.Deflate, ModifiedDate: zipDate, CreatorVersion: zipVersion, ReaderVersion: zipVersion,
		CRC32: e.crc, UncompressedSize64: e.size, CompressedSize64: uint64(len(e.deflated))})
	if err != nil {
		return err
	}
	_, err = w.Write(e.deflated)
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
