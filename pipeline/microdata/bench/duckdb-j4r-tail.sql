-- J4r by DuckDB as lean as we could write it: the month of the day is written again, and
-- comparisons are made from the day on, to the end of its year and of the next.
-- What is before it comes in as one sum for each key.
CREATE TEMP TABLE country AS SELECT * FROM read_csv('${data}/countries.csv', header=true, all_varchar=true);
CREATE TEMP TABLE n AS
SELECT row_number() OVER () AS rec, record_id,
  CASE WHEN event_date[5]='-' THEN try_cast(event_date AS DATE) ELSE try_strptime(event_date,'%d/%m/%Y') END::DATE AS event_date,
  route, nationality,
  CASE sex WHEN 'M' THEN 'M' WHEN 'male' THEN 'M' WHEN 'F' THEN 'F' WHEN 'female' THEN 'F' ELSE 'U' END AS sex,
  age_band, try_cast(persons AS INTEGER) AS persons, try_cast(boats AS INTEGER) AS boats, source_id, quality, note
FROM read_csv('${data}/revised_day.csv', header=true, all_varchar=true, nullstr='', quote='"', escape='"', delim=',', auto_detect=false, new_line='\n',
  columns={'record_id':'VARCHAR','event_date':'VARCHAR','route':'VARCHAR','nationality':'VARCHAR','sex':'VARCHAR','age_band':'VARCHAR','persons':'VARCHAR','boats':'VARCHAR','source_id':'VARCHAR','quality':'VARCHAR','note':'VARCHAR'});
CREATE TEMP TABLE dup AS SELECT n.rec FROM n JOIN (SELECT record_id, min(rec) AS first FROM n GROUP BY record_id HAVING count(*) > 1) d ON d.record_id = n.record_id AND n.rec > d.first
  UNION SELECT n.rec FROM n SEMI JOIN read_parquet('${out}/tail/norm/*/*.parquet') o ON o.record_id = n.record_id;
CREATE TEMP TABLE v AS SELECT n.* EXCLUDE (nationality), c.iso3 AS nationality, CASE
  WHEN event_date IS NULL OR event_date < DATE '2015-01-01' OR event_date > DATE '2024-12-31' THEN 'bad_date'
  WHEN c.iso3 IS NULL THEN 'unknown_country'
  WHEN persons IS NULL OR persons <= 0 THEN 'bad_persons'
  WHEN dup.rec IS NOT NULL THEN 'duplicate_id' END AS reason
FROM n LEFT JOIN country c ON c.name = n.nationality LEFT JOIN dup ON dup.rec = n.rec;
COPY (SELECT rec, reason FROM v WHERE reason IS NOT NULL ORDER BY rec) TO '${out}/rejects-revised_day.csv' (HEADER);
COPY (SELECT * FROM (SELECT record_id, event_date, route, nationality, sex, age_band, persons, boats, source_id, quality, note FROM read_parquet('${out}/tail/norm/m=6/*.parquet', hive_partitioning=false) WHERE event_date <> DATE '2019-06-15'
  UNION ALL SELECT record_id, event_date, route, nationality, sex, age_band, persons, boats, source_id, quality, note FROM v WHERE reason IS NULL) ORDER BY route, event_date)
TO '${out}/tail/norm-6.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1);
COPY (SELECT * FROM (SELECT event_date, route, nationality, sex, persons, n FROM read_parquet('${out}/tail/cube/m=6/*.parquet', hive_partitioning=false) WHERE event_date <> DATE '2019-06-15'
  UNION ALL SELECT event_date, route, nationality, sex, sum(persons)::BIGINT, count(*) FROM v WHERE reason IS NULL GROUP BY ALL) ORDER BY event_date, route, nationality, sex)
TO '${out}/tail/cube-6.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1);

CREATE TEMP TABLE p AS SELECT year(event_date) AS y, event_date, route, nationality, sum(persons)::BIGINT AS p FROM (
  SELECT event_date, route, nationality, persons FROM read_parquet(['${out}/cube/year=2018/*.parquet','${out}/cube/year=2020/*.parquet'], hive_partitioning=false)
  UNION ALL SELECT event_date, route, nationality, persons FROM read_parquet('${out}/tail/cube/*/*.parquet', hive_partitioning=true) WHERE m <> 6
  UNION ALL SELECT event_date, route, nationality, persons FROM read_parquet('${out}/tail/cube-6.parquet', hive_partitioning=false)) GROUP BY ALL;
CREATE TEMP TABLE k AS SELECT (row_number() OVER (ORDER BY route, nationality))::INTEGER AS k, route, nationality FROM (
  SELECT route, nationality FROM read_parquet('${out}/cube/*/*.parquet', hive_partitioning=true) WHERE year <> 2019 UNION SELECT route, nationality FROM p);
-- The mean of seven days looks back to 9 June. There is no 29 February behind it, so that the same number is the same day in each year.
CREATE TEMP TABLE g AS SELECT y, i, (make_date(y, 6, 9) + i)::DATE AS d FROM (SELECT unnest([2018, 2019, 2020]) AS y), (SELECT unnest(range(206))::INTEGER AS i);
CREATE TEMP TABLE b AS SELECT y, route, nationality, sum(p)::BIGINT AS b FROM p WHERE event_date < make_date(y, 6, 9) GROUP BY ALL;
CREATE TEMP TABLE c AS SELECT k.k, g.y, g.i, g.d, coalesce(p.p,0) AS p,
  coalesce(b.b,0) + sum(coalesce(p.p,0)) OVER (PARTITION BY k.k, g.y ORDER BY g.i ROWS UNBOUNDED PRECEDING)::BIGINT AS ytd,
  sum(coalesce(p.p,0)) OVER (PARTITION BY k.k, g.y ORDER BY g.i ROWS 6 PRECEDING)::BIGINT AS s7
FROM k CROSS JOIN g LEFT JOIN p ON p.route=k.route AND p.nationality=k.nationality AND p.event_date=g.d
  LEFT JOIN b ON b.route=k.route AND b.nationality=k.nationality AND b.y=g.y;
CREATE TEMP TABLE r AS SELECT c.y, c.k, c.d AS event_date, route, nationality, c.p AS persons, c.ytd, l.ytd AS ytd_last, c.ytd-l.ytd AS yoy_abs,
  CASE WHEN l.ytd > 0 THEN ((c.ytd-l.ytd)*10000) // l.ytd END AS yoy_bp, (c.s7*1000)//7 AS mean7_milli
FROM c JOIN c l ON l.k=c.k AND l.i=c.i AND l.y=c.y-1 JOIN k ON k.k=c.k WHERE c.i >= 6;
COPY (SELECT * EXCLUDE (y, k) FROM r WHERE y = 2019 ORDER BY event_date, k) TO '${out}/compare-tail-2019.csv' (HEADER);
COPY (SELECT * EXCLUDE (y, k) FROM r WHERE y = 2020 ORDER BY event_date, k) TO '${out}/compare-tail-2020.csv' (HEADER);
