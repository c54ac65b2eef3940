package spreadsheet

import (
	"encoding/xml"
	"strings"

	"crossings/pipeline/read/decode"
)

// Namespaces of OpenDocument styles.
const nsStyle = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"

// maxStyles is the most styles of raised text that are kept.
const maxStyles = 1024

// inStyles notes the styles of raised text and of hidden sheets.
func (r *odsReader) inStyles(e xml.StartElement) error {
	if !is(e, nsStyle, "style") {
		return r.skip()
	}
	name, _ := attr(e, nsStyle, "name")
	return r.children(func(e xml.StartElement) error {
		position, _ := attr(e, nsStyle, "text-position")
		first, _, _ := strings.Cut(strings.TrimSpace(position), " ")
		up := first == "super" || strings.HasSuffix(first, "%") && !strings.HasPrefix(first, "-") && first != "0%"
		if is(e, nsStyle, "text-properties") && up && len(r.raised) < maxStyles {
			r.raised[name] = true
		}
		if shown, _ := attr(e, nsTable, "display"); is(e, nsStyle, "table-properties") && shown == "false" && len(r.styles) < maxStyles {
			r.styles[name] = true
		}
		return r.skip()
	})
}

// span reads a run of text in a typeface of its own.
func (r *odsReader) span(e xml.StartElement) error {
	style, _ := attr(e, nsText, "style-name")
	up := r.raised[style]
	r.ends = append(r.ends, len(r.text))
	start := len(r.text)
	if err := r.inline(); err != nil {
		return err
	}
	if up {
		r.text = decode.Raise(r.text, start)
	}
	r.ends = append(r.ends, len(r.text))
	return nil
}
