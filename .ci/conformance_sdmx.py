"""The tables in SDMX, read by two public libraries of SDMX.

The structures are valid by the schemas of SDMX-ML 3.0. Each SDMX-CSV 2.0 has the rows
and the sums of the table, in the components that its structure says it has.
"""

import csv
import warnings

import pandas
import sdmx
from pysdmx.io import get_datasets, read_sdmx

# Tables that both libraries read. The others are read by pysdmx only, because the
# second keeps one measure of a row.
LARGE = ("observations", "year-on-year")


def structures(check, path):
    """Valid by the schema; every list and every concept that is referred to is in the file."""
    message = read_sdmx(path, validate=True)
    flows = {f.id for f in message.get_dataflows()}
    check("SDMX, structures, dataflows", flows, {d.id for d in message.get_data_structure_definitions()})
    for definition in message.get_data_structure_definitions():
        for part in [*definition.components.dimensions, *definition.components.measures, *definition.components.attributes]:
            check(f"SDMX, {definition.id}.{part.id}, concept", bool(getattr(part.concept, "name", None)), True)
    return flows


def total(values):
    """The sum of the numbers in a column; empty texts are none."""
    return round(float(pandas.to_numeric(pandas.Series(list(values), dtype="object").astype(str), errors="coerce").sum()), 3)


def sdmx_tables(check, data):
    """Every table of a site in SDMX; data is the folder of its tables."""
    folder = data / "sdmx"
    flows = structures(check, folder / "structure.xml")
    names = sorted(f.stem for f in data.glob("*.csv"))
    check("SDMX, a file for each table", sorted(f.stem for f in folder.glob("*.csv")), names)
    check("SDMX, a dataflow for each table", sorted(flows), sorted(n.upper().replace("-", "_") for n in names))
    for name in names:
        with open(data / f"{name}.csv", newline="", encoding="utf-8") as f:
            rows = list(csv.DictReader(f))
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as f:
            head = next(csv.reader(f))
        check(f"SDMX, {name}, header", head[:3], ["STRUCTURE", "STRUCTURE_ID", "ACTION"])
        if not rows:
            continue  # no library reads a file with a header only
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # pysdmx reads the file by pandas, which guesses types block by block.
            warnings.simplefilter("ignore", pandas.errors.DtypeWarning)
            (got,) = get_datasets(folder / f"{name}.csv", folder / "structure.xml")
        parts = got.structure.components
        check(f"SDMX, {name}, rows", len(got.data), len(rows))
        check(f"SDMX, {name}, components", {c.id for c in parts} >= set(got.data.columns), True)
        keys = [d.id for d in parts.dimensions]
        check(f"SDMX, {name}, dimensions identify a row", int(got.data.duplicated(keys).sum()), 0)
        for measure in parts.measures:
            column = "value" if measure.id == "OBS_VALUE" else measure.id.lower()
            if measure.id in got.data.columns:
                check(f"SDMX, {name}.{measure.id}, sum", total(got.data[measure.id]), total(r[column] for r in rows))
        if name in LARGE:
            second(check, folder, name, len(rows))


def second(check, folder, name, rows):
    """The same table by sdmx1, which must say nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        definitions = sdmx.read_sdmx(folder / "structure.xml").structure
        message = sdmx.read_sdmx(folder / f"{name}.csv", structure=definitions[name.upper().replace("-", "_")])
    check(f"SDMX, {name}, sdmx1", len(message.data[0].obs), rows)
