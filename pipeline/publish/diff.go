package publish

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// Change is one change that publishing would make: a changed value, or a row that is added or
// removed.
type Change struct {
	Table  string `json:"table"`
	Key    string `json:"key"`              // values of the table's key, separated by slashes
	Column string `json:"column,omitempty"` // "" for a whole row
	Old    string `json:"old"`
	New    string `json:"new"`
	Kind   string `json:"kind"` // changed, added or removed
}

// Kinds of change.
const (
	ChangedValue = "changed"
	AddedRow     = "added"
	RemovedRow   = "removed"
)

// Difference is what publishing would change.
type Difference struct {
	Changes []Change       `json:"changes"` // tables in the order of the site, keys sorted
	Added   map[string]int `json:"added"`   // rows by table
	Removed map[string]int `json:"removed"`
	Changed map[string]int `json:"changed"` // values by table
	// LeftOut lists the pending releases of microdata, which are not compared.
	LeftOut []review.LeftOut `json:"left_out,omitempty"`
}

// Diff builds the tables as Publish would, and compares them with those of the published site,
// value by value. It writes nothing. If nothing has been published yet, every row is new.
func Diff(ctx context.Context, r registry.Registry, asOf stat.Date) (*Difference, error) {
	b, failed := tables.Build(ctx, r, asOf)
	if b == nil {
		return nil, failed
	}
	d := &Difference{Changes: []Change{}, Added: map[string]int{}, Removed: map[string]int{}, Changed: map[string]int{}}
	for _, name := range tables.TableNames {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		old, err := readPublished(filepath.Join(r.Dir.Site(), "data", name+".csv"), b.Tables[name])
		if err != nil {
			return nil, err
		}
		d.compare(b.Tables[name], old)
	}
	return d, failed
}

// readPublished returns the rows of a published table by key. Each has a value for every
// column of tbl, which is empty if the published file lacks the column.
func readPublished(path string, tbl *table.Table) (map[string][]string, error) {
	rows := map[string][]string{}
	err := eachPublished(path, tbl.Schema, func(row []string) {
		rows[keyOf(tbl, func(i int) string { return row[i] })] = row
	})
	return rows, err
}

// eachPublished calls visit with each row of a published table. A row has a value for every
// column of the schema, which is empty if the file lacks the column. A missing file has no rows.
func eachPublished(path string, schema schemas.Table, visit func(row []string)) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return eachRow(path, f, schema, "", visit)
}

// eachArchived calls visit with each row of a table of an edition; see eachPublished. A column that the
// edition lacks has the value none.
func eachArchived(archive edition.Archive, v edition.Version, schema schemas.Table, none string, visit func(row []string)) error {
	data, err := archived(archive, v, schema.Name)
	if err != nil || data == nil {
		return err
	}
	return eachRow(archivedName(v, schema.Name), bytes.NewReader(data), schema, none, visit)
}

// archived returns a table of an edition as CSV, or nil if the edition lacks it.
func archived(archive edition.Archive, v edition.Version, name string) ([]byte, error) {
	data, err := archive.Read(v, "data/"+name+".csv")
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", edition.ErrDamaged, v, err)
	}
	return data, nil
}

// archivedName says where a table of an edition is, for an error.
func archivedName(v edition.Version, name string) string {
	return "edition " + v.String() + ": data/" + name + ".csv"
}

// eachRow calls visit with each row of a table; see eachArchived. path says where the table is, for an
// error.
func eachRow(path string, in io.Reader, schema schemas.Table, none string, visit func(row []string)) error {
	r := csv.NewReader(in)
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	at := make([]int, len(schema.Columns))
	for i, c := range schema.Columns {
		at[i] = slices.Index(header, c.Name)
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		row := make([]string, len(at))
		for i, j := range at {
			if row[i] = none; j >= 0 {
				row[i] = record[j]
			}
		}
		visit(row)
	}
}

// eachRelease calls visit with each row of a published table releases. The rows have only their
// texts.
func eachRelease(path string, visit func(row.Release)) error {
	schema, read := releaseRows(visit)
	return eachPublished(path, schema, read)
}

// eachArchivedRelease calls visit with each row of the table releases of an edition; see eachRelease.
func eachArchivedRelease(archive edition.Archive, v edition.Version, visit func(row.Release)) error {
	schema, read := releaseRows(visit)
	return eachArchived(archive, v, schema, "", read)
}

// releaseRows returns the schema of the table releases, and what calls visit with a row of it.
func releaseRows(visit func(row.Release)) (schema schemas.Table, read func(fields []string)) {
	schema = schemas.MustLoad(row.Release{}.Table())
	cells := make([]table.Cell, len(schema.Columns))
	return schema, func(fields []string) {
		for i, c := range schema.Columns {
			cells[i] = table.Text("")
			if c.Type == schemas.String {
				cells[i] = table.Text(fields[i])
			}
		}
		visit(row.Read[row.Release](cells))
	}
}

// keyOf joins the values of a row's key.
func keyOf(tbl *table.Table, value func(column int) string) string {
	var parts []string
	for _, k := range tbl.Schema.Key {
		parts = append(parts, value(tbl.Schema.Index(k)))
	}
	return strings.Join(parts, "/")
}

// compare adds the differences between the rows of a table and the published rows.
func (d *Difference) compare(tbl *table.Table, old map[string][]string) {
	name := tbl.Schema.Name
	var found []Change
	for row := range tbl.All() {
		key := keyOf(tbl, func(i int) string { return row[i].Field() })
		before, there := old[key]
		delete(old, key)
		if !there {
			d.Added[name]++
			found = append(found, Change{Table: name, Key: key, Kind: AddedRow})
			continue
		}
		for i, c := range row {
			if now := c.Field(); now != before[i] {
				d.Changed[name]++
				found = append(found, Change{Table: name, Key: key, Column: tbl.Schema.Columns[i].Name, Old: before[i], New: now, Kind: ChangedValue})
			}
		}
	}
	for key := range old {
		d.Removed[name]++
		found = append(found, Change{Table: name, Key: key, Kind: RemovedRow})
	}
	slices.SortStableFunc(found, func(a, b Change) int { return strings.Compare(a.Key, b.Key) })
	d.Changes = append(d.Changes, found...)
}

// shownChanges limits the changes of a table that are printed.
const shownChanges = 20

// Lines returns the difference for people: for each table the number of rows and values that
// change, and the first changes.
func (d Difference) Lines() []string {
	var out []string
	for _, name := range tables.TableNames {
		added, removed, changed := d.Added[name], d.Removed[name], d.Changed[name]
		if added+removed+changed == 0 {
			continue
		}
		out = append(out, fmt.Sprintf("%s: %d rows added, %d removed, %d values changed", name, added, removed, changed))
		shown := 0
		for _, c := range d.Changes {
			if c.Table != name {
				continue
			}
			if shown++; shown > shownChanges {
				out = append(out, fmt.Sprintf("  and %d more; --json lists all", added+removed+changed-shownChanges))
				break
			}
			if c.Kind == ChangedValue {
				out = append(out, fmt.Sprintf("  %s %s: %q to %q", c.Key, c.Column, c.Old, c.New))
			} else {
				out = append(out, fmt.Sprintf("  %s %s", c.Kind, c.Key))
			}
		}
	}
	if len(out) == 0 {
		out = append(out, "Publishing would change nothing.")
	}
	for _, x := range d.LeftOut {
		out = append(out, fmt.Sprintf("Left out: release %s of %s holds microdata. To see what it changes: ingest review", x.Release, x.Source))
	}
	return out
}
