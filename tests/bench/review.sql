-- A hospital of :n registrations in a fresh store, and what a run of dedup would have left: a quarter as many pairs, of
-- which one in five waits for review.
INSERT INTO hms.organisation (org_id, code, name) VALUES (101, 'big', 'Big');
DO $$
DECLARE
    entity text;
BEGIN
    FOREACH entity IN ARRAY ARRAY['patient', 'patient_name', 'patient_identifier', 'encounter'] LOOP
        EXECUTE format('CREATE TABLE hms.%I PARTITION OF hms.%I FOR VALUES IN (101)', entity || '__big', entity);
    END LOOP;
END
$$;
INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, birth_date, birth_precision, sex, run_id)
SELECT md5('p' || i)::uuid, 101, 's', 'p' || i, md5('h' || i)::uuid, i::text, date '1930-01-01' + (hashint4(i) & 32767) % 30000,
       'D', 'female', 1 FROM generate_series(1, :n) i;
INSERT INTO hms.patient_name (id, org_id, source_system, source_key, row_hash, patient_id, use, family, given, run_id)
SELECT md5('n' || i)::uuid, 101, 's', 'n' || i, md5('h' || i)::uuid, md5('p' || i)::uuid, 'official',
       'Family' || (hashint4(i + 7) & 4095), 'Given' || (hashint4(i + 9) & 511), 1 FROM generate_series(1, :n) i;
INSERT INTO hms.patient_identifier (id, org_id, source_system, source_key, row_hash, patient_id, system, value, value_norm, run_id)
SELECT md5('i' || i)::uuid, 101, 's', 'i' || i, md5('h' || i)::uuid, md5('p' || i)::uuid, 'national', i::text, i::text, 1
FROM generate_series(1, :n) i;
INSERT INTO hms.encounter (id, org_id, source_system, source_key, row_hash, patient_id, class, state, run_id)
SELECT md5('e' || i)::uuid, 101, 's', 'e' || i, md5('h' || i)::uuid, md5('p' || (i % :n + 1))::uuid, 'AMB', 'finished', 1
FROM generate_series(1, 3 * :n) i;
INSERT INTO mpi.index (index_name) VALUES ('big');
INSERT INTO mpi.index_organisation (org_id, organisation, index_name) VALUES (101, 'big', 'big');
INSERT INTO mpi.run (index_name, kind, state, model_name, model_checksum, link_probability, review_probability, tool_version)
VALUES ('big', 'full', 'done', 'bench', 'x', 0.95, 0.01, 'bench');
INSERT INTO mpi.person (person_id, index_name, since_run) SELECT id, 'big', 1 FROM hms.patient;
INSERT INTO mpi.member (patient_id, org_id, person_id, since_run, certain) SELECT id, 101, id, 1, true FROM hms.patient;
INSERT INTO mpi.pair (a, b, run_id, weight, probability, band, cause, levels)
SELECT least(x, y), greatest(x, y), 1, 0,
       CASE i % 5 WHEN 0 THEN (i % 90 + 5) / 100.0 WHEN 1 THEN 0.97 ELSE 0.9999 END,
       CASE i % 5 WHEN 0 THEN 'review' ELSE 'link' END, '', ''
FROM generate_series(1, :n / 4) i, LATERAL (SELECT md5('p' || i)::uuid AS x, md5('p' || i + 1)::uuid AS y) ids;
ANALYZE;
