-- load_build.sql - builds a filled leaf aside as `hms load` does: key, foreign keys, indexes, statistics.
--
--   psql -v leaf=NAME -v lane=N -f load_build.sql

\set ON_ERROR_STOP on
\pset tuples_only on
SELECT mig.leaf_key(:'leaf') \g /dev/null
INSERT INTO bench.lap (lane, work) VALUES (:lane, 'keys');

SELECT format('ALTER TABLE aside.%I ADD CONSTRAINT %I FOREIGN KEY (%I, org_id) '
              'REFERENCES hms.%I (id, org_id) NOT VALID',
              :'leaf', column_name || '_fkey', column_name, parent || '__northgate'),
       format('ALTER TABLE aside.%I VALIDATE CONSTRAINT %I', :'leaf', column_name || '_fkey')
FROM mig.reference WHERE entity = 'observation' \gexec
INSERT INTO bench.lap (lane, work) VALUES (:lane, 'foreign keys');

SELECT mig.leaf_indexes('observation', :'leaf') \g /dev/null
INSERT INTO bench.lap (lane, work) VALUES (:lane, 'indexes');

SELECT mig.leaf_analyze(:'leaf') \g /dev/null
INSERT INTO bench.lap (lane, work) VALUES (:lane, 'statistics');
