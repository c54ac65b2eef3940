"""The publishers' own files of small boats and of landings in Italy, as observations."""

import csv
import datetime
import functools
import hashlib
import re
import xml.etree.ElementTree as xml
import zipfile

from raw import DIMENSIONS, observation

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MODIFIED = ".//{http://purl.org/dc/elements/1.1/}date"
MONTHS = "January February March April May June July August September October November December".split()
WIDEST = 10

# The columns of the sheets of small boats: the measure of each, its unit and its flow.
DAYS = [("arrivals", "persons", "arrival"), ("boats", "boats", "arrival"), ("uncontrolled-landings", "boats", "arrival")]
WEEKS = DAYS + [("prevented-persons", "persons", "prevention"), ("prevention-events", "events", "prevention")]
SHEETS = {"SB_01": ("D", DAYS), "SB_02": ("W", WEEKS)}


def cell_text(cell):
    """The value of a cell: the stored number or date, else its text."""
    kind = cell.get(OFFICE + "value-type")
    if kind == "date":
        return cell.get(OFFICE + "date-value")[:10]
    if kind in ("float", "currency", "percentage"):
        return cell.get(OFFICE + "value")
    return "\n".join("".join(p.itertext()) for p in cell.iter(TEXT + "p")).strip()


def ods_rows(path, wanted):
    """The rows of some sheets: sheet, number from 1, and the first cells. Empty rows are left out, and
    what repeats a cell or row to the edge of the sheet is not written out."""
    sheet, number = "", 0
    with zipfile.ZipFile(path) as book, book.open("content.xml") as file:
        for event, node in xml.iterparse(file, events=("start", "end")):
            if event == "start":
                if node.tag == TABLE + "table":
                    sheet, number = node.get(TABLE + "name"), 0
                continue
            if node.tag != TABLE + "table-row":
                continue
            cells = []
            for cell in node:
                if len(cells) < WIDEST:
                    times = int(cell.get(TABLE + "number-columns-repeated", "1"))
                    cells += [cell_text(cell)] * min(times, WIDEST - len(cells))
            number += 1
            if sheet in wanted and any(cells):
                yield sheet, number, cells
            number += int(node.get(TABLE + "number-rows-repeated", "1")) - 1
            node.clear()


def stamp(path):
    """The instant at which a workbook was saved."""
    with zipfile.ZipFile(path) as book:
        return xml.fromstring(book.read("meta.xml")).find(MODIFIED).text


def released(path):
    """The day of a release: in the name of the file, or that on which the workbook was saved."""
    if found := re.match(r"(\d\d)_([A-Z][a-z]+)_(\d{4})", path.name):
        return datetime.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    return datetime.date.fromisoformat(stamp(path)[:10])


@functools.cache
def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def release_id(vintage, path):
    """A release is named after its day and the hash of its file."""
    return f"{vintage}-{digest(path)}"


def small_boats(paths):
    """The releases of the weekly time series, the oldest first."""
    return [list(time_series(path)) for path in sorted(paths, key=released)]


def time_series(path):
    vintage, saved = released(path), stamp(path)
    same = {
        "source": "ukho-small-boats", "kind": "flow", "ref_area": "GBR", **{d: "_T" for d in DIMENSIONS}, "vintage": str(vintage),
        "first_seen": saved, "release": release_id(vintage, path),
    }
    for sheet, line, cells in ods_rows(path, SHEETS):
        frequency, measures = SHEETS[sheet]
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", cells[0]):
            continue  # a header
        end = datetime.date.fromisoformat(cells[0])
        start = end if frequency == "D" else end - datetime.timedelta(days=6)
        remark = cells[len(measures) + 1]
        for i, (measure, unit, flow) in enumerate(measures, 1):
            missing = cells[i] == "-"
            yield observation({
                **same, "series": f"ukho-small-boats:{measure}:{frequency}", "flow": flow, "measure": measure, "unit": unit,
                "period_start": str(start), "period_end": str(end), "precision": "day" if frequency == "D" else "week",
                "value": "" if missing else str(int(cells[i])), "obs_status": "O" if missing else "P",
                "revised": "true" if remark == "Revised" else "false", "publisher_mark": "-" if missing else remark,
                "locator": f"{sheet}!{chr(ord('A') + i)}{line}",
            })


def italy(path):
    """The reports of the daily landings, each a release. A report lists the days that were still to
    come as 0: they are no figures."""
    by_report = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            report, day, value = row["Data_Report"], row["Data"], row["Valore"]
            if not exists(day) or day > report or not re.fullmatch(r"\d*", value):
                continue
            by_report.setdefault(report, []).append(observation({
                "source": "it-interior-landings", "series": "it-interior-landings:arrivals:D", "flow": "arrival", "measure": "arrivals",
                "unit": "persons", "kind": "flow", "ref_area": "ITA", **{d: "_T" for d in DIMENSIONS}, "period_start": day, "period_end": day,
                "precision": "day", "value": value, "obs_status": "P" if value else "O", "revised": "false", "publisher_mark": "",
                "vintage": report, "first_seen": f"{report}T00:00:00Z", "release": release_id(report, path), "locator": f"B{line}",
            }))
    return [by_report[r] for r in sorted(by_report)]


def exists(day):
    try:
        return bool(datetime.date.fromisoformat(day))
    except ValueError:
        return False


EXCHANGE = {"exchange-out": ("removal", "events"), "exchange-in": ("arrival", "persons")}
PERSONS = {"asylum-claims", "awaiting-initial-decision", "in-receipt-of-support", "in-hotels"}


def typed(path, source, of):
    """The one release of a table of figures that was typed: of gives the columns that follow from a row."""
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if line and not line.startswith("#"))
    reader = csv.DictReader(lines[first:])
    column = chr(ord("A") + reader.fieldnames.index("value"))
    release = []
    for line, row in enumerate(reader, first + 2):
        row["measure"] = row["measure"].replace("_", "-")
        release.append(observation({
            "source": source, "ref_area": "GBR", **{d: "_T" for d in DIMENSIONS}, **row, **of(row), "revised": "false", "publisher_mark": "",
            "vintage": row["published"], "first_seen": f"{row['published']}T00:00:00Z", "release": release_id(row["published"], path),
            "locator": f"{column}{line}",
        }))
    return [release]


def exchange(path):
    def of(row):
        flow, unit = EXCHANGE[row["measure"]]
        return {"series": f"ukho-france-exchange:{row['measure']}:M", "flow": flow, "unit": unit, "kind": "flow", "obs_status": "P"}

    return typed(path, "ukho-france-exchange", of)


def asylum(path):
    def of(row):
        unit = "persons" if row["measure"] in PERSONS else "decisions"
        return {"series": f"ukho-asylum:{row['measure']}:Q", "flow": "asylum", "unit": unit, "obs_status": "A"}

    return typed(path, "ukho-asylum", of)
