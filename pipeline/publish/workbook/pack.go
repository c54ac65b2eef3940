package workbook

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"hash/crc32"
	"io"
	"strconv"
)

// pack writes a ZIP archive in which every entry has the same time.
type pack struct{ zip *zip.Writer }

func newPack(w io.Writer) *pack { return &pack{zip.NewWriter(w)} }

// epoch is 1 January 1980, the first day of the MS-DOS calendar, as MS-DOS writes it. The field
// Modified stays zero: it would add a time stamp in an extra field, which the first entry of an
// OpenDocument file must not have.
const epoch = 1<<5 | 1

// zipVersion is the version of the format that a reader must support: 2.0, as in the other entries.
const zipVersion = 20

// header returns the header of an entry.
func header(name string, method uint16) *zip.FileHeader {
	//lint:ignore SA1019 Modified would add an extra field, see epoch
	return &zip.FileHeader{Name: name, Method: method, ModifiedDate: epoch}
}

// stored writes an entry without compression and without a data descriptor, so that its header has
// its size.
func (p *pack) stored(name, text string) error {
	h := header(name, zip.Store)
	h.CreatorVersion, h.ReaderVersion = zipVersion, zipVersion
	h.CRC32 = crc32.ChecksumIEEE([]byte(text))
	h.CompressedSize64, h.UncompressedSize64 = uint64(len(text)), uint64(len(text))
	w, err := p.zip.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// part writes an XML document. write writes the root element.
func (p *pack) part(name string, write func(x *xmlWriter) error) error {
	whole, err := newPiece(func(x *xmlWriter) error {
		x.declaration()
		return write(x)
	})
	if err != nil {
		return err
	}
	return p.pieces(name, whole)
}

// pieces writes an XML document that consists of pieces.
func (p *pack) pieces(name string, pieces ...piece) error {
	all := joined(pieces)
	h := header(name, zip.Deflate)
	h.CreatorVersion, h.ReaderVersion = zipVersion, zipVersion
	h.CRC32, h.UncompressedSize64, h.CompressedSize64 = all.sum, all.size, uint64(len(all.deflated)+len(endOfPieces))
	w, err := p.zip.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = w.Write(append(all.deflated, endOfPieces...))
	return err
}

func (p *pack) close() error { return p.zip.Close() }

// xmlWriter writes markup. An error of the underlying writer is returned when the part is flushed.
type xmlWriter struct{ w *bufio.Writer }

// declaration begins a document.
func (x *xmlWriter) declaration() {
	x.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`, "\n")
}

// put writes markup unchanged.
func (x *xmlWriter) put(markup ...string) {
	for _, s := range markup {
		x.w.WriteString(s)
	}
}

// text writes the characters of an element or attribute.
func (x *xmlWriter) text(s string) {
	if err := xml.EscapeText(x.w, []byte(s)); err != nil {
		return // the buffer keeps the error
	}
}

// attr writes an attribute.
func (x *xmlWriter) attr(name, value string) {
	x.put(" ", name, `="`)
	x.text(value)
	x.put(`"`)
}

// num writes a whole number as an attribute.
func (x *xmlWriter) num(name string, n int) { x.put(" ", name, `="`, strconv.Itoa(n), `"`) }

// float writes a number in the shortest form that reads back the same.
func float(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
