"""Compare what the Beam module writes with what the local run writes, and read both.

usage: conformance_beam.py BIN GEN

GEN is the generator of the benchmark. Same raw file, cut into many shards for
Beam: the folders must be equal byte for byte, and DuckDB and Spark must find in
them what the rejects leave of the raw file.
"""

import csv
import filecmp
import pathlib
import subprocess
import sys
import tempfile

import duckdb

import conformance_check
import conformance_spark
from conformance_check import check

RECORDS = 100_000


def files(folder):
    """All files of a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def same(ours, theirs):
    """Two folders are equal byte for byte."""
    check(f"{ours.name}, files", files(theirs), files(ours))
    check(f"{ours.name}, files that differ", filecmp.cmpfiles(ours, theirs, files(ours), shallow=False)[1:], ([], []))


def rejects(local, folder):
    """The refused rows: those of all shards in turn are those of the local run."""
    with open(local, newline="", encoding="utf-8") as f:
        want = [(r["rec"], r["reason"]) for r in csv.DictReader(f)]
    got = []
    for path in sorted(folder.glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as f:
            got += [(r["record"], r["reason"]) for r in csv.DictReader(f)]
    check("rejects", got, want)
    return {int(record) for record, _ in want}


def persons(raw, refused):
    """The sum of persons in the records that were not refused, by Python's own reader."""
    with open(raw, newline="", encoding="utf-8") as f:
        return sum(int(r["persons"]) for n, r in enumerate(csv.DictReader(f), 1) if n not in refused)


def main():
    """Make the data, run both, compare, read."""
    programs, gen = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        data, local, beam = (pathlib.Path(folder) / n for n in ("data", "local", "beam"))
        local.mkdir()
        subprocess.run([gen, "-n", str(RECORDS), "-o", data], check=True, capture_output=True)
        for job in ("j1", "j2"):
            subprocess.run([programs / "records", job, data, local], check=True)
        layout = pathlib.Path(folder) / "layout.json"
        subprocess.run([programs / "records", "layout", data, layout], check=True)
        said = subprocess.run([programs / "beam", "--runner=prism", "--shard=1000000", layout, data / "raw.csv", beam], check=True, capture_output=True, text=True).stdout
        same(local / "norm", beam / "norm")
        same(local / "cube", beam / "cube")
        refused = rejects(local / "rejects.csv", beam / "rejects")
        check("beam", said, f"{RECORDS} records, {RECORDS - len(refused)} rows in 120 months, {len(refused)} refused\n")
        want = (RECORDS - len(refused), persons(data / "raw.csv", refused))
        check("records, DuckDB", duckdb.sql(f"select count(*), sum(persons)::bigint from read_parquet('{beam}/norm/**/*.parquet', hive_partitioning = true)").fetchall()[0], want)
        check("cube, DuckDB", duckdb.sql(f"select sum(n)::bigint, sum(persons)::bigint from read_parquet('{beam}/cube/**/*.parquet', hive_partitioning = true)").fetchall()[0], want)
        conformance_spark.records(check, beam / "norm", beam / "cube", want)
    print(f"conformance of the Beam module: {conformance_check.done} passed, 0 failed")


main()
