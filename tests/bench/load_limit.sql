-- load_limit.sql - one stream of the limit that `hms load` is measured against: a leaf filled by the server
-- itself from a file of its own tuples, then built as hms builds it.  Run by load.sh, one psql a lane.
--
--   psql -v lane=0 -v org_id=N -v folder=/where/the/tuples/are -f load_limit.sql

\set ON_ERROR_STOP on
\pset tuples_only on
SET synchronous_commit = off;
SET max_parallel_maintenance_workers = 0;
SET max_parallel_workers_per_gather = 0;
SET maintenance_work_mem = '256MB';
SET work_mem = '64MB';
SELECT mig.leaf_name('observation', 'limit', :lane, 2) AS leaf \gset

INSERT INTO bench.lap (lane, work) VALUES (:lane, 'start');
BEGIN;
SELECT mig.leaf_create(0, 'observation', 'limit', :org_id, :lane, 2) \g /dev/null
SELECT format('COPY aside.%I (%s) FROM %L (FORMAT binary, FREEZE)', :'leaf', bench.tuple_columns(),
              :'folder' || '/' || :lane || '.tuples') \gexec
COMMIT;
INSERT INTO bench.lap (lane, work) VALUES (:lane, 'copy');
\ir load_build.sql
