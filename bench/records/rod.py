"""Runs the jobs of the measuring rod: ours and the peers, in turn, results proved equal first.

    rod.py ROWS REPEATS [JOB...]     e.g. rod.py 10000000 5 j1 j2 j3 j4a j4r

The rod (generator, check tool, the peers' scripts) is read from ROD, by default
../shared/rod; what is built and made goes to CACHE, by default .cache/rod. A
peer that cannot be had here is left out and named. Output is a table in
Markdown: medians of wall seconds, processor seconds and peak MiB.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROD = Path(os.environ.get("ROD", HERE.parents[2] / "shared/rod")).resolve()
CACHE = Path(os.environ.get("CACHE", HERE.parents[1] / ".cache/rod")).resolve()
BIN = CACHE / "bin"
SRC = CACHE / "src"
JOBS = ["j1", "j2", "j3", "j4a", "j4r"]
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


def build():
    """Builds the rod's tools, and copies the scripts beside which packages are installed."""
    BIN.mkdir(parents=True, exist_ok=True)
    if not SRC.exists():
        shutil.copytree(ROD, SRC, ignore=shutil.ignore_patterns("*.go", "go.*", "prototype"))
    env = {**os.environ, "GOFLAGS": "-buildvcs=false"}
    for name, folder, extra in [("gen", ".", {}), ("check", "check", {}), ("duckrun", "duckrun", {"CGO_ENABLED": "1"})]:
        if (BIN / name).exists():
            continue
        pkg = "./gen" if name == "gen" else "."
        done = subprocess.run(["go", "build", "-o", BIN / name, pkg], cwd=ROD / folder, env={**env, **extra})
        if done.returncode and name != "duckrun":
            sys.exit(f"{name} could not be built")
    npm = SRC / "npm"
    if not (npm / "node_modules").exists() and shutil.which("npm"):
        # npm ci wants the lock file to name the packages of every other system too.
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], cwd=npm)


def peers():
    """Yields name, jobs and a function that makes the command."""
    yield "crossings", JOBS, lambda job, data, out: [HERE.parents[1] / "bin/records", job, data, out]
    if (BIN / "duckrun").exists():
        sql = SRC / "sql"
        yield "DuckDB", JOBS, lambda job, data, out: [BIN / "duckrun", "-D", f"data={data}", "-D", f"out={out}", sql / f"{job}.sql"]
        tail = HERE / "duckdb-j4a-tail.sql"
        yield "DuckDB, tail only", ["j4a"], lambda job, data, out: [BIN / "duckrun", "-D", f"data={data}", "-D", f"out={out}", tail]
    for name, folder, package in [("Polars", "polars", "nodejs-polars"), ("ClickHouse", "chdb", "chdb")]:
        if (SRC / "npm/node_modules" / package).exists():
            yield name, JOBS[:3], lambda job, data, out, f=folder: ["node", SRC / f / f"{f}.js", job, data, out]


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
    """Returns what the rod's check tool says that must be equal."""
    out = subprocess.run([BIN / "check", kind, path], capture_output=True, text=True, check=True).stdout
    return " ".join(w for w in out.split() if w.startswith(("rows=", "hash=")))


def results(name, job, out):
    for kind, path in CHECKS[job]:
        if name == "DuckDB, tail only":
            continue
        theirs = path if name == "crossings" else PEER_PATHS.get(path, path)
        yield path, check(kind, out / theirs)


def tail_agrees(work):
    """Compares the one day that the lean script makes with the same day of ours."""
    tail = (work / "DuckDB-tail-only/compare-tail.csv").read_text().splitlines()[1:]
    ours = [x for x in (work / "crossings/compare/year=2024/2024-12.csv").read_text().splitlines() if x.startswith("2024-12-31")]
    return sorted(tail) == sorted(ours)


def prepare(name, job, source, out):
    """Puts what a job starts from into out: for the nightly jobs, a copy of what J1 to J3 made."""
    if job in ("j4a", "j4r"):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(source, out)
        return
    for path in {"j1": ["norm", "rejects.csv"], "j2": ["cube"], "j3": ["compare", "compare.csv"]}[job]:
        shutil.rmtree(out / path, ignore_errors=True)
        (out / path).unlink(missing_ok=True)


def main():
    rows, repeats = sys.argv[1], int(sys.argv[2])
    jobs = sys.argv[3:] or JOBS
    build()
    data, work = CACHE / "data" / rows, CACHE / "out" / rows
    if not (data / "countries.csv").exists():
        data.mkdir(parents=True, exist_ok=True)
        run([BIN / "gen", "-n", rows, "-o", data])
    table = {}
    for job in JOBS:
        timed = {}
        for turn in range(repeats if job in jobs else 1):
            for name, does, command in peers():
                out = work / name.replace(", ", "-").replace(" ", "-")
                out.mkdir(parents=True, exist_ok=True)
                if job not in does:
                    continue
                base = out if name != "DuckDB, tail only" else work / "DuckDB"
                prepare(name, job, base.with_name(base.name + "-base"), out)
                if (data / "raw.csv").stat().st_size and job == "j1":
                    subprocess.run(["cat", data / "raw.csv"], stdout=subprocess.DEVNULL)
                timed.setdefault(name, []).append(run(command(job, data, out)))
                if turn == 0:
                    table.setdefault(job, {})[name] = dict(results(name, job, out))
        if job == "j3":  # the nightly jobs start from here
            for name, does, _ in peers():
                if "j4a" in does and name != "DuckDB, tail only":
                    out = work / name.replace(" ", "-")
                    shutil.rmtree(out.with_name(out.name + "-base"), ignore_errors=True)
                    shutil.copytree(out, out.with_name(out.name + "-base"))
        if job in jobs:
            report(job, timed, table[job], work)


def report(job, timed, checked, work):
    want = checked["crossings"]
    ours = statistics.median(x[0] for x in timed["crossings"])
    print(f"\n| {job} | wall s | CPU s | MiB | times ours | result |\n|---|---|---|---|---|---|")
    for name, runs in timed.items():
        wall, cpu, peak = (statistics.median(x[i] for x in runs) for i in range(3))
        if name == "DuckDB, tail only":
            same = "equal" if tail_agrees(work) else "DIFFERS"
        else:
            same = "equal" if checked[name] == want else f"DIFFERS: {checked[name]} not {want}"
        print(f"| {name} | {wall:.3f} | {cpu:.2f} | {peak:.0f} | {wall / ours:.1f} | {same} |", flush=True)


main()
