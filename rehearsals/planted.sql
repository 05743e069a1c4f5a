-- Is each row that hms synth made bad where it belongs?  Run by the demo and by a test:
--
--   psql -v bad_rows=DIR/truth/bad_rows.csv -f rehearsals/planted.sql
--
-- A row has its place when the store's own records name it, by file and line or by its key; issues of a
-- code without a map have no record of their own and are compared as counts.  Prints one line a kind.
\set ON_ERROR_STOP on
CREATE TEMP TABLE planted (organisation text, source_table text, source_key text, line bigint, kind text,
                           outcome text, rule text, entity text);
\set copy '\\copy planted FROM ' :'bad_rows' ' (FORMAT csv, HEADER)'
:copy

CREATE TEMP TABLE known AS
    SELECT organisation, entity, outcome, rule, split_part(file, '.', 1) AS source_table, line,
           replace(source_key, chr(30), '/') AS source_key
    FROM mig.reject
    UNION ALL
    SELECT r.organisation, m.entity, 'merged', m.rule, NULL, NULL, NULL
    FROM mig.merged m JOIN mig.run r USING (run_id), generate_series(1, m.rows)
    UNION ALL
    SELECT organisation, entity, 'issue', rule, NULL, NULL, replace(source_key, chr(30), '/')
    FROM mig.adjustment
    UNION ALL
    SELECT organisation, entity, 'issue', rule, NULL, NULL, replace(source_key, chr(30), '/')
    FROM mig.finding
    UNION ALL
    SELECT organisation, entity, 'issue', rule, NULL, NULL, NULL
    FROM mig.balance, generate_series(1, rows) WHERE outcome = 'issue' AND rule LIKE 'code.%';

SELECT p.organisation, p.kind, p.outcome, p.rule, count(*) AS planted,
       least(count(*), CASE WHEN p.outcome = 'merged' OR p.rule LIKE 'code.unmapped' THEN
           (SELECT count(*) FROM known k WHERE k.organisation = p.organisation AND k.entity = p.entity
                AND k.outcome = p.outcome AND k.rule = p.rule)
       ELSE count(*) FILTER (WHERE EXISTS (
           SELECT FROM known k WHERE k.organisation = p.organisation AND k.entity = p.entity
                AND k.outcome = p.outcome AND k.rule = p.rule
                AND ((k.source_table = p.source_table AND k.line = p.line) OR k.source_key = p.source_key)))
       END) AS found
INTO TEMP places
FROM planted p GROUP BY p.organisation, p.entity, p.kind, p.outcome, p.rule;
