"""The five questions of docs/for-analysts.md, by each program on that page.

Each program is run as it stands there, in the folder of a site, and must print the
answers that the page shows.
"""

import csv
import datetime
import pathlib
import re
import subprocess
import sys
import tempfile

import openpyxl

PAGE = pathlib.Path("docs/for-analysts.md")
SHEETS = ("year-to-date", "daily", "balances", "observations", "revisions")


def blocks():
    """The programs of the page by the name of their block, without its older examples."""
    text = PAGE.read_text(encoding="utf-8").split("## Five questions", 1)[1].split("## Things to know", 1)[0]
    return dict(re.findall(r"```(\w+)\n(.*?)```", text, flags=re.S))


def answers(program, site):
    """What a program prints, line by line."""
    said = subprocess.run(program, cwd=site, capture_output=True, text=True)
    if said.returncode or said.stderr:
        sys.exit(f"{program[0]}: {said.stderr}")
    return [line.strip() for line in said.stdout.splitlines()]


def value(text):
    """A field of a CSV as a spreadsheet takes it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None


def spreadsheet(formulas, site):
    """The formulas in LibreOffice, in a workbook with the tables as sheets."""
    book = openpyxl.Workbook()
    for i, formula in enumerate(formulas, 1):
        book.active.cell(i, 1, formula)
    for name in SHEETS:
        sheet = book.create_sheet(name)
        with open(site / "data" / f"{name}.csv", newline="", encoding="utf-8") as f:
            for i, row in enumerate(csv.reader(f)):
                sheet.append(row if i == 0 else [value(x) for x in row])
    with tempfile.TemporaryDirectory() as folder:
        book.save(f"{folder}/questions.xlsx")
        program = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "csv", "--outdir", folder, f"{folder}/questions.xlsx"]
        subprocess.run(program, check=True, capture_output=True)
        with open(f"{folder}/questions.csv", newline="", encoding="utf-8") as f:
            return [row[0] for row in csv.reader(f)]


def questions(check, site):
    """Every program gives the answers of the page."""
    page = blocks()
    check("questions, programs", sorted(page), ["duckdb", "excel", "pandas", "polars", "r", "text"])
    want = page["text"].splitlines()
    sql = "import duckdb, sys\nfor row in duckdb.sql(sys.argv[1]).fetchall(): print(*row)"
    for name, program in {
        "duckdb": [sys.executable, "-c", sql, page["duckdb"]],
        "pandas": [sys.executable, "-c", page["pandas"]],
        "polars": [sys.executable, "-c", page["polars"]],
        "r": ["Rscript", "-e", page["r"]],
    }.items():
        check(f"questions, {name}", answers(program, site), want)
    check("questions, spreadsheet", spreadsheet(page["excel"].splitlines(), site), want)
