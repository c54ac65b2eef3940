"""Makes a site of some files with the programs of the project."""

import contextlib
import pathlib
import subprocess
import sys
import tempfile

STARTER = pathlib.Path("data/raw/starter")
# The files of each source that are read. There are others of missing migrants, which third parties changed.
FILES = {
    "iom-missing-migrants": "*2024-11-27*.xlsx",
    "it-interior-landings": "sbarchi-per-giorno.csv",
    "ukho-asylum": "*.csv",
    "ukho-france-exchange": "*.csv",
    "ukho-small-boats": "*.ods",
}


def starter(folder):
    """The starter files by source: the figures, then the records behind them."""
    out = {path.stem: [path] for path in sorted(folder.glob("*.csv"))}
    for path in sorted(folder.glob("records/*.csv")):
        out[path.stem].append(path)
    return out


def files(folder):
    """The publishers' files by source."""
    out = {source: sorted((folder / source).glob(pattern)) for source, pattern in FILES.items()}
    for source, found in out.items():
        if not found:
            sys.exit(f"{folder / source}: no file like {FILES[source]}\nhint: name a folder with the publishers' files, one folder a source: REAL=folder")
    return out


@contextlib.contextmanager
def made(programs, by_source):
    """The folder data of a site that is made of these files."""
    with tempfile.TemporaryDirectory() as data:
        for source, paths in by_source.items():
            subprocess.run([programs / "ingest", "add", "--quiet", "--gate", "off", "--data", data, source, *paths], check=True)
        subprocess.run([programs / "publish", "run", "--quiet", "--data", data], check=True)
        yield pathlib.Path(data) / "out" / "site" / "data"
