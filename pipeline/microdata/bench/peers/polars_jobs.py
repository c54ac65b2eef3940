"""Runs a benchmark job in Polars, with its streaming engine where that is faster: polars_jobs.py j1|j2|j3 DATA OUT."""

import os
import sys
from datetime import date, timedelta

import polars as pl

FIRST, LAST = date(2015, 1, 1), date(2024, 12, 31)
RECORD = ["record_id", "event_date", "route", "nationality", "sex", "age_band", "persons", "boats", "source_id", "quality", "note"]
CELL = ["event_date", "route", "nationality", "sex"]
c = pl.col


def write(frame, folder):
    """Writes a frame as one Parquet file a year."""
    year = pl.PartitionBy(folder, key={"year": c("event_date").dt.year()}, include_key=False)
    frame.sink_parquet(year, compression="zstd", compression_level=1, mkdir=True, engine="streaming")


def normalise(data, out):
    """J1: good records by year, sorted, and the reasons for refusing others."""
    country = pl.read_csv(f"{data}/countries.csv", infer_schema=False)
    # A date in the other form is written as ISO first; read as it is, 31/04/2018 would become 1 April.
    day = c("event_date").str.replace(r"^(\d\d)/(\d\d)/(\d{4})$", "$3-$2-$1").str.to_date("%Y-%m-%d", strict=False)
    judged = (
        pl.scan_csv(f"{data}/raw.csv", infer_schema=False, row_index_name="rec", row_index_offset=1)
        .with_columns(
            day,
            c("nationality").replace_strict(country["name"], country["iso3"], default=None, return_dtype=pl.String),
            c("sex").replace_strict({"M": "M", "male": "M", "F": "F", "female": "F"}, default="U", return_dtype=pl.String),
            c("persons", "boats").cast(pl.Int32, strict=False),
            first=c("record_id").is_first_distinct(),
        )
        .with_columns(
            reason=pl.when(~c("event_date").is_between(FIRST, LAST).fill_null(False)).then(pl.lit("bad_date"))
            .when(c("nationality").is_null()).then(pl.lit("unknown_country"))
            .when(~(c("persons") > 0).fill_null(False)).then(pl.lit("bad_persons"))
            .when(~c("first")).then(pl.lit("duplicate_id"))
        )
        .collect(engine="streaming")
    )
    os.makedirs(out, exist_ok=True)
    judged.filter(c("reason").is_not_null()).select("rec", "reason").sort("rec").write_csv(f"{out}/rejects.csv")
    write(judged.lazy().filter(c("reason").is_null()).select(RECORD).sort("route", "event_date"), f"{out}/norm")


def cube(data, out):
    """J2: sums and numbers of records."""
    records = pl.scan_parquet(f"{out}/norm/**/*.parquet", hive_partitioning=False)
    sums = records.group_by(CELL).agg(c("persons").cast(pl.Int64).sum(), n=pl.len().cast(pl.Int64))
    write(sums.sort(CELL), f"{out}/cube")


def calendar(days):
    """For each day: how many days its year has to it, how far back the same day of the year before is, and how many days that has."""
    before = [date(d.year - 1, d.month, 28 if (d.month, d.day) == (2, 29) else d.day) for d in days]
    of_year = lambda d: d.timetuple().tm_yday
    return pl.DataFrame({
        "event_date": days, "of_year": [of_year(d) for d in days], "back": [(d - b).days for d, b in zip(days, before)],
        "of_last": [of_year(b) for b in before], "i": range(len(days)),
    })


def compare(data, out):
    """J3: comparisons by calendar date. All sums are differences of one running sum over all keys and days."""
    cells = pl.scan_parquet(f"{out}/cube/**/*.parquet", hive_partitioning=False)
    sums = cells.group_by("route", "nationality", "event_date").agg(c("persons").sum()).collect(engine="streaming")
    keys = sums.select("route", "nationality").unique().sort("route", "nationality").with_row_index("k")
    days = calendar([FIRST + timedelta(i) for i in range((sums["event_date"].max() - FIRST).days + 1)])
    n = len(days)
    sums = sums.join(keys, on=["route", "nationality"]).select(
        "persons", at=c("k").cast(pl.Int64) * n + (c("event_date") - FIRST).dt.total_days())
    persons = pl.zeros(len(keys) * n, pl.Int64, eager=True).scatter(sums["at"], sums["persons"])
    running = pl.concat([pl.zeros(1, pl.Int64, eager=True), persons.cum_sum()])
    # Rows by day and key.
    at = c("k").cast(pl.Int64) * n + c("i")
    upto = lambda back: pl.lit(running).gather(c("at") + 1 - back)
    covered = c("i") >= c("back")
    days.lazy().join(keys.lazy(), how="cross", maintain_order="left_right").with_columns(at=at).with_columns(
        persons=pl.lit(persons).gather(c("at")),
        ytd=upto(0) - upto(c("of_year")),
        ytd_last=pl.when(covered).then(upto(pl.when(covered).then(c("back")).otherwise(0)) - upto(pl.when(covered).then(c("back") + c("of_last")).otherwise(0))),
        seven=upto(0) - upto(pl.min_horizontal(c("i") + 1, 7)),
    ).with_columns(yoy_abs=c("ytd") - c("ytd_last")).select(
        "event_date", "route", "nationality", "persons", "ytd", "ytd_last", "yoy_abs",
        yoy_bp=pl.when(c("ytd_last") > 0).then((c("yoy_abs") * 10000 / c("ytd_last")).cast(pl.Int64)),
        mean7_milli=c("seven") * 1000 // 7,
    ).collect().write_csv(f"{out}/compare.csv")


{"j1": normalise, "j2": cube, "j3": compare}[sys.argv[1]](*sys.argv[2:])
