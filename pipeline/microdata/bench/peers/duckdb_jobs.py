"""Runs a script of DuckDB, in which ${name} stands for a value: duckdb_jobs.py [-D name=value]... SCRIPT."""

import string
import sys

import duckdb

*options, script = sys.argv[1:]
values = dict(option.split("=", 1) for option in options if option != "-D")
with open(script, encoding="utf-8") as f:
    duckdb.execute(string.Template(f.read()).substitute(values))
