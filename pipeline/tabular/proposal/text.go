package proposal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/reader"
)

// write returns the layout as text, after what the reader makes of it.
func (d *draft) write(name string, data []byte) string {
	d.l.File = d.file
	text := body(&d.l, d.unsure)
	var b strings.Builder
	fmt.Fprintf(&b, "# A proposal. The header is in row %d.\n", d.line)
	for _, line := range try(name, data, text) {
		fmt.Fprintf(&b, "# %s\n", line)
	}
	b.WriteString(text)
	return b.String()
}

// try reads the file by the proposal and returns what comes of it.
func try(name string, data []byte, body string) []string {
	l, err := tabular.Parse("layout.json", []byte(body))
	if err == nil {
		at := stat.Release{Source: "table:x", Vintage: stat.MustDate("2199-12-31"), FirstSeen: time.Unix(0, 0).UTC()}
		var r reader.Result
		if r, err = reader.Decode(l, nil, "table:x", name, data, &at); err == nil {
			return counted(r)
		}
	}
	out := []string{"It does not read the file yet: " + oneLine(err.Error())}
	var place *decode.Error
	if errors.As(err, &place) && place.Hint != "" {
		out = append(out, "  "+oneLine(place.Hint))
	}
	return out
}

// oneLine returns a text without line breaks.
func oneLine(s string) string { return decode.Fold(s) }

// counted says how many figures there are, and what is odd about them.
func counted(r reader.Result) []string {
	series := map[stat.SeriesID]bool{}
	var first, last stat.Date
	known := 0
	for _, o := range r.Observations {
		series[o.Series.ID] = true
		if first.IsZero() || o.Period.Start < first {
			first = o.Period.Start
		}
		last = max(last, o.Period.End)
		if o.Value.IsKnown() {
			known++
		}
	}
	out := []string{fmt.Sprintf("It reads %d figures of %d series, from %s to %s; %d of them have a value.", len(r.Observations), len(series), first, last, known)}
	for i, f := range r.Findings {
		if i == 10 {
			out = append(out, fmt.Sprintf("and %d more", len(r.Findings)-i))
			break
		}
		out = append(out, oneLine(fmt.Sprintf("%s: %s %s", f.Severity, f.Where, f.Message)))
	}
	return out
}

// body returns the fields of a layout in order, each with its comments.
func body(l *tabular.Layout, comments map[string][]string) string {
	var fields bytes.Buffer
	e := json.NewEncoder(&fields)
	e.SetEscapeHTML(false)
	if err := e.Encode(l); err != nil {
		panic(err) // it is data only
	}
	dec := json.NewDecoder(&fields)
	dec.Token() // the brace
	var parts []string
	for dec.More() {
		key, _ := dec.Token()
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			panic(err) // it was written above
		}
		name := fmt.Sprint(key)
		part := ""
		for _, note := range comments[name] {
			part += "  # " + oneLine(note) + "\n"
		}
		if name == "title" {
			part += "  # \"publisher\": \"\", \"licence\": \"\", \"homepage\": \"https://\",\n"
		}
		parts = append(parts, part+fmt.Sprintf("  %q: %s", name, pretty(raw)))
	}
	return "{\n" + strings.Join(parts, ",\n") + "\n}\n"
}

// pretty returns a value on one line, or a list or long object with one line for each item.
func pretty(raw json.RawMessage) string {
	if len(raw) <= 100 {
		return spaced(raw)
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		var out []string
		for _, x := range list {
			out = append(out, "    "+spaced(x))
		}
		return "[\n" + strings.Join(out, ",\n") + "\n  ]"
	}
	var b bytes.Buffer
	if json.Indent(&b, raw, "  ", "  ") != nil {
		return string(raw)
	}
	return b.String()
}

// spaced returns a value on one line with a space after each comma and colon outside of texts.
func spaced(raw json.RawMessage) string {
	var b strings.Builder
	quoted, escaped := false, false
	for _, r := range string(raw) {
		b.WriteRune(r)
		switch {
		case escaped:
			escaped = false
		case quoted && r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		case !quoted && (r == ',' || r == ':'):
			b.WriteByte(' ')
		}
	}
	return b.String()
}
