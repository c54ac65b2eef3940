package mirror

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"path"
	"strings"
	"testing"
)

// The media types of the publishers' files.
const (
	ods  = "application/vnd.oasis.opendocument.spreadsheet"
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	text = "text/plain; charset=utf-8"
	html = "text/html; charset=utf-8"
	api  = "application/json; charset=utf-8"
)

const (
	site  = "https://www.gov.uk"
	media = "https://assets.publishing.service.gov.uk/media/"
)

// document is a publication of GOV.UK with its attachments.
type document struct {
	Path, Title string
	Kind        string // document_type
	Updated     string // public_updated_at, RFC 3339
	Attachments []attachment
}

// attachment is a file of a publication, or a page below it.
type attachment struct {
	Title string
	Name  string // the file's name, or the last element of the page's path
	Type  string // media type; "" means a page
	Data  []byte // nil means that the address is not served
}

// document serves a publication and its attachments.
func (s *Server) document(t testing.TB, d document) {
	t.Helper()
	var list []map[string]any
	featured := []string{}
	for _, a := range d.Attachments {
		entry, address, mediaType := a.entry(d)
		list = append(list, entry)
		featured = append(featured, fmt.Sprint(entry["id"]))
		if a.Data != nil {
			s.page(t, address, mediaType, a.Data)
		}
	}
	const first = "2023-02-06T09:30:00+00:00"
	doc, err := json.Marshal(map[string]any{
		"base_path": d.Path, "content_id": id(d.Path), "document_type": d.Kind, "schema_name": "publication", "title": d.Title,
		"locale": "en", "phase": "live", "publishing_app": "whitehall", "first_published_at": first, "public_updated_at": d.Updated, "updated_at": d.Updated,
		"withdrawn_notice": map[string]any{}, "links": map[string]any{}, "analytics_identifier": nil, "description": "",
		"details": map[string]any{"attachments": list, "body": "<div/>", "featured_attachments": featured, "emphasised_organisations": []string{},
			"change_history": []map[string]any{{"note": "First published.", "public_timestamp": first}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.page(t, site+"/api/content"+d.Path, api, doc)
}

// entry returns the attachment as the content API states it, its address and its media type. A page
// has a relative address. A file's folder changes with its content.
func (a attachment) entry(d document) (entry map[string]any, address, mediaType string) {
	entry = map[string]any{"id": a.Name, "title": a.Title, "isbn": "", "unique_reference": "", "hoc_paper_number": "", "command_paper_number": "",
		"unnumbered_command_paper": false, "unnumbered_hoc_paper": false}
	if a.Type == "" {
		at := d.Path + "/" + strings.TrimSuffix(a.Name, ".html")
		entry["attachment_type"], entry["id"], entry["url"] = "html", id(at), at
		return entry, site + at, html
	}
	address = media + id(a.Name+string(a.Data)) + "/" + a.Name
	entry["attachment_type"], entry["content_type"], entry["filename"] = "file", a.Type, path.Base(address)
	entry["url"], entry["file_size"], entry["accessible"], entry["alternative_format_contact_email"] = address, len(a.Data), false, ""
	return entry, address, a.Type
}

// id returns a name made from a text.
func id(text string) string {
	h := fnv.New64a()
	h.Write([]byte(text))
	return fmt.Sprintf("%016x", h.Sum64())
}
