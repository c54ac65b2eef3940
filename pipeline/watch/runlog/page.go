package runlog

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"strconv"
)

//go:embed page.html
var frame string

// pageOf returns the page of some runs, in their order. It is put together without html/template: a
// program that links that package keeps every exported method, and ingest would be a seventh larger.
func pageOf(runs []Run) []byte {
	var body bytes.Buffer
	for _, r := range runs {
		of := []string{r.Started.Format("2006-01-02 15:04:05"), r.Took().String(), r.Command, strconv.Itoa(r.Status)}
		if len(r.Rows) == 0 {
			writeRow(&body, append(of, make([]string, 9)...))
		}
		for _, x := range r.Rows {
			took := ""
			if x.Took > 0 {
				took = fmt.Sprintf("%.1f", x.Took.Seconds())
			}
			writeRow(&body, append(of[:len(of):len(of)], x.Source, x.Outcome, x.Release, strconv.Itoa(x.Observations),
				strconv.Itoa(x.Rejects), strconv.Itoa(x.Findings), x.Message, x.Found, took))
		}
	}
	return fmt.Appendf(nil, frame, body.Bytes())
}

// writeRow writes the cells of a row as text.
func writeRow(w *bytes.Buffer, cells []string) {
	w.WriteString("<tr>")
	for _, c := range cells {
		w.WriteString("<td>" + html.EscapeString(c))
	}
	w.WriteString("</tr>\n")
}
