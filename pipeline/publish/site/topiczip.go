package site

import (
	"archive/zip"
	"crossings/pipeline/publish/site/wording"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// archive writes the tables of a topic for programs as a ZIP archive: one folder,
// called as the topic, with each table as CSV and Parquet, what is in it as JSON,
// README.txt, LICENCE.txt, and SHA256SUMS as sha256sum -c reads it.
func (b *builder) archive(to io.Writer, k bundle) error {
	z := zipped{zip: zip.NewWriter(to), folder: k.ID}
	if err := z.add("README.txt", []byte(b.readme(k))); err != nil {
		return err
	}
	if err := z.add("LICENCE.txt", []byte(k.licences())); err != nil {
		return err
	}
	for _, x := range k.tables {
		csv, parquet, about, err := b.files(x, b.tableSources(k.Topic, x))
		if err != nil {
			return fmt.Errorf("table %s: %w", x.Schema.Name, err)
		}
		for _, f := range []struct {
			end  string
			data []byte
		}{{".csv", csv}, {".parquet", parquet}, {".json", about}} {
			if err := z.add(x.Schema.Name+f.end, f.data); err != nil {
				return err
			}
		}
	}
	if err := z.add("SHA256SUMS", []byte(z.sums.String())); err != nil {
		return err
	}
	return z.zip.Close()
}

// zipped is an archive that is being written.
type zipped struct {
	zip    *zip.Writer
	folder string
	sums   strings.Builder // of the files so far
}

// zipTime is that of all files in archives: the first that the format knows.
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

// readme says what is in the archive of a topic.
func (b *builder) readme(k bundle) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s: %s\n\n%s\n", b.site.Title, k.Title, k.Intro)
	if k.Note != "" {
		fmt.Fprintf(&s, "%s\n", k.Note)
	}
	for _, l := range b.cover(k) {
		fmt.Fprintf(&s, "\n%s: %s", l.Name, l.Text)
		if l.Link != "" {
			fmt.Fprintf(&s, " <%s>", l.Link)
		}
	}
	s.WriteString("\n\nTables, each as CSV, Parquet and JSON (what its columns mean):\n")
	for _, x := range k.tables {
		fmt.Fprintf(&s, "\n%s (%s)\n  %s\n", x.Schema.Name, rowCount(x.Len()), x.Schema.Description)
	}
	s.WriteString(`
A missing value is empty, never zero; the column obs_status says why. CSV files are UTF-8 with one
header row. Text that a spreadsheet program would compute begins with an apostrophe in the CSV, and
is as its publisher wrote it in the Parquet.

To check that all files came through whole: sha256sum -c SHA256SUMS
`)
	return s.String()
}

func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return wording.Thousands(int64(n)) + " rows"
}

// licences says under which licences the figures of a topic are published.
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
