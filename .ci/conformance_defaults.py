"""The published tables as users open them: each reader with its own defaults.

Each table has the same rows in CSV and in Parquet, whoever reads it. What a reader
cannot know from a CSV without options is allowed and listed here: pandas has no whole
numbers with gaps, and a column that is empty in the rows that a reader looks at first
is text to it.
"""

import re
import subprocess
import warnings

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

# Rows from which a reader learns the types of a CSV.
SAMPLES = {"DuckDB": 20480, "Polars": 100}
# What pandas and R take for missing in a text, though a publisher wrote it.
MISSING = ["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]
R = """
args <- commandArgs(TRUE)
for (name in args) {
  frame <- read.csv(paste0("data/", name, ".csv"), na.strings = "", check.names = FALSE)
  for (column in names(frame)) {
    x <- frame[[column]]
    cat(name, column, length(x), sum(!is.na(x)), if (is.numeric(x)) format(sum(x, na.rm = TRUE), digits = 15) else "text", sep = "\\t")
    cat("\\n")
  }
}
"""


def csv_readers(path):
    """Each reader of a CSV, with nothing but its name."""
    yield "DuckDB", lambda: duckdb.sql(f"FROM read_csv('{path}')").to_arrow_table()
    yield "Polars", lambda: polars.read_csv(path).to_arrow()
    yield "Polars, scan", lambda: polars.scan_csv(path, try_parse_dates=True).collect().to_arrow()
    yield "pandas", lambda: pandas.read_csv(path, low_memory=False)
    yield "pyarrow", lambda: pyarrow.csv.read_csv(path)


def parquet_readers(path):
    """Each reader of a Parquet file."""
    yield "DuckDB", lambda: duckdb.sql(f"FROM read_parquet('{path}')").to_arrow_table()
    yield "Polars", lambda: polars.read_parquet(path).to_arrow()
    yield "pandas", lambda: pandas.read_parquet(path)


def same(check, what, got, want, text_missing=()):
    """Two tables have the same rows, once the values have the types of want."""
    check(what + ", rows", got.num_rows, want.num_rows)
    check(what + ", columns", got.column_names, want.column_names)
    for field in want.schema:
        check(f"{what}, {field.name}", values(got.column(field.name), field.type, text_missing), values(want.column(field.name), field.type, text_missing))


def values(column, kind, text_missing):
    """A column in one piece and in the type kind, where an empty text is no value."""
    column = pyarrow.concat_arrays(column.chunks) if column.num_chunks else pyarrow.nulls(0, column.type)
    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pyarrow.types.is_string(column.type) or pyarrow.types.is_large_string(column.type) or str(column.type) == "string_view":
        column = column.cast(pyarrow.string())
        absent = pyarrow.compute.is_in(column, value_set=pyarrow.array(["", *text_missing]))
        column = pyarrow.compute.if_else(absent, pyarrow.scalar(None, pyarrow.string()), column)
    if column.null_count == len(column):
        return pyarrow.nulls(len(column), kind)
    return column.cast(kind)


def types(check, reader, name, got, want):
    """A reader's own types are those of the Parquet file, but where its sample of the CSV is empty.

    A column of numbers that are all whole, such as a level of 95 per cent, may be read as whole numbers.
    """
    head = want.slice(0, SAMPLES[reader])
    for field in want.schema:
        if pyarrow.types.is_integer(field.type) or pyarrow.types.is_floating(field.type) or pyarrow.types.is_boolean(field.type):
            if head.column(field.name).null_count < head.num_rows:
                own = str(got.schema.field(field.name).type)
                whole = pyarrow.types.is_floating(field.type) and own == "int64" and all(x.is_integer() for x in want.column(field.name).drop_null().to_pylist())
                check(f"{name}.csv, {reader}, type of {field.name}", "double" if whole else own, str(field.type))


def defaults(check, site):
    """Every table of a site, by every reader, as CSV and as Parquet."""
    folder = site / "data"
    names = sorted(f.stem for f in folder.glob("*.csv"))
    for name in names:
        want = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        for reader, read in csv_readers(folder / f"{name}.csv"):
            got = table(f"{name}.csv, {reader}", read)
            same(check, f"{name}.csv, {reader}", got, want, MISSING if reader == "pandas" else ())
            if reader in SAMPLES:
                types(check, reader, name, got, want)
        in_blocks(check, folder / f"{name}.csv", want)
        for reader, read in parquet_readers(folder / f"{name}.parquet"):
            same(check, f"{name}.parquet, {reader}", table(f"{name}.parquet, {reader}", read), want)
    with_r(check, site, names)


def in_blocks(check, path, want):
    """pandas with its defaults guesses types block by block. All that it may say is that a text is missing
    throughout a block, as publisher_mark is; with low_memory=False, or told that the marks are text, it says nothing."""
    texts = {i for i, field in enumerate(want.schema) if pyarrow.types.is_string(field.type) or pyarrow.types.is_dictionary(field.type)}
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        pandas.read_csv(path)
    table(f"{path.name}, pandas in blocks, marks as text", lambda: pandas.read_csv(path, dtype={"publisher_mark": "string"}))
    columns = {int(i) for w in said for i in re.findall(r"(\d+):", str(w.message)) if w.category is pandas.errors.DtypeWarning}
    check(f"{path.name}, pandas in blocks, warnings", [str(w.message) for w in said if w.category is not pandas.errors.DtypeWarning], [])
    check(f"{path.name}, pandas in blocks, columns of several types", columns <= texts, True)


def table(what, read):
    """What a reader makes of a file. One that refuses it, or only warns, ends the run with what it said."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            got = read()
    except Exception as fault:
        raise SystemExit(f"{what}: {fault}") from fault
    if not isinstance(got, pandas.DataFrame):
        return got
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the two libraries about each other
        return pyarrow.Table.from_pandas(got, preserve_index=False)


def with_r(check, site, names):
    """R's read.csv: rows, values that are there, and sums of numbers, column by column."""
    said = subprocess.run(["Rscript", "-e", R, *names], cwd=site, capture_output=True, text=True)
    check("R, status", (said.returncode, said.stderr), (0, ""))
    lines = iter(said.stdout.splitlines())
    for name in names:
        want = pyarrow.parquet.read_table(site / "data" / f"{name}.parquet")
        for field in want.schema:
            column = want.column(field.name)
            _, column_name, rows, there, total = next(lines).split("\t")
            check(f"{name}.csv, R, {field.name}", (column_name, int(rows), int(there)), (field.name, len(column), len(column) - column.null_count))
            if total != "text" and column.null_count < len(column):
                check(f"{name}.csv, R, sum of {field.name}", abs(float(total) - float(pyarrow.compute.sum(column.cast(pyarrow.float64())).as_py())) < 0.01, True)
    check("R, lines", list(lines), [])
