"""Sets our own rows beside the published ones, value by value, and prints what differs."""

import collections
import csv
import datetime
import pathlib

SHOWN = 8
KEYS = {
    "observations": "series period_start period_end",
    "year-to-date": "series year",
    "year-on-year": "series basis period_start",
    "daily": "series date",
    "records": "series scope rank period_start",
    "breakdowns": "series dimension code basis period_start",
    "rates": "rate period_start period_end basis",
    "policy-periods": "policy series basis",
    "balances": "balance basis period_end",
    "incidents": "incident",
    "revisions": "series period_start period_end new_vintage first_seen",
    "revision-triangle": "series period_start period_end release",
    "revision-summary": "series",
    "revision-lags": "series scope lag",
    "context": "series context period_start",
    "labels": "source list label",
    "taken-back": "source release",
    "quality": "source concept item",
    "sources": "source",
    "residuals": "series period_start period_end",
    "bridges": "series period_start period_end",
    "releases": "source release",
}
# Four decimals are published.
TOLERANCE = 0.5e-4


def text(value):
    """A value as it is published."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def equal(ours, published):
    """Whether a published value is our own. A number that is no whole one is rounded there."""
    if isinstance(ours, float) and published:
        return abs(float(published) - ours) <= TOLERANCE + 1e-9 * abs(ours)
    return text(ours) == published


class Site:
    """The published tables of one site, and the outcome of the comparison."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.differences = 0
        self.values = 0
        self.checked = []
        self.ours = {}  # by table and key

    def tables(self):
        return sorted(p.stem for p in self.folder.glob("*.csv"))

    def rows(self, table):
        with open(self.folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def compare(self, table, ours, of=None):
        """Compares a table, or its rows that of lets through, with our own rows. Every row must be in
        both. Columns that our rows lack are named."""
        found, values, columns = [], 0, collections.Counter()
        key = KEYS[table].split()
        published = {}
        for r in self.rows(table):
            if of is None or of(r):
                name = tuple(r[k] for k in key)
                if name in published:
                    found.append(f"{' '.join(name)}: published twice")
                published[name] = r
        for row in ours:
            name = tuple(text(row[k]) for k in key)
            self.ours[table, *name] = row
            theirs = published.pop(name, None)
            if theirs is None:
                found.append(f"{' '.join(name)}: not published")
                continue
            for column, value in row.items():
                columns[column] += 1
                values += 1
                shown = theirs.get(column)
                if column == "low base":
                    shown = text("low base" in theirs["note"].split("; "))
                if not equal(value, shown):
                    found.append(f"{' '.join(name)}: {column} is {shown!r}, we have {text(value)!r}")
        found += [f"{' '.join(name)}: published, and not found by us" for name in published]
        self.report(table, values, found, columns)

    def report(self, table, values, found, columns):
        with open(self.folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            left = [c for c in next(csv.reader(file)) if c not in columns] if values else []
        print(f"{table:18} {values:9,} values, {len(found):,} differences" + (f"; without {', '.join(left)}" if left else ""))
        for line in found[:SHOWN]:
            print(f"    {line}")
        if len(found) > SHOWN:
            print(f"    and {len(found) - SHOWN:,} more")
        self.values += values
        self.differences += len(found)
        self.checked.append(table)
