package pages

import (
	"bytes"
	"fmt"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
)

// Retract returns the page of a data version with a notice below its title. The notice names the
// releases that the version was made from and that were taken back since.
func Retract(page []byte, list []content.Retraction) ([]byte, error) {
	set, err := parseTemplates(content.Site{}, charts.Bundle{})
	if err != nil {
		return nil, err
	}
	var notice bytes.Buffer
	if err := set.ExecuteTemplate(&notice, "retracted.html", content.Sentences(list)); err != nil {
		return nil, err
	}
	end := []byte("</h1>\n")
	at := bytes.Index(page, end)
	if at < 0 {
		return nil, fmt.Errorf("the page of the data version has no title: it is not one of this program's")
	}
	at += len(end)
	return bytes.Join([][]byte{page[:at], notice.Bytes(), page[at:]}, nil), nil
}
