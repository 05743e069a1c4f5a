-- people_truth.sql - the people that dedup found, compared with the truth about the dumps.
--
--   psql -d STORE -v truth=DUMPS/truth/people.csv -f rehearsals/people_truth.sql
--
-- One line an index and organisation, and for a shared index one for all of it.  Pairs of registrations of
-- one person: true ones, those that people hold, and how many of these are right; then the pairs that
-- dedup is sure of (p >= 0.95, whatever its caution), and those that wait for a steward.
\set ON_ERROR_STOP on
CREATE TEMPORARY TABLE truth (organisation text, source_key text, person text);
\set copy '\\copy truth FROM ' :'truth' ' (FORMAT csv, HEADER)'
:copy
CREATE TEMPORARY TABLE found AS
SELECT o.index_name, o.organisation, m.patient_id, m.person_id, t.person
FROM mpi.member m
JOIN mpi.index_organisation o USING (org_id)
JOIN hms.patient p ON p.id = m.patient_id AND p.org_id = m.org_id
LEFT JOIN truth t ON t.organisation = o.organisation AND t.source_key = p.source_key;
CREATE INDEX ON found (patient_id);
CREATE TEMPORARY TABLE members AS
SELECT index_name, organisation, patient_id, person_id, person FROM found
UNION ALL
SELECT index_name, 'all', patient_id, person_id, person FROM found
WHERE index_name IN (SELECT index_name FROM found GROUP BY 1 HAVING count(DISTINCT organisation) > 1);
ANALYZE members;
CREATE TEMPORARY VIEW people_truth AS
WITH held AS (
    SELECT index_name, organisation, sum(n * (n - 1) / 2) AS pairs, sum(n) AS registrations, count(*) AS people
    FROM (SELECT index_name, organisation, count(*) AS n FROM members GROUP BY 1, 2, person_id) x GROUP BY 1, 2),
truly AS (
    SELECT index_name, organisation, sum(n * (n - 1) / 2) AS pairs
    FROM (SELECT index_name, organisation, count(*) AS n FROM members GROUP BY 1, 2, person) x GROUP BY 1, 2),
agreed AS (
    SELECT index_name, organisation, sum(n * (n - 1) / 2) AS pairs
    FROM (SELECT index_name, organisation, count(*) AS n FROM members GROUP BY 1, 2, person_id, person) x
    GROUP BY 1, 2),
scored AS (
    SELECT a.index_name, a.organisation,
           count(*) FILTER (WHERE p.probability >= 0.95) AS sure,
           count(*) FILTER (WHERE p.probability >= 0.95 AND a.person = b.person) AS sure_right,
           count(*) FILTER (WHERE p.band = 'review') AS review
    FROM mpi.pair p
    JOIN members a ON a.patient_id = p.a
    JOIN members b ON b.patient_id = p.b AND b.index_name = a.index_name AND b.organisation = a.organisation
    GROUP BY 1, 2)
SELECT index_name AS index, organisation, h.registrations, h.people, t.pairs AS true_pairs, h.pairs AS held,
       round(b.pairs / nullif(h.pairs, 0), 4) AS precision, round(b.pairs / nullif(t.pairs, 0), 4) AS recall,
       round(2 * b.pairs / nullif(h.pairs + t.pairs, 0), 4) AS f1,
       s.sure, round(s.sure_right / nullif(s.sure, 0)::numeric, 4) AS sure_precision, s.review
FROM held h
JOIN truly t USING (index_name, organisation)
JOIN agreed b USING (index_name, organisation)
LEFT JOIN scored s USING (index_name, organisation)
ORDER BY index_name, organisation = 'all', organisation;
