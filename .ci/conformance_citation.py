"""The citations of a site by public validators: usage: conformance_citation.py FOLDER

These validators need older libraries than the other programs, so they have an
environment of their own.
"""

import pathlib
import sys

import bibtexparser
from cffconvert.cli.create_citation import create_citation


def cff(path):
    """CITATION.cff is valid by its schema, and a broken one is not."""
    create_citation(str(path), None).validate()
    broken = path.with_name("BROKEN.cff")
    broken.write_text(path.read_text(encoding="utf-8").replace("date-released:", "date-relaesed:"), encoding="utf-8")
    try:
        create_citation(str(broken), None).validate()
    except Exception:
        return
    finally:
        broken.unlink()
    sys.exit("a broken CITATION.cff is valid")


def bibtex(path, tables):
    """An entry for the data and one for each table, complete."""
    entries = bibtexparser.loads(path.read_text(encoding="utf-8")).entries
    if len(entries) != tables + 1 or len({e["ID"] for e in entries}) != len(entries):
        sys.exit(f"{path}: {len(entries)} entries for {tables} tables")
    for entry in entries:
        for field in ("author", "title", "year", "version", "howpublished"):
            if not entry.get(field):
                sys.exit(f"{path}: {entry['ID']} has no {field}")


def main():
    """Read both files of one folder."""
    folder = pathlib.Path(sys.argv[1])
    cff(folder / "CITATION.cff")
    bibtex(folder / "citation.bib", len(list(folder.glob("*.parquet"))))


main()
