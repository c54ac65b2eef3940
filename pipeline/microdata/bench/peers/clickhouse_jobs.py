"""Runs a benchmark job in ClickHouse as a library: clickhouse_jobs.py j1|j2|j3 DATA OUT."""

import os
import sys

from chdb import session

SETTINGS = """SETTINGS output_format_parquet_compression_method='zstd', output_format_compression_level=1,
  engine_file_truncate_on_insert=1, allow_suspicious_low_cardinality_types=1"""
RAW = """record_id String, event_date String, route LowCardinality(String), nationality LowCardinality(String), sex LowCardinality(String),
  age_band LowCardinality(String), persons Nullable(Int32), boats Nullable(Int32), source_id LowCardinality(String), quality LowCardinality(String), note String"""
NORM = """record_id String, event_date Date32, route String, nationality String, sex String, age_band String,
  persons Int32, boats Nullable(Int32), source_id String, quality String, note String"""
CUBE = "event_date Date32, route LowCardinality(String), nationality LowCardinality(String), sex LowCardinality(String), persons {}, n Int64"


def by_year(folder, columns):
    """The function that writes a Parquet file a year. Its folders must exist."""
    for year in range(2015, 2025):
        os.makedirs(f"{folder}/year={year}", exist_ok=True)
    return f"INSERT INTO FUNCTION file('{folder}/year={{_partition_id}}/data.parquet', 'Parquet', '{columns}, year UInt16') PARTITION BY year {SETTINGS}"


def normalise(query, data, out):
    """J1: good records by year, sorted, and the reasons for refusing others."""
    # One thread writes the table, so that records are numbered as they lie; the text is parsed by all.
    query(f"CREATE TABLE raw ENGINE=Memory AS SELECT rowNumberInAllBlocks() + 1 AS rec, * FROM file('{data}/raw.csv', 'CSVWithNames', '{RAW}') SETTINGS max_threads=1")
    query(f"CREATE TABLE country ENGINE=Memory AS SELECT * FROM file('{data}/countries.csv', 'CSVWithNames', 'name String, iso3 String')")
    query("""CREATE TABLE again ENGINE=Memory AS SELECT rec FROM raw INNER JOIN
      (SELECT record_id, min(rec) AS first FROM raw GROUP BY record_id HAVING count() > 1) AS d USING record_id WHERE rec > first""")
    # A day that does not exist is moved or clamped, not refused: its text must come back.
    query("""CREATE VIEW judged AS SELECT rec, record_id,
        if(substring(event_date, 3, 1) = '/', concat(substring(event_date, 7, 4), '-', substring(event_date, 4, 2), '-', substring(event_date, 1, 2)), event_date) AS iso,
        toDate32OrNull(iso) AS near, if(toString(near) = iso, near, NULL) AS day,
        route, c.iso3 AS code, multiIf(sex IN ('M', 'male'), 'M', sex IN ('F', 'female'), 'F', 'U') AS sex, age_band, persons, boats, source_id, quality, note,
        multiIf(isNull(day) OR day NOT BETWEEN toDate32('2015-01-01') AND toDate32('2024-12-31'), 'bad_date', code = '', 'unknown_country',
          isNull(persons) OR persons <= 0, 'bad_persons', rec IN again, 'duplicate_id', '') AS reason
      FROM raw LEFT JOIN country AS c ON c.name = raw.nationality""")
    os.makedirs(out, exist_ok=True)
    query(f"INSERT INTO FUNCTION file('{out}/rejects.csv', 'CSVWithNames', 'rec UInt64, reason String') {SETTINGS} SELECT rec, reason FROM judged WHERE reason <> '' ORDER BY rec")
    query(by_year(f"{out}/norm", NORM) + """ SELECT record_id, assumeNotNull(day) AS event_date, route, code, sex, age_band, assumeNotNull(persons), boats, source_id, quality, note,
      toYear(event_date) AS year FROM judged WHERE reason = '' ORDER BY route, event_date""")


def cube(query, data, out):
    """J2: sums and numbers of records."""
    query(by_year(f"{out}/cube", CUBE.format("Int64")) + f""" SELECT event_date, route, nationality, sex, sum(toInt64(persons)), count(), toYear(event_date) AS year
      FROM file('{out}/norm/year=*/*.parquet', 'Parquet', '{CUBE.format("Int32").removesuffix(", n Int64")}')
      GROUP BY event_date, route, nationality, sex ORDER BY event_date, route, nationality, sex""")


def compare(query, data, out):
    """J3: comparisons by calendar date."""
    query(f"CREATE TABLE d ENGINE=Memory AS SELECT event_date, route, nationality, sum(persons) AS p FROM file('{out}/cube/year=*/*.parquet', 'Parquet', '{CUBE.format('Int64')}') GROUP BY ALL")
    query("CREATE TABLE k ENGINE=Memory AS SELECT toUInt32(rowNumberInAllBlocks()) AS k, route, nationality FROM (SELECT DISTINCT route, nationality FROM d ORDER BY route, nationality)")
    query("""CREATE TABLE y ENGINE=Memory AS SELECT k, event_date, p, sum(p) OVER (PARTITION BY k, toYear(event_date) ORDER BY event_date) AS ytd,
        sum(p) OVER (PARTITION BY k ORDER BY event_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s7
      FROM (SELECT k.k AS k, addDays(toDate32('2015-01-01'), number) AS event_date
        FROM k CROSS JOIN numbers(assumeNotNull((SELECT toUInt32(toInt32(max(event_date)) - 16435) FROM d))) AS n) AS g
      LEFT JOIN (SELECT k.k AS k, d.event_date AS event_date, d.p AS p FROM d INNER JOIN k ON d.route = k.route AND d.nationality = k.nationality) AS e
        ON e.k = g.k AND e.event_date = g.event_date""")
    query(f"""INSERT INTO FUNCTION file('{out}/compare.csv', 'CSVWithNames', 'event_date Date32, route String, nationality String, persons Int64, ytd Int64,
        ytd_last Nullable(Int64), yoy_abs Nullable(Int64), yoy_bp Nullable(Int64), mean7_milli Int64') {SETTINGS}, format_csv_null_representation='', join_use_nulls=1
      SELECT a.event_date, k.route, k.nationality, a.p, a.ytd, b.ytd AS ytd_last, a.ytd - ytd_last AS yoy_abs,
        if(ytd_last > 0, intDiv(yoy_abs * 10000, nullIf(ytd_last, 0)), NULL), intDiv(a.s7 * 1000, 7)
      FROM (SELECT *, addYears(event_date, -1) AS last FROM y) AS a LEFT JOIN y AS b ON b.k = a.k AND b.event_date = a.last INNER JOIN k ON k.k = a.k
      ORDER BY a.event_date, a.k""")


s = session.Session()
{"j1": normalise, "j2": cube, "j3": compare}[sys.argv[1]](s.query, *(os.path.abspath(p) for p in sys.argv[2:]))
