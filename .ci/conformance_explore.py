"""The page "Explore": its download against the programs that it shows for the same rows.

Every wide file of a site is a selection, with and without a comparison. DuckDB, pandas
and Polars run all programs; R, which starts slowly, runs one of each kind.
"""

import contextlib
import csv
import io
import json
import os
import subprocess
import tempfile

import duckdb
import pandas

PLAIN = ("label",)


def text(cell):
    """A cell as the download writes it."""
    if cell is None or cell is pandas.NA or cell is pandas.NaT or isinstance(cell, float) and cell != cell:
        return ""
    if hasattr(cell, "strftime"):
        return cell.strftime("%Y-%m-%d")
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def downloaded(selection):
    """The rows of the download without the names for people, in one order."""
    rows = csv.DictReader(io.StringIO(selection["csv"]))
    return sorted(tuple(v for k, v in row.items() if k not in PLAIN) for row in rows)


def python(program):
    """The rows of a program in Python."""
    scope = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(program, scope)  # the program is the site's own, made a moment ago
    rows = scope["rows"]
    records = rows.itertuples(index=False, name=None) if hasattr(rows, "itertuples") else rows.rows()
    return sorted(tuple(map(text, row)) for row in records)


def sql(program):
    return sorted(tuple(map(text, row)) for row in duckdb.sql(program.rstrip().rstrip(";")).fetchall())


def r(program):
    """The rows of a program in R, which prints them as CSV here."""
    program = program.replace("print(rows, row.names = FALSE)", 'write.csv(rows, row.names = FALSE, na = "")')
    with tempfile.NamedTemporaryFile("w", suffix=".R") as f:
        f.write(program)
        f.flush()
        out = subprocess.run(["Rscript", "--vanilla", f.name], check=True, capture_output=True, text=True).stdout
    return sorted(tuple(row) for row in list(csv.reader(io.StringIO(out)))[1:])


def explore(check, site):
    """Compares every selection. check(what, got, want) counts."""
    lines = subprocess.run(["go", "run", "./.ci/explore", str(site)], check=True, capture_output=True, text=True).stdout
    selections = [json.loads(line) for line in lines.splitlines()]
    check("the page has selections", len(selections) > 100, True)
    here, seen = os.getcwd(), set()
    os.chdir(site)
    try:
        check("another program gives other rows", sql(selections[2]["sql"]) == downloaded(selections[0]), False)
        for s in selections:
            want = downloaded(s)
            check(f"{s['file']} has rows", len(want) > 0, True)
            for name, run in (("sql", sql), ("pandas", python), ("polars", python)):
                check(f"explore {s['file']}, {'' if s['compare'] else 'not '}compared: {name}", run(s[name]) == want, True)
            kind = (s["csv"].split("\r\n", 1)[0], "364" in s["sql"], "basis" in s["sql"])
            if kind not in seen:
                seen.add(kind)
                check(f"explore {s['file']}, {'' if s['compare'] else 'not '}compared: R", r(s["r"]) == want, True)
    finally:
        os.chdir(here)
