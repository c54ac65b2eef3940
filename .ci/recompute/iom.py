"""The publisher's own list of incidents of missing migrants: the sums by month and year, and the incidents."""

import collections
import csv
import datetime
import itertools
import pathlib
import statistics

import places
from publishers import MONTHS, release_id
from raw import DIMENSIONS, observation
from series import month_end, months_on, year_of

SOURCE = "iom-missing-migrants"
FIRST_DAY = datetime.date(2014, 1, 1)
MEASURES = {"dead": "Number of Dead", "missing": "Minimum Estimated Number of Missing", "dead-and-missing": "Total Number of Dead and Missing"}
# The routes whose sums are also made by setting, if at most so few incidents have no place.
BY_SETTING, SETTINGS, PLACELESS = {"english-channel", "central-mediterranean"}, ("at-sea", "elsewhere"), 0.05
# A place is swapped if it is far from the middle of its country and near it the other way round.
FAR, NEAR, TIMES, ENOUGH, MOST = 10, 8, 3, 20, 0.4


def labels(name):
    """The codes of the publisher's labels, or of everybody's."""
    with open(pathlib.Path("schemas/labels") / f"{name}.csv", encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["publisher"] in ("", "iom")]
    return {r["label"].casefold(): r["code"] for r in sorted(rows, key=lambda r: r["publisher"])}


def code(known, label):
    """The code of a label. One that names several has the code of each."""
    found = known.get(label.casefold())
    return found if found is not None else "_and_".join(sorted({known[part.strip().casefold()] for part in label.split(",")}))


class Excluded(Exception):
    """The row is in no figure."""


class List:
    """One release of the list."""

    def __init__(self, path, vintage=None):
        self.path, self.seas = path, places.waters()
        self.sheet, self.about, self.first_line, self.header, self.lines, self.seen_at = (workbook if path.suffix == ".xlsx" else table)(path)
        self.vintage = vintage or datetime.date.fromisoformat(self.about["vintage"])
        self.seen_at = self.seen_at or self.about["first_seen"]
        self.release = release_id(self.vintage, path)
        self.routes, self.causes, self.kinds, self.areas = map(labels, ["route", "cause-of-death", "incident-type", "area"])
        self.incidents, self.lost, seen = [], [], set()
        for line, cells in enumerate(self.lines, self.first_line):
            row = dict(zip(self.header, cells))
            if not any(c is not None for c in cells) or cells in seen:
                continue
            seen.add(cells)
            try:
                self.incidents.append({"line": line, **self.incident(row)})
            except Excluded:
                self.lost.append(row)
        self.place()
        for x in self.incidents:
            x["place_check"] = places.check(self.seas, x["route"], x["place"])
            x["setting"] = places.setting(self.seas, x["route"], x["cause"], x["place"])

    def incident(self, row):
        counts = {m: count(row[MEASURES[m]], m != "dead") for m in MEASURES}
        counts = resolved(counts["dead"], counts["missing"], counts["dead-and-missing"])
        kind, route = code(self.kinds, text(row["Incident Type"])), self.route(row)
        start, end, precision = self.period(row)
        if kind == "cumulative" and precision == "day":
            start, end, precision = start.replace(day=1), month_end(start), "month"
        return {
            "incident": text(row["Incident ID"]), "part_of": text(row["Main ID"]), "incident_type": kind, "date_start": start, "date_end": end,
            "precision": precision, "route": route, **counts, "survivors": spare(row["Number of Survivors"]), "females": spare(row["Number of Females"]),
            "males": spare(row["Number of Males"]), "children": spare(row["Number of Children"]), "cause": code(self.causes, text(row["Cause of Death"])),
            "country": code(self.areas, text(row["Country of Incident"])) if text(row["Country of Incident"]) else "",
            "region": text(row["Region of Incident"]), "source_quality": quality(row["Source Quality"]), "place": degrees(text(row["Coordinates"])),
        }

    def route(self, row):
        return code(self.routes, text(row["Migration Route"]))

    def period(self, row):
        """A day, or what is certain of it. If the day contradicts the month, only the year is certain."""
        year, month = int(row["Incident Year"]), text(row["Month"])
        month = MONTHS.index(month) + 1 if month in MONTHS else None
        value = row["Incident Date"]
        if text(value):
            day = value.date() if isinstance(value, datetime.datetime) else datetime.date.fromisoformat(text(value)[:10])
            if day.year != year or not FIRST_DAY <= day <= self.vintage:
                raise Excluded
            return (day, day, "day") if month in (None, day.month) else (*year_of(year), "year")
        if month:
            first = datetime.date(year, month, 1)
            return first, month_end(first), "month"
        return *year_of(year), "year"

    def place(self):
        """Takes away the places whose latitude and longitude are swapped."""
        by_country = collections.defaultdict(list)
        for x in self.incidents:
            if x["place"] and x["country"]:
                by_country[x["country"]].append(x)
        for group in by_country.values():
            lat, lon = (statistics.median_high(x["place"][i] for x in group) for i in (0, 1))
            odd = []
            for x in group:
                away = max(abs(x["place"][0] - lat), abs(x["place"][1] - lon))
                otherwise = max(abs(x["place"][1] - lat), abs(x["place"][0] - lon))
                if away > FAR and otherwise <= NEAR and away >= TIMES * otherwise:
                    odd.append(x)
            if len(group) >= ENOUGH and len(odd) <= MOST * len(group):
                for x in odd:
                    x["place"] = None

    def spans(self):
        """The months and years that are complete: over before the last incident."""
        dated = [x["date_start"] for x in self.incidents if x["precision"] != "year"]
        last, month, months = min(max(dated), self.vintage), min(dated).replace(day=1), []
        while month_end(month) < last:
            months.append((month, month_end(month)))
            month = months_on(month, 1)
        years = [year_of(y) for y in range(months[0][0].year, last.year + 1)]
        return {"M": months, "A": [y for y in years if y[1] < last and y[0] >= months[0][0]]}

    def observations(self):
        """The sums of each route that occurs, of those with a rate by setting, and of all together. An
        incident of an unknown setting may belong to either."""
        cells, lacking = collections.defaultdict(list), collections.Counter()
        for x in self.incidents:
            for p in holding(x["date_start"], x["date_end"]):
                for route in (x["route"], "_T"):
                    cells[route, "_T", p].append(x)
                cells[x["route"], x["setting"], p].append(x)
                lacking.update({(x["route"], s, p): 1 for s in SETTINGS if x["setting"] == "_U"})
        for row in self.lost:
            for p in self.around(row):
                lacking.update({(r, s, p): 1 for r in (self.route(row), "_T") for s in ("_T", *SETTINGS)})
        routes = {x["route"] for x in self.incidents} | (set() if self.about.get("routes") == "some" else {"_T"})
        placed = sum(x["place"] is not None for x in self.incidents) >= (1 - PLACELESS) * len(self.incidents)
        for route in sorted(routes):
            settings = ("_T", *SETTINGS) if route in BY_SETTING and placed else ("_T",)
            for (frequency, spans), setting in itertools.product(self.spans().items(), settings):
                for p in spans:
                    for measure in MEASURES:
                        yield self.sum(measure, frequency, route, setting, p, cells[route, setting, p], lacking[route, setting, p])

    def around(self, row):
        """The months and years that an excluded row may belong to."""
        year, month = int(row["Incident Year"]), text(row["Month"])
        out = {year_of(year)}
        if month in MONTHS:
            first = datetime.date(year, MONTHS.index(month) + 1, 1)
            out.add((first, month_end(first)))
        day = text(row["Incident Date"])[:10]
        return out | set(holding(*[datetime.date.fromisoformat(day)] * 2)) if day else out

    def sum(self, measure, frequency, route, setting, period, rows, lacks):
        values = [x[measure] for x in rows]
        stated = [v for v in values if v is not None]
        found = [x["dead"] for x in rows if x["dead"] is not None]
        value = None if rows and not stated else sum(stated)
        partly = len(stated) < len(rows) or measure == "dead-and-missing" and any(x["partly"] for x in rows)
        lower = upper = ""
        if measure == "dead-and-missing" and value is not None and (found or not rows):
            lower, upper = sorted([sum(found), value])
        column = chr(ord("A") + self.header.index(MEASURES[measure]))
        where = f"{column}{rows[0]['line']}" if rows else f"{column}{self.first_line}:{column}{self.first_line + len(self.lines) - 1}"
        where = f"{self.sheet}!{where}" if self.sheet else where
        if len(rows) > 1:
            where += f"+{len(rows) - 1} more"
        if lacks:
            where += f"; {lacks} row{'s' if lacks > 1 else ''} in quarantine"
        dimension = "" if setting == "_T" else f":category={setting}"
        dimension += "" if route == "_T" else f":route={route}"
        return observation({
            "source": SOURCE, "series": f"{SOURCE}:{measure}:{frequency}{dimension}", "flow": "fatality", "measure": measure, "unit": "persons",
            "kind": "flow", "ref_area": "_T", **{d: "_T" for d in DIMENSIONS}, "route": route, "category": setting, "period_start": str(period[0]),
            "period_end": str(period[1]), "precision": "month" if frequency == "M" else "year", "value": "" if value is None else str(value),
            "lower": str(lower), "upper": str(upper), "obs_status": "O" if value is None else "E" if partly or lacks else "P", "revised": "false",
            "publisher_mark": "", "vintage": str(self.vintage), "first_seen": self.seen_at, "release": self.release, "locator": where,
        })

    def rows(self):
        """The rows of table incidents."""
        for x in self.incidents:
            x["dead_and_missing"] = None if x["partly"] else x["dead-and-missing"]
        same = places.duplicates(self.incidents)
        for x in self.incidents:
            columns = {k: v for k, v in x.items() if k not in ("line", "place", "partly", "dead-and-missing")}
            lat, lon = x["place"] or (None, None)
            yield {**columns, "latitude": lat, "longitude": lon, "release": self.release, "source": SOURCE,
                   "possible_duplicate_of": same.get(x["incident"], "")}


def workbook(path):
    """The sheet of a workbook, what it says of itself, its first line, header, rows, and when it was saved."""
    import openpyxl  # not in the standard library

    book = openpyxl.load_workbook(path, read_only=True)
    header, *lines = book[book.sheetnames[0]].iter_rows(values_only=True)
    saved = book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    return book.sheetnames[0], {}, 2, [" ".join(str(h).split()) for h in header], lines, saved


def table(path):
    """The same of a CSV, which has lines that say something of it above the header."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    said = [line for line in lines if line.startswith("#")]
    about = {k.strip(): v.strip() for k, _, v in (line[1:].partition(":") for line in said)}
    header, *rows = csv.reader(lines[len(said):])
    return "", about, len(said) + 2, header, [tuple(r) for r in rows], None


def text(value):
    return "" if value is None else " ".join(str(value).split())


def count(value, below_zero):
    """A number of people, or None if it is not stated."""
    if value is None or text(value) == "":
        return None
    try:
        n = float(text(value).replace(",", ""))
    except ValueError:
        return None
    if n != int(n) or n < 0 and not below_zero:
        raise Excluded
    return int(n)


def spare(value):
    """A number that is in no sum: a fault in it loses only the number."""
    try:
        return count(value, False)
    except Excluded:
        return None


def quality(value):
    n = spare(value)
    return n if n is not None and 1 <= n <= 5 else None


def resolved(dead, missing, total):
    """What is blank follows from the total. Numbers that contradict it are in no figure."""
    if total is not None:
        if dead is None and missing is None:
            dead = missing = 0 if total == 0 else None
        elif missing is None:
            missing = total - dead
        elif dead is None:
            dead = total - missing
        if None not in (dead, missing) and (dead + missing != total or dead < 0):
            raise Excluded
    partly = total is None and None in (dead, missing)
    if total is None:
        total = dead if missing is None else missing if dead is None else dead + missing
    return {"dead": dead, "missing": missing, "dead-and-missing": total, "partly": partly}


def degrees(value):
    """Latitude and longitude, if they can be on Earth."""
    try:
        lat, lon = map(float, value.split(","))
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def holding(start, end):
    """The month and the year that hold all days of a date."""
    out = [(start.replace(day=1), month_end(start)), year_of(start.year)]
    return [p for p in out if end <= p[1]]
