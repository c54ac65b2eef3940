"""Observations as the starter files state them, and what is known of them as of the newest release.

The layout of the files is that of docs/own-figures.md: lines "# key: value" give columns that are
constant, and one line an observation follows.
"""

import collections
import csv
import dataclasses
import datetime
import hashlib
import pathlib

# Statuses, those that warn least first: a sum takes the strongest warning of its parts.
STATUSES = ["A", "P", "E", "B", "Q", "M", "O"]
DIMENSIONS = ["age", "category", "destination", "origin", "route", "sex"]


def worst(*statuses):
    """The status that warns most."""
    return max((s for s in statuses if s), key=STATUSES.index, default="")


def number(text):
    """A count, or None if it is missing."""
    return int(text) if text else None


def day(text):
    return datetime.date.fromisoformat(text)


@dataclasses.dataclass(frozen=True)
class Observation:
    """One value of one period in one release. The other columns of its row are in row."""

    series: str
    start: datetime.date
    end: datetime.date
    value: int | None
    lower: int | None
    upper: int | None
    status: str
    vintage: datetime.date
    precision: str
    row: dict

    def days(self):
        return (self.end - self.start).days + 1


def observation(row):
    """The observation of a row in the tidy layout."""
    return Observation(
        series=row["series"],
        start=day(row["period_start"]),
        end=day(row["period_end"]),
        value=number(row["value"]),
        lower=number(row.get("lower", "")),
        upper=number(row.get("upper", "")),
        status=row["obs_status"],
        vintage=day(row["vintage"]),
        precision=row["precision"],
        row=row,
    )


def read_tidy(path):
    """The observations of a file in the tidy layout, in the order of its lines."""
    constant, lines = {}, []
    with open(path, encoding="utf-8", newline="") as file:
        for line in file:
            if line.startswith("#"):
                key, colon, value = line[1:].partition(":")
                if colon:
                    constant[key.strip()] = value.strip()
            else:
                lines.append(line)
    return [observation({**constant, **row}) for row in csv.DictReader(lines)]


def releases(observations):
    """The observations by release, the oldest release first."""
    by_release = collections.defaultdict(list)
    for o in observations:
        by_release[o.vintage, o.row["first_seen"], o.row.get("release", "")].append(o)
    return [by_release[key] for key in sorted(by_release)]


def spans(release):
    """The first and last day that a release states of each series."""
    out = {}
    for o in release:
        first, last = out.get(o.series, (o.start, o.end))
        out[o.series] = min(first, o.start), max(last, o.end)
    return out


def newest(all_releases):
    """What is known after the newest release: of each period the newest statement. A value that a
    later release covers and no longer states is not known any more."""
    known = collections.defaultdict(dict)
    for release in all_releases:
        for series, (first, last) in spans(release).items():
            periods = known[series]
            for key in [k for k in periods if k[0] <= last and first <= k[1]]:
                del periods[key]
        for o in release:
            known[o.series][o.start, o.end] = o
    return {s: sorted(periods.values(), key=lambda o: o.start) for s, periods in known.items() if periods}


def starter(folder):
    """The observations of each starter file by its name, which is that of the source. A release is
    named after its day and the hash of its file."""
    out = {}
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        out[path.stem] = [dataclasses.replace(o, row={**o.row, "release": f"{o.vintage}-{digest}"}) for o in read_tidy(path)]
    return out
