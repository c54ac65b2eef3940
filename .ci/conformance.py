"""Read the lake and the published files with other people's tools.

usage: conformance.py BIN SHARED_DATA

Every reader opens the files with no help from this project and must come to the
same totals, which are those of the publisher's own file. The site is made of all real
files, as a reader's defaults may hold for a small table and not for a large one.
"""

import csv
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars
import pyarrow.dataset
import pyarrow.parquet

import conformance_check
import conformance_spark
from conformance_check import check
from conformance_defaults import defaults
from conformance_explore import explore
from conformance_metadata import metadata, package_rows
from conformance_questions import questions
from conformance_sdmx import sdmx_tables

YEARS = {2018: 299, 2019: 1843, 2020: 8462, 2021: 28526, 2022: 45755, 2023: 29437, 2024: 36816, 2025: 41472}
SERIES = "ukho-small-boats:arrivals:D"
NEWEST = datetime.date(2026, 6, 26)

# The publishers' files that make the site, by source. The others in these folders are
# samples, copies without a release date and files that their source refuses.
SOURCES = {
    "frontex-detections": "*.csv",
    "iom-missing-migrants": "*_20[0-9][0-9]*",
    "it-interior-landings": "sbarchi-per-giorno.csv",
    "ukho-asylum": "*.csv",
    "ukho-france-exchange": "*.csv",
    "ukho-illegal-entry": "*",
    "ukho-returns": "*",
    "ukho-small-boats": "*.ods",
    "ukho-small-boats-day": "*.html",
    "ukho-small-boats-last7days": "*.html",
    "ukho-small-boats-weekly": "*.html",
}
# Fewer rows than this in observations are not the full size: readers look at the
# first 20,480 rows at most.
FULL = 100_000


def lake(folder):
    """The year totals of the newest vintage, and the rows of all vintages, by each reader."""
    everything = str(folder / "**" / "*.parquet")
    rows = duckdb.sql(f"""
        select year(period_start), sum(value) from read_parquet('{everything}')
        where series = '{SERIES}' and vintage = '{NEWEST}' and year(period_start) < 2026 group by all""").fetchall()
    check("DuckDB", {y: int(n) for y, n in rows}, YEARS)
    total = duckdb.sql(f"select count(*) from read_parquet('{everything}')").fetchall()[0][0]

    conformance_spark.lake(check, folder, SERIES, NEWEST, YEARS, total)
    for name, frame in {
        "Polars, folder": polars.scan_parquet(folder, hive_partitioning=True),
        "Polars, files": polars.scan_parquet(everything),
    }.items():
        frame = frame.collect()
        picked = frame.filter((polars.col("series") == SERIES) & (polars.col("vintage") == NEWEST))
        sums = picked.group_by(polars.col("period_start").dt.year().alias("y")).agg(polars.col("value").sum())
        check(name, {y: n for y, n in sums.iter_rows() if y < 2026}, YEARS)
        check(name + ", rows", frame.height, total)

    for name, frame in {
        "pandas": pandas.read_parquet(folder),
        "pyarrow, folder": pyarrow.parquet.read_table(folder).to_pandas(),
        "pyarrow, dataset": pyarrow.dataset.dataset(folder, format="parquet", partitioning="hive").to_table().to_pandas(),
    }.items():
        picked = frame[(frame["series"] == SERIES) & (frame["vintage"] == NEWEST)]
        sums = picked.groupby(picked["period_start"].map(lambda d: d.year))["value"].sum()
        check(name, {int(y): int(n) for y, n in sums.items() if y < 2026}, YEARS)
        check(name + ", rows", len(frame), total)
        check(name + ", source", {str(s) for s in set(frame["source"])}, set(SOURCES))
        landings = frame[(frame["series"] == "ukho-small-boats:uncontrolled-landings:D") & (frame["vintage"] == NEWEST)]
        check(name + ", missing is not zero", int(landings["value"].isna().sum()), 1826)


def events(folder):
    """The incidents of one release and the dead among them, by each reader."""
    everything = str(folder / "**" / "*.parquet")
    want = (17474, 40449)  # as in the publisher's workbook, balancing entries included
    check("events, DuckDB", duckdb.sql(f"select count(*), sum(dead)::int from read_parquet('{everything}', hive_partitioning = true)").fetchall()[0], want)
    frame = polars.scan_parquet(folder, hive_partitioning=True).collect()
    check("events, Polars", (frame.height, frame["dead"].sum()), want)
    for name, frame in {
        "pandas": pandas.read_parquet(folder),
        "pyarrow, dataset": pyarrow.dataset.dataset(folder, format="parquet", partitioning="hive").to_table().to_pandas(),
    }.items():
        check("events, " + name, (len(frame), int(frame["dead"].sum())), want)
        check("events, years, " + name, sorted({int(y) for y in frame["year"]}), list(range(2014, 2025)))
        check("events, range, " + name, bool((frame["lower"].fillna(0) <= frame["upper"].fillna(frame["lower"]).fillna(0)).all()), True)


def incidents(folder):
    """The published incidents, by each reader: those of the starter data on its ten routes, those of the list of November 2024 elsewhere, and each place is one on Earth."""
    query = "select count(*), sum(dead)::int, bool_and(abs(latitude) <= 90 and abs(longitude) <= 180), count(distinct incident) from "
    # Added up from the two files: 17,474 incidents less 3,812 on the ten routes and one that had no route then, and 3,683.
    want = (17344, 41404, True, 17344)
    check("incidents, DuckDB, Parquet", duckdb.sql(query + f"read_parquet('{folder / 'incidents.parquet'}')").fetchall()[0], want)
    check("incidents, DuckDB, CSV", duckdb.sql(query + f"read_csv('{folder / 'incidents.csv'}')").fetchall()[0], want)
    frame = polars.read_csv(folder / "incidents.csv", try_parse_dates=True)
    check("incidents, Polars", (frame.height, frame["dead"].sum(), frame["date_start"].min().isoformat()[:4]), (17344, 41404, "2014"))


def tables(folder):
    """Each published table: CSV, Parquet and metadata say the same."""
    names = sorted(f.stem for f in folder.glob("*.csv"))
    check("tables", len(names) > 10, True)
    for name in names:
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        check(name + ", name", about["name"], name)
        columns = [c["name"] for c in about["columns"]]
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as f:
            header, *rows = csv.reader(f)
        table = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        check(name + ", header", header, columns)
        check(name + ", Parquet columns", table.column_names, columns)
        check(name + ", rows", [len(rows), table.num_rows], [about["rows"]] * 2)
        keys = [tuple(r[columns.index(k)] for k in about["key"]) for r in rows]
        check(name + ", key identifies a row", len(set(keys)), len(rows))
        for i, column in enumerate(columns):
            values = table.column(column).to_pylist()
            fractions = any(isinstance(v, float) for v in values)
            check(f"{name}.{column}", [text(v) for v in values], [plain(r[i], fractions) for r in rows])
        check(name + ", DuckDB", duckdb.sql(f"select count(*) from read_csv('{folder / name}.csv', all_varchar = true)").fetchall()[0][0], len(rows))
        check(name + ", Polars", polars.read_csv(folder / f"{name}.csv", infer_schema=False).height, len(rows))


def text(value):
    """A Parquet value as it stands in the CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, float):
        return repr(value)
    return str(value)


def plain(cell, fractions):
    """A CSV cell, numbers with a fraction in Python's own form."""
    return repr(float(cell)) if cell and fractions else cell


def examples(site):
    """The examples for analysts, run as they stand in the folder of the site."""
    page = pathlib.Path("docs/for-analysts.md").read_text(encoding="utf-8").split("## Five questions", 1)[0]
    blocks = [b for b in re.findall(r"```(\w+)\n(.*?)```", page, flags=re.S) if b[0] != "text"]
    check("examples", [language for language, _ in blocks], ["sql", "sql", "python", "python", "python", "r", "sql"])
    for language, text in blocks:
        program = {"sql": [sys.executable, "-c", "import duckdb, sys; print(duckdb.sql(sys.argv[1]))", text], "python": [sys.executable, "-W", "error", "-c", text], "r": ["Rscript", "-e", text]}[language]
        said = subprocess.run(program, cwd=site, capture_output=True, text=True)
        check(f"example in {language}, status", (said.returncode, said.stderr), (0, ""))
        said_of = "shape:" if "polars" in text else "12658" if "breakdowns" in text else "source_quality" if "incidents" in text else "11638"
        check(f"example in {language}", said_of in said.stdout, True)


def released(path):
    """What orders a source's files by date: the day in the name, else the name."""
    months = "January February March April May June July August September October November December".split()
    if m := re.search(r"(\d\d)_([A-Z][a-z]+)_(20\d\d)", path.name):
        return f"{m[3]}-{months.index(m[2]) + 1:02}-{m[1]}"
    if m := re.search(r"pub(\d{4})(\d\d)(\d\d)", path.name):
        return "-".join(m.groups())
    m = re.search(r"20\d\d(-\d\d-\d\d)?|year-ending", path.name)
    return m[0] if m else path.name


def add(programs, shared, data):
    """Ingest every real file, source by source, in the order of their dates."""
    for source, pattern in SOURCES.items():
        files = sorted((shared / source).glob(pattern), key=released)
        if not files:
            sys.exit(f"{shared / source}: no file like {pattern}\nhint: the real files are needed; the second argument names their folder")
        said = subprocess.run([programs / "ingest", "add", "--quiet", "--gate", "off", "--data", data, source, *files], capture_output=True, text=True)
        # A page that states no figures is refused with status 1, and the others are taken.
        check(f"{source}, status of ingest: {said.stderr}", said.returncode in (0, 1), True)


def full(programs, shared):
    """The lake and the site of all real files, by every reader."""
    with tempfile.TemporaryDirectory() as data:
        add(programs, shared, data)
        subprocess.run([programs / "publish", "run", "--quiet", "--data", data], check=True)
        site = pathlib.Path(data) / "out" / "site"
        rows = json.loads((site / "data" / "observations.json").read_text(encoding="utf-8"))["rows"]
        check(f"observations: {rows} rows, full size", rows >= FULL, True)
        lake(pathlib.Path(data) / "out" / "lake" / "observations")
        tables(site / "data")
        defaults(check, site)
        package_rows(check, site / "data")
        sdmx_tables(check, site / "data")


def main():
    """Ingest the real releases, publish, and read all of it."""
    programs, shared = map(pathlib.Path, sys.argv[1:])
    full(programs, shared)
    with tempfile.TemporaryDirectory() as data:
        workbook = next((shared / "iom-missing-migrants").glob("*2024*.xlsx"))
        subprocess.run([programs / "ingest", "add", "--quiet", "--data", data, "iom-missing-migrants", workbook], check=True)
        events(pathlib.Path(data) / "out" / "lake" / "events")
        starters = sorted(pathlib.Path("data/raw/starter").rglob("*.csv"))
        check("starter files", len(starters) > 5, True)
        for figures in starters:
            subprocess.run([programs / "ingest", "add", "--quiet", "--data", data, figures.stem, figures], check=True)
        subprocess.run([programs / "publish", "run", "--quiet", "--data", data], check=True)
        tables(pathlib.Path(data) / "out" / "site" / "data")
        incidents(pathlib.Path(data) / "out" / "site" / "data")
        metadata(check, pathlib.Path(data) / "out" / "site")
        sdmx_tables(check, pathlib.Path(data) / "out" / "site" / "data")
        said = subprocess.run([os.environ["CITATION"], ".ci/conformance_citation.py", pathlib.Path(data) / "out" / "site" / "data"], capture_output=True, text=True)
        check(f"citations: {said.stderr}", said.returncode, 0)
        examples(pathlib.Path(data) / "out" / "site")
        questions(check, pathlib.Path(data) / "out" / "site")
        explore(check, pathlib.Path(data) / "out" / "site")
    print(f"conformance: {conformance_check.done} passed, 0 failed")


main()
