-- What duckdb-j4r-tail.sql starts from, made before it is timed: 2019 by months, as ours has it.
COPY (SELECT *, month(event_date) AS m FROM read_parquet('${out}/norm/year=2019/*.parquet', hive_partitioning=false) ORDER BY route, event_date)
TO '${out}/tail/norm' (FORMAT parquet, PARTITION_BY (m), COMPRESSION zstd, COMPRESSION_LEVEL 1);
COPY (SELECT *, month(event_date) AS m FROM read_parquet('${out}/cube/year=2019/*.parquet', hive_partitioning=false) ORDER BY event_date, route, nationality, sex)
TO '${out}/tail/cube' (FORMAT parquet, PARTITION_BY (m), COMPRESSION zstd, COMPRESSION_LEVEL 1);
