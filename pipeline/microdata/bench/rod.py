"""Runs the benchmark jobs on microdata, ours and other engines' in turn, after checking that their results are equal.

    rod.py ROWS[,ROWS...] REPEATS [JOB...]     e.g. rod.py 10000000 5 j1 j2 j3 j4a j4r

ROD is the folder of the benchmark (generator, check tool, scripts of the other engines), by
default ../shared/rod. Output goes to CACHE, by default .cache/rod. PEERS names the other
engines to run, by default all; PEERS=none runs only our own jobs. They are Python packages,
installed by make next to PYTHON, and DuckDB once more as a Go module, which starts faster.
An engine that is not available is left out, and named.

Each job is run once by each without a clock, and what came of it is checked; a
difference ends the run with status 1. Only then is it timed, in turn. Output is
Markdown: a table for each job and one of all, medians of wall seconds, processor
seconds and peak MiB.
"""

import functools
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, NamedTuple

HERE = Path(__file__).resolve().parent
ROD = Path(os.environ.get("ROD", HERE.parents[3] / "shared/rod")).resolve()
CACHE = Path(os.environ.get("CACHE", HERE.parents[2] / ".cache/rod")).resolve()
PYTHON = Path(os.environ.get("PYTHON", HERE.parents[2] / ".cache/peers/bin/python")).absolute()
PEERS = os.environ.get("PEERS") or "DuckDB,Polars,ClickHouse,DataFusion"
BIN = CACHE / "bin"
JOBS = ["j1", "j2", "j3", "j4a", "j4r"]
NIGHTLY = ["j4a", "j4r"]
# The tails start from what DuckDB made: in the newest version, and in the one that is a Go module.
OURS, TAILS = "crossings", ["DuckDB, tail only", "DuckDB in Go, tail only"]
# What check is asked after each job: kind, and the path below OUT.
CHECKS = {
    "j1": [("norm", "norm"), ("rejects", "rejects.csv")],
    "j2": [("cube", "cube")],
    "j3": [("compare", "compare")],
    "j4a": [("compare", "compare/year=2024"), ("norm", "norm/year=2024")],
    "j4r": [("compare", "compare/year=2019"), ("compare", "compare/year=2020"), ("norm", "norm/year=2019"), ("cube", "cube/year=2019")],
}
# Where a peer puts the same.
PEER_PATHS = {
    "compare": "compare.csv", "compare/year=2024": "compare-2024.csv",
    "compare/year=2019": "compare-2019.csv", "compare/year=2020": "compare-2020.csv",
    "norm/year=2019": "tmp.parquet", "cube/year=2019": "tmpcube.parquet",
}
# The results in the benchmark's README by ROWS and path, for runs without other engines.
KNOWN = {
    ("1000000", "norm"): "rows=993990 hash=6676fce32d17edda", ("1000000", "rejects.csv"): "rows=6010 hash=ccff26a644296b77",
    ("1000000", "cube"): "rows=841111 hash=830e9cb8cc1e6840", ("1000000", "compare"): "rows=5843200 hash=3468bc2b8266a71c",
    ("10000000", "norm"): "rows=9939688 hash=0ab38260e015114c", ("10000000", "rejects.csv"): "rows=60312 hash=9d24085a1162dcb7",
    ("10000000", "cube"): "rows=4831328 hash=9f3a7299b43b6e22", ("10000000", "compare"): "rows=5843200 hash=1cef8fe782682a46",
}


class Peer(NamedTuple):
    """Who runs jobs: a name, the jobs, and what makes the command of one."""

    name: str
    jobs: list
    command: Callable

    def folder(self, work):
        """Where its results are."""
        return work / self.name.replace(", ", "-").replace(" ", "-")

    def base(self, work):
        """What its nightly jobs start from."""
        name = "DuckDB" if self.name in TAILS else self.name
        return work / (name + "-base")


def build():
    """Builds the benchmark's tools."""
    if not (ROD / "gen").is_dir():
        sys.exit(f"the benchmark is not in {ROD}\nhint: set ROD to its folder")
    BIN.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "GOFLAGS": "-buildvcs=false"}
    for name, folder, extra in [("gen", ".", {}), ("check", "check", {}), ("duckrun", "duckrun", {"CGO_ENABLED": "1"})]:
        if (BIN / name).exists() or name == "duckrun" and "DuckDB" not in PEERS:
            continue
        pkg = "./gen" if name == "gen" else "."
        done = subprocess.run(["go", "build", "-o", BIN / name, pkg], cwd=ROD / folder, env={**env, **extra})
        if done.returncode and name != "duckrun":
            sys.exit(f"{name} could not be built")


def duckdb(program, script, data, out):
    """The command that runs a script of DuckDB."""
    return [*program, "-D", f"data={data}", "-D", f"out={out}", script]


IN_PYTHON, IN_GO = [PYTHON, HERE / "peers/duckdb_jobs.py"], [BIN / "duckrun"]


def installed(package):
    """Whether a Python package is next to PYTHON."""
    return PYTHON.exists() and not subprocess.run([PYTHON, "-c", f"import {package}"], stderr=subprocess.DEVNULL).returncode


@functools.cache
def peers():
    """Those who run jobs here, ours first. A peer that was asked for and is not there is named."""
    found = [Peer(OURS, JOBS, lambda job, data, out: [HERE.parents[2] / "bin/records", job, data, out])]
    if "DuckDB" in PEERS and installed("duckdb"):
        found.append(Peer("DuckDB", JOBS, lambda job, data, out: duckdb(IN_PYTHON, ROD / f"sql/{job}.sql", data, out)))
        for name, program in zip(TAILS, [IN_PYTHON, IN_GO]):
            if program[0].exists():
                found.append(Peer(name, NIGHTLY, lambda job, data, out, p=program: duckdb(p, HERE / f"duckdb-{job}-tail.sql", data, out)))
    for name, package in [("Polars", "polars"), ("ClickHouse", "chdb"), ("DataFusion", "datafusion")]:
        if name in PEERS and installed(package):
            found.append(Peer(name, JOBS[:3], lambda job, data, out, f=name.lower(): [PYTHON, HERE / f"peers/{f}_jobs.py", job, data, out]))
    for name in PEERS.split(","):
        if name != "none" and not any(p.name == name for p in found):
            print(f"{name} cannot be had here", file=sys.stderr)
    return found


def run(command):
    """Runs a command and returns wall, processor seconds and peak MiB."""
    start = time.monotonic()
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(map(str, command))}: status {child.returncode}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def check(kind, path):
    """Returns the output of the benchmark's check tool, which must be equal for all engines."""
    out = subprocess.run([BIN / "check", kind, path], capture_output=True, text=True, check=True).stdout
    return " ".join(w for w in out.split() if w.startswith(("rows=", "hash=")))


def results(peer, job, out):
    """What is checked of a job, by path."""
    return {path: check(kind, out / (path if peer.name == OURS else PEER_PATHS.get(path, path))) for kind, path in CHECKS[job]}


def lines(folder, year, first, to):
    """Writes the lines of our comparisons of a year from a day on to a file, and returns it. They are never all in
    memory: the peak of a child is at least what its parent has when it starts it."""
    with open(to, "w") as out:
        for n, file in enumerate(sorted(folder.glob(f"compare/year={year}/*.csv"))):
            with open(file) as f:
                header = next(f)
                out.writelines([header] if n == 0 else [])
                out.writelines(x for x in f if x >= first)
    return to


def tail_agrees(job, ours, out):
    """Compares what a lean script makes with the same of ours: lines, and for J4r the month in its place."""
    def same(year, first, theirs):
        return check("compare", lines(ours, year, first, out / "ours.csv")) == check("compare", out / theirs)

    if job == "j4a":
        return same(2024, "2024-12-31", "compare-tail.csv")
    for kind in ["norm", "cube"]:
        shutil.rmtree(out / "tail" / kind / "m=6")
        (out / f"tail/{kind}-6.parquet").rename(out / "tail" / kind / "m=6.parquet")
        if check(kind, out / "tail" / kind) != check(kind, ours / kind / "year=2019"):
            return False
    return all(same(y, f"{y}-06-15", f"compare-tail-{y}.csv") for y in [2019, 2020])


def away(path, work):
    """Moves what an earlier run made out of the way. It is removed after the next run: for some seconds after many files are
    removed, the file system takes longer to make new ones."""
    if path.exists():
        (work / "old").mkdir(exist_ok=True)
        path.rename(work / "old" / str(time.monotonic_ns()))


def prepare(peer, job, data, work):
    """Puts what a job starts from in its place, and returns the folder: for the nightly jobs, a copy of what J1 to J3 made."""
    out = peer.folder(work)
    out.mkdir(parents=True, exist_ok=True)
    if job in NIGHTLY:
        away(out, work)
        shutil.copytree(peer.base(work), out)
        if peer.name in TAILS and job == "j4r":
            (out / "tail").mkdir()
            run(duckdb(IN_PYTHON, HERE / "duckdb-tail-base.sql", data, out))
        return out
    for path in {"j1": ["norm", "rejects.csv"], "j2": ["cube"], "j3": ["compare", "compare.csv"]}[job]:
        away(out / path, work)
    if job == "j1":  # a warm cache for each
        subprocess.run(["cat", data / "raw.csv"], stdout=subprocess.DEVNULL)
    return out


def prove(job, rows, data, work, all_peers):
    """Runs a job once by each and ends the program where what came of it is not the same."""
    wrong, want = [], {}
    for peer in all_peers:
        out = prepare(peer, job, data, work)
        run(peer.command(job, data, out))
        if peer.name in TAILS:
            if not tail_agrees(job, all_peers[0].folder(work), out):
                wrong.append(f"{job}, {peer.name}: not what ours says")
            continue
        got = results(peer, job, out)
        if peer.name == OURS:
            want = got
            wrong += [f"{job}, {path}: {got[path]}, expected {KNOWN[rows, path]}" for path in got if KNOWN.get((rows, path), got[path]) != got[path]]
            if job == "j1" and sum(int(x.split()[0].removeprefix("rows=")) for x in got.values()) != int(rows):
                wrong.append(f"{job}: of {rows} records some are neither good nor refused: {got}")
        elif got != want:
            wrong.append(f"{job}, {peer.name}: {got}, and ours {want}")
    if wrong:
        sys.exit("\n".join(wrong))


def keep_bases(work, all_peers):
    """Keeps what J1 to J3 made for the nightly jobs."""
    for peer in all_peers:
        if "j4a" in peer.jobs and peer.name not in TAILS:
            shutil.rmtree(peer.base(work), ignore_errors=True)
            shutil.copytree(peer.folder(work), peer.base(work))


def measure(rows, repeats, jobs):
    """Runs the jobs on so many rows and returns the medians by job and peer."""
    data, work = CACHE / "data" / rows, CACHE / "out" / rows
    if not (data / "countries.csv").exists():
        data.mkdir(parents=True, exist_ok=True)
        run([BIN / "gen", "-n", rows, "-o", data])
    medians = {}
    for job in JOBS[:JOBS.index(jobs[-1]) + 1]:
        those = [p for p in peers() if job in p.jobs]
        prove(job, rows, data, work, those)
        runs = {p.name: [] for p in those}
        for _ in range(repeats if job in jobs else 0):
            for p in those:
                out = prepare(p, job, data, work)
                runs[p.name].append(run(p.command(job, data, out)))
                shutil.rmtree(work / "old", ignore_errors=True)
        if job == "j3":
            keep_bases(work, those)
        if job in jobs:
            medians[job] = {name: [statistics.median(x[i] for x in list_) for i in range(3)] for name, list_ in runs.items()}
            report(job, rows, medians[job])
    return medians


def title(job):
    """The name of a job in text."""
    return job[0].upper() + job[1:]


def report(job, rows, medians):
    """Prints the table of one job."""
    print(f"\n| {title(job)}, {int(rows):,} records, results equal | wall s | CPU s | MiB | times ours |\n|---|---|---|---|---|")
    for name, (wall, cpu, peak) in medians.items():
        print(f"| {name} | {wall:.3f} | {cpu:.2f} | {peak:.0f} | {wall / medians[OURS][0]:.1f} |", flush=True)


def cell(medians):
    """Wall, processor seconds and peak MiB of one cell."""
    return f"{medians[0]:.3g} / {medians[1]:.3g} / {medians[2]:,.0f}" if medians else ""


def summary(rows, medians):
    """Prints the table of all jobs: what each took, and the best of the peers against ours."""
    names = [p.name for p in peers() if p.name not in TAILS]
    print(f"\n### {int(rows):,} records\n\nWall s / CPU s / peak MiB.\n")
    print("| | " + " | ".join(names) + " | best peer, times ours |\n" + "|---" * (len(names) + 2) + "|")
    for job, of in medians.items():
        others = {n: m[0] for n, m in of.items() if n not in (OURS, *TAILS)}
        best = min(others, key=others.get, default="")
        ratio = f"{others[best] / of[OURS][0]:.1f} ({best})" if best else ""
        print(f"| {title(job)} | " + " | ".join(cell(of.get(n)) for n in names) + f" | {ratio} |")
        for name in TAILS:
            if name in of:
                print(f"| {title(job)}, {name} | | {cell(of[name])} |" + " |" * (len(names) - 2) + f" {of[name][0] / of[OURS][0]:.1f} |")


def growth(sizes):
    """Prints how our cost grows with the rows."""
    rows = list(sizes)
    print("\n### How cost grows\n\nWall s / CPU s / peak MiB of ours.\n")
    print("| | " + " | ".join(f"{int(r):,}" for r in rows) + " | last wall, times the one before |\n" + "|---" * (len(rows) + 2) + "|")
    for job in sizes[rows[-1]]:
        of = [sizes[r][job][OURS] for r in rows]
        print(f"| {title(job)} | " + " | ".join(map(cell, of)) + f" | {of[-1][0] / of[-2][0]:.2f} |")


def main():
    """Measures all sizes that are asked for."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    jobs = [j for j in JOBS if j in (sys.argv[3:] or JOBS)]
    build()
    sizes = {rows: measure(rows, max(1, int(sys.argv[2])), jobs) for rows in sys.argv[1].split(",")}
    for rows, medians in sizes.items():
        summary(rows, medians)
    if len(sizes) > 1:
        growth(sizes)


main()
