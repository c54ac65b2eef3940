package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
)

// The namespaces of Office Open XML that are read, in the usual form of the standard and in the
// strict form, which Excel writes on request.
const (
	nsSheet         = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsSheetStrict   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	nsOffice2006    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsOfficeStrict  = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	nsRelationships = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsCore          = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
	nsTerms         = "http://purl.org/dc/terms/"
)

const (
	// oleHeader is the start of an encrypted workbook, and of one from before 2007.
	oleHeader = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	// oleEncrypted is the name, in UTF-16, of the stream that holds an encrypted workbook.
	oleEncrypted = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
)

// open checks the package and finds its parts.
func (x *XLSX) open(data []byte) error {
	if err := checkBytes(data, x.lim); err != nil {
		return err
	}
	p, err := openParts(data, x.lim)
	if err != nil {
		return err
	}
	top, err := p.relations("")
	if err != nil {
		return err
	}
	x.modified = p.modified(ofKind(top, "core-properties"))
	r := ofKind(top, "officeDocument")
	if strings.HasSuffix(r.target, ".bin") {
		return fmt.Errorf("%w: a binary workbook (XLSB), not XLSX", decode.ErrFormat)
	}
	x.ns = nsSheet
	office := nsOffice2006
	if r.strict {
		x.ns, office = nsSheetStrict, nsOfficeStrict
	}
	ids, from1904, err := p.sheets(r.target, x.ns, office)
	if err != nil {
		return err
	}
	x.from1904 = from1904
	return x.load(p, r.target, ids)
}

// load finds the parts of the sheets and reads the shared texts.
func (x *XLSX) load(p *parts, workbook string, ids []sheetID) error {
	rels, err := p.relations(workbook)
	if err != nil {
		return err
	}
	for _, id := range ids {
		t, err := p.tab(id, rels)
		if err != nil {
			return err
		}
		x.tabs = append(x.tabs, t)
	}
	slices.SortStableFunc(x.tabs, func(a, b xlsxSheet) int { return order(a.hidden) - order(b.hidden) })
	x.styles = p.files[partName(ofKind(rels, "styles").target)]
	r := ofKind(rels, "sharedStrings")
	if r.target == "" {
		return nil
	}
	shared, err := p.require(r.target)
	if err != nil {
		return err
	}
	x.texts, err = sharedTexts(shared, x.ns, x.lim)
	return err
}

// parts finds the parts of an Office Open XML package.
type parts struct {
	lim    decode.Limits
	files  map[string]*zip.File // by name in lower case: names ignore case
	xml    uint64               // bytes that the parts found so far declare
	packed uint64               // their compressed bytes
	size   uint64               // bytes of the file
}

// openParts opens the archive and checks that it is a package.
func openParts(data []byte, lim decode.Limits) (*parts, error) {
	if bytes.HasPrefix(data, []byte(oleHeader)) {
		if bytes.Contains(data, []byte(oleEncrypted)) {
			return nil, fmt.Errorf("%w: the workbook is encrypted", decode.ErrFormat)
		}
		return nil, fmt.Errorf("%w: a file of Excel 97 to 2003 or of another OLE program, not XLSX", decode.ErrFormat)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: not a whole ZIP archive, it may be cut short: %w", decode.ErrFormat, err)
	}
	p := &parts{lim: lim, files: map[string]*zip.File{}, size: uint64(len(data))}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, fmt.Errorf("%w: the workbook is encrypted", decode.ErrFormat)
		}
		name := partName(f.Name)
		if p.files[name] != nil {
			return nil, fmt.Errorf("%w: there are two parts %s in it", decode.ErrFormat, decode.Quote(f.Name))
		}
		p.files[name] = f
	}
	if p.files["_rels/.rels"] == nil {
		return nil, fmt.Errorf("%w: %s, not an Office Open XML workbook", decode.ErrFormat, p.otherType())
	}
	return p, nil
}

// partName returns the name under which a part is found.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// otherType says what an archive is if it is not an Office Open XML package.
func (p *parts) otherType() string {
	f := p.files["mimetype"]
	if f == nil {
		return "a ZIP archive without _rels/.rels"
	}
	rc, err := f.Open()
	if err != nil {
		return "a ZIP archive with a mimetype"
	}
	defer rc.Close()
	b := make([]byte, 256)
	n, _ := io.ReadFull(rc, b) // a shorter mimetype is usual
	return "its type is " + decode.Quote(strings.TrimSpace(string(b[:n])))
}

// require returns a part, which must exist and be within the limits.
func (p *parts) require(name string) (*zip.File, error) {
	f := p.files[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: there is no part %s in it", decode.ErrFormat, decode.Quote(name))
	}
	most := uint64(max(p.lim.XML, 0))
	if f.UncompressedSize64 > most {
		return nil, fmt.Errorf("%w: %s declares %d bytes of XML, more than %d",
			decode.ErrTooLarge, decode.Quote(f.Name), f.UncompressedSize64, most)
	}
	if p.xml += f.UncompressedSize64; p.xml > most {
		return nil, fmt.Errorf("%w: the parts declare more than %d bytes of XML together", decode.ErrTooLarge, most)
	}
	// A hostile archive may declare the same few bytes as the content of many parts.
	if f.CompressedSize64 > p.size || p.packed+f.CompressedSize64 > p.size {
		return nil, fmt.Errorf("%w: the parts are larger than the file", decode.ErrFormat)
	}
	p.packed += f.CompressedSize64
	return f, nil
}

// relation says that a part makes use of another.
type relation struct {
	id     string
	kind   string // the last word of its type: "worksheet", "sharedStrings"
	strict bool   // its type is in the strict form of the standard
	target string // the name of the other part
}

// ofKind returns the first relation of a kind, or the zero relation.
func ofKind(rels []relation, kind string) relation {
	for _, r := range rels {
		if r.kind == kind {
			return r
		}
	}
	return relation{}
}

// relations reads the relations of a part, or of the package itself for "".
func (p *parts) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	f, err := p.require(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	var rels []relation
	err = readPart(f, p.lim, func(t *tokens) error {
		return t.root(xml.Name{Space: nsRelationships, Local: "Relationships"}, func(e xml.StartElement) error {
			if len(rels) == maxParts {
				return fmt.Errorf("%w: %s has more than %d relations", decode.ErrTooLarge, f.Name, maxParts)
			}
			if r := newRelation(e, dir); r.target != "" {
				rels = append(rels, r)
			}
			return t.skip()
		})
	})
	return rels, err
}

// newRelation makes a relation from its element. The target is "" if it is in another file.
func newRelation(e xml.StartElement, dir string) relation {
	var r relation
	r.id, _ = attr(e, "", "Id")
	kind, _ := attr(e, "", "Type")
	r.kind, r.strict = path.Base(kind), strings.HasPrefix(kind, nsOfficeStrict)
	mode, _ := attr(e, "", "TargetMode")
	target, _ := attr(e, "", "Target")
	switch {
	case mode == "External" || target == "":
	case strings.HasPrefix(target, "/"):
		r.target = path.Clean(target)[1:]
	default:
		r.target = path.Join(dir, target)
	}
	return r
}

// sheetID is a sheet as listed by the workbook.
type sheetID struct {
	name, id string
	hidden   bool
}

// sheets reads the workbook's list of sheets, and whether its days begin in 1904.
func (p *parts) sheets(workbook, ns, office string) (ids []sheetID, from1904 bool, err error) {
	if workbook == "" {
		return nil, false, fmt.Errorf("%w: there is no workbook in it", decode.ErrFormat)
	}
	f, err := p.require(workbook)
	if err != nil {
		return nil, false, err
	}
	names := map[string]bool{}
	add := func(e xml.StartElement) error {
		var s sheetID
		s.name, _ = attr(e, "", "name")
		s.id, _ = attr(e, office, "id")
		state, _ := attr(e, "", "state")
		s.hidden = state == "hidden" || state == "veryHidden"
		switch key := strings.ToLower(s.name); {
		case len(ids) == maxSheets:
			return fmt.Errorf("%w: there are more than %d sheets", decode.ErrTooLarge, maxSheets)
		case names[key]:
			return fmt.Errorf("%w: there are two sheets of the name %s", decode.ErrFormat, decode.Quote(s.name))
		default:
			names[key] = true
		}
		ids = append(ids, s)
		return nil
	}
	err = readPart(f, p.lim, func(t *tokens) error {
		return t.root(xml.Name{Space: ns, Local: "workbook"}, func(e xml.StartElement) error {
			if is(e, ns, "workbookPr") {
				from1904 = isOn(e, "date1904")
			}
			if !is(e, ns, "sheets") {
				return t.skip()
			}
			return t.children(func(e xml.StartElement) error {
				if is(e, ns, "sheet") {
					if err := add(e); err != nil {
						return err
					}
				}
				return t.skip()
			})
		})
	})
	if err == nil && len(ids) == 0 {
		return nil, false, fmt.Errorf("%w: the workbook has no sheets", decode.ErrFormat)
	}
	return ids, from1904, err
}

// tab returns what a sheet is and, if it has cells, its part.
func (p *parts) tab(s sheetID, rels []relation) (xlsxSheet, error) {
	for _, r := range rels {
		if r.id != s.id {
			continue
		}
		t := xlsxSheet{name: s.name, kind: r.kind, hidden: s.hidden}
		var err error
		if t.kind == worksheet {
			t.part, err = p.require(r.target)
		}
		return t, err
	}
	return xlsxSheet{}, fmt.Errorf("%w: the sheet %s has no part", decode.ErrFormat, decode.Quote(s.name))
}

// modified returns dcterms:modified of the core properties. It returns the zero time if there is
// none or the part is bad, because the figures do not depend on it.
func (p *parts) modified(core relation) time.Time {
	if core.target == "" {
		return time.Time{}
	}
	f, err := p.require(core.target)
	if err != nil {
		return time.Time{}
	}
	var text string
	err = readPart(f, p.lim, func(t *tokens) error {
		return t.root(xml.Name{Space: nsCore, Local: "coreProperties"}, func(e xml.StartElement) error {
			if !is(e, nsTerms, "modified") {
				return t.skip()
			}
			x := textReader{tokens: t}
			err := x.plain()
			text = strings.TrimSpace(string(x.buf))
			return err
		})
	})
	if err != nil {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC().Truncate(time.Second)
		}
	}
	return time.Time{}
}
