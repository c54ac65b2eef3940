-- J4a by DuckDB as lean as we could write it: only the new day is summed up, and
-- only its comparisons are made. What is before it is read, never written again.
CREATE TEMP TABLE country AS SELECT * FROM read_csv('${data}/countries.csv', header=true, all_varchar=true);
CREATE TEMP TABLE n AS
SELECT row_number() OVER () AS rec, record_id,
  CASE WHEN event_date[5]='-' THEN try_cast(event_date AS DATE) ELSE try_strptime(event_date,'%d/%m/%Y') END::DATE AS event_date,
  route, nationality,
  CASE sex WHEN 'M' THEN 'M' WHEN 'male' THEN 'M' WHEN 'F' THEN 'F' WHEN 'female' THEN 'F' ELSE 'U' END AS sex,
  age_band, try_cast(persons AS INTEGER) AS persons, try_cast(boats AS INTEGER) AS boats, source_id, quality, note
FROM read_csv('${data}/new_day.csv', header=true, all_varchar=true, nullstr='', quote='"', escape='"', delim=',', auto_detect=false, new_line='\n',
  columns={'record_id':'VARCHAR','event_date':'VARCHAR','route':'VARCHAR','nationality':'VARCHAR','sex':'VARCHAR','age_band':'VARCHAR','persons':'VARCHAR','boats':'VARCHAR','source_id':'VARCHAR','quality':'VARCHAR','note':'VARCHAR'});
CREATE TEMP TABLE dup AS SELECT n.rec FROM n JOIN (SELECT record_id, min(rec) AS first FROM n GROUP BY record_id HAVING count(*) > 1) d ON d.record_id = n.record_id AND n.rec > d.first
  UNION SELECT n.rec FROM n SEMI JOIN read_parquet('${out}/norm/year=2024/*.parquet') o ON o.record_id = n.record_id;
CREATE TEMP TABLE v AS SELECT n.* EXCLUDE (nationality), c.iso3 AS nationality, CASE
  WHEN event_date IS NULL OR event_date < DATE '2015-01-01' OR event_date > DATE '2024-12-31' THEN 'bad_date'
  WHEN c.iso3 IS NULL THEN 'unknown_country'
  WHEN persons IS NULL OR persons <= 0 THEN 'bad_persons'
  WHEN dup.rec IS NOT NULL THEN 'duplicate_id' END AS reason
FROM n LEFT JOIN country c ON c.name = n.nationality LEFT JOIN dup ON dup.rec = n.rec;
COPY (SELECT rec, reason FROM v WHERE reason IS NOT NULL ORDER BY rec) TO '${out}/rejects-new_day.csv' (HEADER);
COPY (SELECT record_id, event_date, route, nationality, sex, age_band, persons, boats, source_id, quality, note FROM v WHERE reason IS NULL ORDER BY route, event_date) TO '${out}/norm/year=2024/day.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1);
CREATE TEMP TABLE day AS SELECT event_date, route, nationality, sex, sum(persons)::BIGINT AS persons, count(*) AS n FROM v WHERE reason IS NULL GROUP BY ALL;
COPY (SELECT * FROM day ORDER BY ALL) TO '${out}/cube/year=2024/day.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1);
CREATE TEMP TABLE s AS SELECT route, nationality,
  coalesce(sum(persons) FILTER (event_date = DATE '2024-12-31'), 0)::BIGINT AS p,
  coalesce(sum(persons) FILTER (event_date >= DATE '2024-01-01'), 0)::BIGINT AS ytd,
  coalesce(sum(persons) FILTER (event_date < DATE '2024-01-01'), 0)::BIGINT AS ly,
  coalesce(sum(persons) FILTER (event_date > DATE '2024-12-24'), 0)::BIGINT AS s7
FROM (SELECT event_date, route, nationality, persons FROM read_parquet(['${out}/cube/year=2023/*.parquet','${out}/cube/year=2024/*.parquet'], hive_partitioning=false)) GROUP BY ALL;
-- All that ever occurred has a line, also where these two years have nothing of it.
CREATE TEMP TABLE k AS SELECT DISTINCT route, nationality FROM read_parquet('${out}/cube/*/*.parquet', hive_partitioning=true);
COPY (SELECT DATE '2024-12-31' AS event_date, route, nationality, coalesce(p,0) AS persons, coalesce(ytd,0) AS ytd, coalesce(ly,0) AS ytd_last,
  coalesce(ytd-ly,0) AS yoy_abs, CASE WHEN ly > 0 THEN ((ytd-ly)*10000) // ly END AS yoy_bp, coalesce((s7*1000)//7,0) AS mean7_milli
  FROM k LEFT JOIN s USING (route, nationality) ORDER BY route, nationality)
TO '${out}/compare-tail.csv' (HEADER);
