"""Runs a benchmark job in DataFusion: datafusion_jobs.py j1|j2|j3 DATA OUT."""

import os
import sys

from datafusion import SessionConfig, SessionContext

RAW = ["record_id", "event_date", "route", "nationality", "sex", "age_band", "persons", "boats", "source_id", "quality", "note"]
PARQUET = "STORED AS PARQUET PARTITIONED BY (year) OPTIONS ('format.compression' 'zstd(1)')"


def normalise(sql, data, out):
    """J1: good records by year, sorted, and the reasons for refusing others."""
    for name, columns in [("raw", RAW), ("countries", ["name", "iso3"])]:
        # Since a field may have line breaks, one thread reads the file, and records are numbered as they lie.
        sql(f"""CREATE EXTERNAL TABLE {name} ({", ".join(c + " VARCHAR" for c in columns)}) STORED AS CSV LOCATION '{data}/{name}.csv'
          OPTIONS ('format.has_header' 'true', 'format.newlines_in_values' 'true', 'format.quote' '"', 'format.double_quote' 'true')""")
    sql("""CREATE TABLE numbered AS SELECT rec, record_id,
        try_cast(CASE WHEN substr(event_date, 3, 1) = '/' THEN concat(substr(event_date, 7), '-', substr(event_date, 4, 2), '-', substr(event_date, 1, 2)) ELSE event_date END AS DATE) AS event_date,
        route, iso3 AS nationality, CASE WHEN sex IN ('M', 'male') THEN 'M' WHEN sex IN ('F', 'female') THEN 'F' ELSE 'U' END AS sex, age_band,
        try_cast(persons AS INT) AS persons, try_cast(boats AS INT) AS boats, source_id, quality, note
      FROM (SELECT row_number() OVER () AS rec, * FROM raw) LEFT JOIN countries ON name = nationality""")
    sql("""CREATE TABLE judged AS SELECT n.*, CASE WHEN event_date IS NULL OR event_date < DATE '2015-01-01' OR event_date > DATE '2024-12-31' THEN 'bad_date'
        WHEN nationality IS NULL THEN 'unknown_country' WHEN persons IS NULL OR persons <= 0 THEN 'bad_persons' WHEN n.rec > d.first THEN 'duplicate_id' END AS reason
      FROM numbered n LEFT JOIN (SELECT record_id AS id, min(rec) AS first FROM numbered GROUP BY record_id HAVING count(*) > 1) d ON d.id = n.record_id""")
    os.makedirs(out, exist_ok=True)
    sql(f"COPY (SELECT rec, reason FROM judged WHERE reason IS NOT NULL ORDER BY rec) TO '{out}/rejects.csv' STORED AS CSV OPTIONS ('format.has_header' 'true')")
    sql(f"""COPY (SELECT {", ".join(RAW)}, date_part('year', event_date) AS year FROM judged WHERE reason IS NULL ORDER BY route, event_date)
      TO '{out}/norm/' {PARQUET}""")


def cube(sql, data, out):
    """J2: sums and numbers of records."""
    sql(f"CREATE EXTERNAL TABLE norm STORED AS PARQUET LOCATION '{out}/norm/'")
    sql(f"""COPY (SELECT event_date, route, nationality, sex, sum(persons) AS persons, count(*) AS n, date_part('year', event_date) AS year
      FROM norm GROUP BY event_date, route, nationality, sex ORDER BY event_date, route, nationality, sex) TO '{out}/cube/' {PARQUET}""")


def compare(sql, data, out):
    """J3: comparisons by calendar date."""
    sql(f"CREATE EXTERNAL TABLE cube STORED AS PARQUET LOCATION '{out}/cube/'")
    sql("CREATE TABLE d AS SELECT event_date, route, nationality, sum(persons) AS p FROM cube GROUP BY event_date, route, nationality")
    sql("CREATE TABLE k AS SELECT row_number() OVER (ORDER BY route, nationality) AS k, route, nationality FROM (SELECT DISTINCT route, nationality FROM d)")
    sql("CREATE TABLE days AS SELECT cast(unnest(generate_series(DATE '2015-01-01', (SELECT max(event_date) FROM d), INTERVAL '1 day')) AS DATE) AS event_date")
    sql("CREATE TABLE e AS SELECT k, event_date, p FROM d JOIN k ON d.route = k.route AND d.nationality = k.nationality")
    sql("""CREATE TABLE y AS SELECT g.k, g.event_date, coalesce(p, 0) AS p,
        sum(coalesce(p, 0)) OVER (PARTITION BY g.k, date_part('year', g.event_date) ORDER BY g.event_date) AS ytd,
        sum(coalesce(p, 0)) OVER (PARTITION BY g.k ORDER BY g.event_date ROWS 6 PRECEDING) AS s7
      FROM (SELECT k.k, days.event_date FROM k CROSS JOIN days) g LEFT JOIN e ON e.k = g.k AND e.event_date = g.event_date""")
    sql(f"""COPY (SELECT a.event_date, route, nationality, a.p AS persons, a.ytd, b.ytd AS ytd_last, a.ytd - b.ytd AS yoy_abs,
        CASE WHEN b.ytd > 0 THEN (a.ytd - b.ytd) * 10000 / b.ytd END AS yoy_bp, a.s7 * 1000 / 7 AS mean7_milli
      FROM (SELECT *, cast(event_date - INTERVAL '1 year' AS DATE) AS last FROM y) a JOIN k ON k.k = a.k LEFT JOIN y b ON b.k = a.k AND b.event_date = a.last
      ORDER BY a.event_date, a.k) TO '{out}/compare.csv' STORED AS CSV OPTIONS ('format.has_header' 'true')""")


context = SessionContext(SessionConfig().with_target_partitions(os.cpu_count()))
{"j1": normalise, "j2": cube, "j3": compare}[sys.argv[1]](lambda text: context.sql(text).collect(), *sys.argv[2:])
