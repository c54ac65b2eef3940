"""Read the lake and the published files with other people's tools.

usage: conformance.py BIN SHARED_DATA

Every reader opens the files with no help from this project and must come to the
same totals, which are those of the publisher's own file.
"""

import csv
import datetime
import json
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

import conformance_spark
from conformance_metadata import metadata

YEARS = {2018: 299, 2019: 1843, 2020: 8462, 2021: 28526, 2022: 45755, 2023: 29437, 2024: 36816, 2025: 41472}
SERIES = "ukho-small-boats:arrivals:D"
NEWEST = datetime.date(2026, 6, 26)

done = 0


def check(what, got, want):
    """Count a comparison and stop at the first that fails."""
    global done
    if got != want:
        sys.exit(f"{what}:\n got {got}\nwant {want}")
    done += 1


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
        check(name + ", source", set(frame["source"]), {"ukho-small-boats"})
        landings = frame[(frame["series"] == "ukho-small-boats:uncontrolled-landings:D") & (frame["vintage"] == NEWEST)]
        check(name + ", missing is not zero", int(landings["value"].isna().sum()), 1826)


def events(folder):
    """The incidents of one release and the dead among them, by each reader."""
    everything = str(folder / "**" / "*.parquet")
    want = (17432, 40449 - 282)  # the dead of the 42 rows in quarantine
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
    blocks = re.findall(r"```(\w+)\n(.*?)```", pathlib.Path("docs/for-analysts.md").read_text(encoding="utf-8"), flags=re.S)
    check("examples", [language for language, _ in blocks], ["sql", "python", "python", "r"])
    for language, text in blocks:
        program = {"sql": [sys.executable, "-c", "import duckdb, sys; print(duckdb.sql(sys.argv[1]))", text], "python": [sys.executable, "-c", text], "r": ["Rscript", "-e", text]}[language]
        said = subprocess.run(program, cwd=site, capture_output=True, text=True)
        check(f"example in {language}, status", (said.returncode, said.stderr), (0, ""))
        check(f"example in {language}", ("shape:" if "polars" in text else "11638") in said.stdout, True)


def main():
    """Ingest the real releases, publish, and read all of it."""
    programs, shared = map(pathlib.Path, sys.argv[1:])
    releases = sorted((shared / "ukho-small-boats").glob("*.ods"))
    check("releases", len(releases), 27)
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([programs / "ingest", "add", "--quiet", "--data", data, "ukho-small-boats", *releases], check=True)
        subprocess.run([programs / "publish", "run", "--quiet", "--data", data], check=True)
        lake(pathlib.Path(data) / "out" / "lake" / "observations")
        tables(pathlib.Path(data) / "out" / "site" / "data")
    with tempfile.TemporaryDirectory() as data:
        workbook = next((shared / "iom-missing-migrants").glob("*2024*.xlsx"))
        subprocess.run([programs / "ingest", "add", "--quiet", "--data", data, "iom-missing-migrants", workbook], check=True)
        events(pathlib.Path(data) / "out" / "lake" / "events")
        starters = sorted(pathlib.Path("data/raw/starter").glob("*.csv"))
        check("starter files", len(starters) > 5, True)
        for figures in starters:
            subprocess.run([programs / "ingest", "add", "--quiet", "--data", data, figures.stem, figures], check=True)
        subprocess.run([programs / "publish", "run", "--quiet", "--data", data], check=True)
        tables(pathlib.Path(data) / "out" / "site" / "data")
        metadata(check, pathlib.Path(data) / "out" / "site")
        examples(pathlib.Path(data) / "out" / "site")
    print(f"conformance: {done} passed, 0 failed")


main()
