package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/xmlscan"
)

// odsType is the media type of an OpenDocument spreadsheet.
const odsType = "application/vnd.oasis.opendocument.spreadsheet"

// maxParts is the most entries that the ZIP archive may have. A spreadsheet has about ten, and one
// for each picture.
const maxParts = 10_000

// ODS is an open OpenDocument spreadsheet. It may be read any number of times, and by several
// goroutines at once.
type ODS struct {
	name     string
	lim      decode.Limits
	content  *zip.File
	modified time.Time // zero if unknown
}

// OpenODS checks that data is an OpenDocument spreadsheet within the limits and prepares it for
// reading. The name is used only in errors. The ODS keeps data, which must not change.
//
// The error is an *Error that wraps ErrFormat or ErrTooLarge. An encrypted spreadsheet is an
// ErrFormat.
func OpenODS(name string, data []byte, lim decode.Limits) (*ODS, error) {
	o := &ODS{name: name, lim: lim}
	if err := o.open(data); err != nil {
		return nil, &decode.Error{File: name, Err: err, Hint: decode.HintFor(err)}
	}
	return o, nil
}

// Modified returns when the file says that it was last changed (dc:date of meta.xml), in UTC, to
// the second. A time without a zone is taken as UTC. It returns false if there is no such time or
// it cannot be read.
func (o *ODS) Modified() (time.Time, bool) { return o.modified, !o.modified.IsZero() }

// Rows yields the rows with content of all sheets, in the order of the file, in one streaming pass;
// each call makes a new one. A row that the file repeats is yielded once for each line.
//
// The Cells slice may be reused between iterations: copy what must be kept. Its strings stay valid.
//
// The sequence ends after the first error, an *Error that wraps ErrFormat, ErrTooLarge or ErrShape.
// Damage may show only at the end of the file, so discard the rows before an error too.
func (o *ODS) Rows() iter.Seq2[decode.Row, error] {
	return func(yield func(decode.Row, error) bool) {
		r := &odsReader{lim: o.lim, yield: yield, names: map[string]bool{}, raised: map[string]bool{}, unseen: unseen{styles: map[string]bool{}}}
		err := readPart(o.content, o.lim, func(t *tokens) error {
			r.tokens = t
			return r.document()
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(decode.Row{}, &decode.Error{File: o.name, Sheet: r.sheet, Line: r.line, Column: r.letter, Err: err, Hint: decode.HintFor(err)})
		}
	}
}

// open checks the package and finds its parts.
func (o *ODS) open(data []byte) error {
	if err := checkBytes(data, o.lim); err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("%w: not a whole ZIP archive, it may be cut short: %w", decode.ErrFormat, err)
	}
	parts, err := findParts(z, o.lim)
	if err != nil {
		return err
	}
	if err := checkType(parts["mimetype"]); err != nil {
		return err
	}
	if f := parts["META-INF/manifest.xml"]; f != nil {
		if err := checkManifest(f, o.lim); err != nil {
			return err
		}
	}
	if o.content = parts["content.xml"]; o.content == nil {
		return fmt.Errorf("%w: there is no content.xml in it", decode.ErrFormat)
	}
	if f := parts["meta.xml"]; f != nil {
		o.modified = modified(f, o.lim)
	}
	return nil
}

// checkBytes returns an error, with the likely reason, for data that is not a ZIP archive or would
// cost too much to open.
func checkBytes(data []byte, lim decode.Limits) error {
	if err := decode.CheckSize(data, lim); err != nil {
		return err
	}
	switch {
	case decode.ServedHTML(data):
		return fmt.Errorf("%w: an HTML page was served instead of the spreadsheet", decode.ErrFormat)
	case bytes.Count(data, []byte("PK\x01\x02")) > maxParts:
		// Each entry of the archive's directory begins with these bytes, and opening the archive
		// takes memory for each.
		return fmt.Errorf("%w: the archive has more than %d entries", decode.ErrTooLarge, maxParts)
	}
	return nil
}

// findParts returns the parts that are read, by name. A part that is there twice, is encrypted, or
// declares more than the limit is an error.
func findParts(z *zip.Reader, lim decode.Limits) (map[string]*zip.File, error) {
	parts := map[string]*zip.File{"mimetype": nil, "META-INF/manifest.xml": nil, "content.xml": nil, "meta.xml": nil}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, fmt.Errorf("%w: the spreadsheet is encrypted", decode.ErrFormat)
		}
		other, wanted := parts[f.Name]
		if !wanted {
			continue
		}
		if other != nil {
			return nil, fmt.Errorf("%w: there are two parts %s in it", decode.ErrFormat, f.Name)
		}
		if f.UncompressedSize64 > uint64(max(lim.XML, 0)) {
			return nil, fmt.Errorf("%w: %s declares %d bytes of XML, more than %d",
				decode.ErrTooLarge, f.Name, f.UncompressedSize64, lim.XML)
		}
		parts[f.Name] = f
	}
	return parts, nil
}

// checkType checks the mimetype part, nil if there is none.
func checkType(f *zip.File) error {
	if f == nil {
		return fmt.Errorf("%w: a ZIP archive without a mimetype, not an OpenDocument spreadsheet", decode.ErrFormat)
	}
	rc, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: mimetype: %w", decode.ErrFormat, err)
	}
	defer rc.Close()
	b, err := io.ReadAll(io.LimitReader(rc, 256))
	if err != nil {
		return fmt.Errorf("%w: mimetype: %w", decode.ErrFormat, err)
	}
	if s := strings.TrimSpace(string(b)); s != odsType {
		return fmt.Errorf("%w: its type is %s, want an OpenDocument spreadsheet", decode.ErrFormat, decode.Quote(s))
	}
	return nil
}

// checkManifest returns an error for a package with an encrypted part.
func checkManifest(f *zip.File, lim decode.Limits) error {
	return readPart(f, lim, func(t *tokens) error {
		return t.root(xml.Name{Space: nsManifest, Local: "manifest"}, func(xml.StartElement) error {
			return t.children(func(e xml.StartElement) error {
				if is(e, nsManifest, "encryption-data") {
					return fmt.Errorf("%w: the spreadsheet is encrypted", decode.ErrFormat)
				}
				return t.skip()
			})
		})
	})
}

// modified returns the first dc:date of meta.xml. It returns the zero time if there is none or the
// part is bad, because the figures do not depend on it.
func modified(f *zip.File, lim decode.Limits) time.Time {
	var text string
	err := readPart(f, lim, func(t *tokens) error {
		return t.root(xml.Name{Space: nsOffice, Local: "document-meta"}, func(xml.StartElement) error {
			return t.children(func(e xml.StartElement) error {
				if !is(e, nsDC, "date") || text != "" {
					return t.skip()
				}
				tok, err := t.Next()
				switch {
				case err != nil || tok == xmlscan.EndTag:
					return err
				case tok == xmlscan.Chars:
					text = strings.TrimSpace(string(t.Text))
					return t.skip()
				}
				return fmt.Errorf("%w: meta.xml: dc:date is not a text", decode.ErrFormat)
			})
		})
	})
	if err != nil {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04:05", text)
	}
	if err != nil {
		return time.Time{}
	}
	return at.UTC().Truncate(time.Second)
}

// readPart calls read with the tokens of a part.
func readPart(f *zip.File, lim decode.Limits, read func(*tokens) error) error {
	rc, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", decode.ErrFormat, f.Name, err)
	}
	defer rc.Close()
	return read(newTokens(f.Name, rc, lim))
}
