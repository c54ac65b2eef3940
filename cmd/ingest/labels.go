package main

import (
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/ingest"
	"crossings/pipeline/stat"
)

func labelsCommand(app *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "labels [SOURCE...]",
		Short: "List the labels that no list names, as lines for data/labels",
		RunE: func(_ *cobra.Command, args []string) error {
			in, err := ingest.Open(options(app))
			if err != nil {
				return err
			}
			defer in.Close()
			list, err := in.Labels(args)
			if err != nil {
				return err
			}
			app.Printf("%s", labelLines(list))
			return app.Encode(list)
		},
	}
}

// labelLines returns lines for the operator's lists, list by list.
func labelLines(list []ingest.UnlistedLabel) string {
	if len(list) == 0 {
		return "every label is in a list\n"
	}
	var out strings.Builder
	before := ""
	for i, l := range list {
		if i == 0 || l.List != list[i-1].List {
			fmt.Fprintf(&out, "# data/labels/%s.csv; check each code, then paste the lines\npublisher,label,code,note\n", l.List)
		}
		line := labelLine(l)
		if line != before { // two sources may share a label
			out.WriteString(line)
		}
		before = line
	}
	return out.String()
}

// labelLine returns the line of a label. Its code is that of a listed label which probably means the
// same, that of a sum, or the one that the label has now.
func labelLine(l ingest.UnlistedLabel) string {
	if strings.ContainsFunc(l.Label, unicode.IsControl) {
		return fmt.Sprintf("# %q of %s has control characters and cannot be listed\n", cut(l.Label), l.Source)
	}
	code, notes := l.Code, []string{fmt.Sprintf("%s: rows %d, figures %d, in %s", l.Source, l.Rows, l.Figures, releasesOf(l))}
	switch {
	case l.MayBeSum:
		notes = append(notes, "may be a sum of other rows: then "+stat.Total)
	case l.Close:
		code = l.NearestCode
	}
	if l.Nearest != "" {
		notes = append(notes, fmt.Sprintf("nearest: %s, %s", cut(l.Nearest), l.NearestCode))
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	w.Write([]string{l.Publisher, l.Label, code, strings.Join(notes, "; ")}) // a Builder takes everything
	w.Flush()
	return out.String()
}

// maxShownLabel is how much of a label a note repeats.
const maxShownLabel = 40

func cut(label string) string {
	if r := []rune(label); len(r) > maxShownLabel {
		return string(r[:maxShownLabel]) + "…"
	}
	return label
}

// releasesOf says in which releases a label is.
func releasesOf(l ingest.UnlistedLabel) string {
	all := append(l.Releases, l.Pending...)
	switch n := len(all); {
	case n == 0:
		return "no release"
	case n == 1 && len(l.Pending) == 1:
		return all[0] + ", which is pending"
	case n == 1:
		return all[0]
	case len(l.Pending) > 0:
		return fmt.Sprintf("%d releases, the last %s, pending: %d", n, all[n-1], len(l.Pending))
	default:
		return fmt.Sprintf("%d releases, the last %s", n, all[n-1])
	}
}
