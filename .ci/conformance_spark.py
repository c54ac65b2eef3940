"""Apache Spark as a reader: a session on this machine."""

import datetime

from pyspark.sql import SparkSession, functions


def session():
    """A session of two threads that says nothing but errors."""
    spark = (
        SparkSession.builder.master("local[2]").appName("conformance")
        .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4").config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def lake(check, folder, series, newest, years, total):
    """The year totals of a series in the lake of observations, and the number of its rows."""
    frame = session().read.parquet(str(folder))
    check("Spark, rows", frame.count(), total)
    picked = frame.filter((frame.series == series) & (frame.vintage == functions.lit(newest)))
    sums = picked.groupBy(functions.year("period_start").alias("y")).agg(functions.sum("value").alias("n")).collect()
    check("Spark", {r.y: int(r.n) for r in sums if r.y < 2026}, years)


def records(check, norm, cube, want):
    """Records and their sums: rows, persons by year, and that the cube is the sum of the records."""
    spark = session()
    rows, sums = spark.read.parquet(str(norm)), spark.read.parquet(str(cube))
    check("records, Spark, rows and persons", tuple(rows.agg(functions.count("*"), functions.sum("persons")).first()), want)
    check("records, Spark, first and last day", tuple(rows.agg(functions.min("event_date"), functions.max("event_date")).first()), (datetime.date(2015, 1, 1), datetime.date(2024, 12, 30)))
    check("records, Spark, partition and day agree", rows.filter(functions.year("event_date") != rows.year).count(), 0)
    again = rows.groupBy("event_date", "route", "nationality", "sex").agg(functions.sum("persons").alias("persons"), functions.count("*").alias("n"))
    columns = ["event_date", "route", "nationality", "sex", "persons", "n"]
    check("cube, Spark, rows of one alone", again.select(columns).exceptAll(sums.select(columns)).count() + sums.select(columns).exceptAll(again.select(columns)).count(), 0)
