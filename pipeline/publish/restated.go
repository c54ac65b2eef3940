package publish

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// restatedTables lists the tables whose restated values an edition lists, the most quoted
// first. The other tables repeat these figures or describe the data.
var restatedTables = []string{"headlines", "year-to-date", "policy-periods", "balances", "rates", "year-on-year", "records", "observations"}

// listedRestated limits the restated values of a table that are listed. All are counted.
const listedRestated = 20

// restated compares tables with those of the newest edition. It returns nil if no value is
// restated.
func restated(archive edition.Archive, newest *edition.Manifest, content edition.Content, tables []*table.Table) (*edition.Restated, error) {
	if newest == nil {
		return nil, nil
	}
	sameHash := func(name string) bool {
		return newest.Content.Tables[name].SHA256 == content.Tables[name].SHA256
	}
	r := &edition.Restated{Before: newest.Text, Own: sameHash("observations"), Counts: map[string]int{}}
	for _, name := range restatedTables {
		at := slices.IndexFunc(tables, func(t *table.Table) bool { return t.Schema.Name == name })
		if at < 0 || sameHash(name) {
			continue
		}
		c := comparing(tables[at].Schema)
		old, same, err := c.read(archive, newest.Version, tables[at])
		if err != nil {
			return nil, err
		}
		c.compare(r, tables[at], same, old)
	}
	if len(r.Counts) == 0 {
		return nil, nil
	}
	return r, nil
}

// comparison is how the rows of two editions of a table are compared.
type comparison struct {
	table  schemas.Table
	key    []int // columns that identify a row, without those of its vintage
	days   []int // columns that say which days a row is about; only rows about the same days are compared
	values []int // columns whose values are compared
}

func comparing(t schemas.Table) comparison {
	c := comparison{table: t}
	for i, col := range t.Columns {
		switch {
		case col.Name == "vintage" || col.Name == "first_seen":
		case slices.Contains(t.Key, col.Name):
			c.key = append(c.key, i)
		case col.Type == schemas.Date && col.Name != "prior_passed_on":
			c.days = append(c.days, i)
		case col.Type == schemas.Integer, col.Type == schemas.Number, t.Name == "headlines" && col.Name == "text":
			c.values = append(c.values, i)
		}
	}
	return c
}

// keptRow holds the compared columns of a row of the older edition.
type keptRow struct{ days, values []string }

// read returns the rows of the older edition by key, without those that both tables begin with, and the
// number of these. They restate nothing, and are nearly all rows if a source that comes late in the table
// has news. A table or column that the older edition lacks restates nothing.
func (c comparison) read(archive edition.Archive, v edition.Version, now *table.Table) (rows map[string]keptRow, same int, err error) {
	rows = map[string]keptRow{}
	data, err := archived(archive, v, c.table.Name)
	if err != nil || data == nil {
		return rows, 0, err
	}
	same, size := now.Begins(data)
	header, below, _ := bytes.Cut(data, []byte("\n"))
	rest := io.MultiReader(bytes.NewReader(header), strings.NewReader("\n"), bytes.NewReader(below[max(size-len(header)-1, 0):]))
	err = eachRow(archivedName(v, c.table.Name), rest, c.table, noColumn, func(row []string) {
		pick := func(columns []int) []string {
			out := make([]string, len(columns))
			for n, i := range columns {
				out[n] = strings.Clone(row[i]) // a copy, so that the memory of the line is freed
			}
			return out
		}
		rows[strings.Join(pick(c.key), "\x1f")] = keptRow{pick(c.days), pick(c.values)}
	})
	return rows, same, err
}

// noColumn is the value of a column that the older edition lacks. No field of a table contains
// control characters.
const noColumn = "\x00"

// compare adds the values in which a table differs from the old rows about the same days. Its first rows are
// the same in both editions.
func (c comparison) compare(r *edition.Restated, tbl *table.Table, same int, old map[string]keptRow) {
	listed, at := 0, 0
	for row := range tbl.All() {
		if at++; at <= same {
			continue
		}
		field := func(columns []int) []string {
			out := make([]string, len(columns))
			for n, i := range columns {
				out[n] = row[i].Field()
			}
			return out
		}
		key := field(c.key)
		before, there := old[strings.Join(key, "\x1f")]
		if !there || !slices.Equal(before.days, field(c.days)) {
			continue
		}
		for n, now := range field(c.values) {
			if now == before.values[n] || before.values[n] == noColumn {
				continue
			}
			r.Counts[c.table.Name]++
			if listed++; listed <= listedRestated {
				r.Values = append(r.Values, edition.Value{Table: c.table.Name, Key: key, Column: c.table.Columns[c.values[n]].Name, Old: before.values[n], New: now})
			}
		}
	}
}
