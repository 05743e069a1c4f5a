-- Merges of people by stewards, and their golden record (hms people merge, unmerge, golden).
-- A merge changes no row of the record: it is a line in mpi.merge, from which mpi.member is worked
-- out together with what dedup says.  Taking the line away gives back what was there.

CREATE TABLE mpi.merge (
    merge_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    index_name text NOT NULL REFERENCES mpi.index,
    a uuid NOT NULL,
    b uuid NOT NULL,
    registrations uuid[] NOT NULL,
    run_id integer NOT NULL REFERENCES mpi.run,
    verdict_id bigint NOT NULL REFERENCES mpi.verdict,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    why text,
    undone_run integer REFERENCES mpi.run,
    undone_by text,
    undone_at timestamptz,
    CHECK (a <> b),
    CHECK ((undone_run IS NULL) = (undone_by IS NULL) AND (undone_run IS NULL) = (undone_at IS NULL))
);
CREATE UNIQUE INDEX merge_in_force ON mpi.merge (least(a, b), greatest(a, b)) WHERE undone_run IS NULL;
CREATE INDEX ON mpi.merge (a) WHERE undone_run IS NULL;
CREATE INDEX ON mpi.merge (b) WHERE undone_run IS NULL;

CREATE TABLE mpi.merge_row (
    merge_id bigint NOT NULL REFERENCES mpi.merge,
    patient_id uuid NOT NULL,
    entity text NOT NULL,
    column_name text NOT NULL,
    row_ids uuid[] NOT NULL,
    row_hashes uuid[] NOT NULL,
    PRIMARY KEY (merge_id, patient_id, entity, column_name)
);

CREATE TABLE mpi.merge_member (
    patient_id uuid PRIMARY KEY,
    org_id integer NOT NULL,
    person_id uuid NOT NULL REFERENCES mpi.person,
    since_run integer NOT NULL REFERENCES mpi.run,
    certain boolean NOT NULL,
    now_person_id uuid NOT NULL REFERENCES mpi.person,
    now_since_run integer NOT NULL REFERENCES mpi.run,
    now_certain boolean NOT NULL
);
CREATE INDEX ON mpi.merge_member (now_person_id);

ALTER TABLE mpi.member ADD COLUMN leader uuid, ADD COLUMN merged boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN mpi.member.merged IS 'A merge in force names this registration.';
COMMENT ON COLUMN mpi.member.leader IS 'Of a person that merges made: the registration of the same organisation that leads.';

CREATE TABLE mpi.moved (
    moved_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    merge_id bigint NOT NULL REFERENCES mpi.merge,
    entity text NOT NULL,
    column_name text NOT NULL,
    row_id uuid NOT NULL,
    org_id integer NOT NULL,
    from_patient uuid NOT NULL,
    to_patient uuid NOT NULL,
    moved_by text NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now(),
    taken_back_by text,
    taken_back_at timestamptz,
    CHECK ((taken_back_by IS NULL) = (taken_back_at IS NULL))
);
CREATE INDEX ON mpi.moved (row_id);

CREATE TABLE mpi.choice (
    choice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id uuid NOT NULL,
    field text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    why text,
    withdrawn_by text,
    withdrawn_at timestamptz,
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
);
CREATE UNIQUE INDEX choice_in_force ON mpi.choice (patient_id, field) WHERE withdrawn_at IS NULL;

COMMENT ON TABLE mpi.merge IS 'A steward joined the people of two registrations; a leads. In force are rows without undone_run. registrations: who was in the two people at that time.';
COMMENT ON TABLE mpi.merge_row IS 'What hung on each registration when a merge was made: ids and hashes of rows, side by side; no values.';
COMMENT ON TABLE mpi.merge_member IS 'Registrations of people that merges made: what mpi.member says without the merges (person_id, since_run, certain), and what they made of it (now_...).';
COMMENT ON TABLE mpi.moved IS 'Rows that came after a merge and were asked about when it was undone: whose they were, whose they are by the steward''s answer (the same: it stays), and whether that was taken back.';
COMMENT ON TABLE mpi.choice IS 'A steward''s choice: for this field, the value of this registration survives in the golden record. The latest in force among the registrations of a person counts.';

-- ---------------------------------------------------------------- reading by person

-- An organisation sees its own registrations only, whatever the index of people holds.
ALTER TABLE mpi.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON mpi.member
    USING (org_id = nullif(current_setting('hms.org_id', true), '')::integer);
GRANT USAGE ON SCHEMA mpi TO hms_api;
GRANT SELECT (patient_id, org_id, person_id, certain, leader, merged) ON mpi.member TO hms_api;

-- Every row that names a patient, of whatever entity; to be made again when an entity is added.
-- dated: the row's own first time or date.
CREATE FUNCTION mpi.make_patient_row() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    branches text;
BEGIN
    SELECT string_agg(format(
        'SELECT %L::text AS entity, %L::text AS column_name, t.org_id, t.%I AS patient_id, t.id AS row_id, '
        't.source_system, t.run_id, t.row_hash, %s AS dated FROM hms.%I t',
        r.entity, r.column_name, r.column_name, coalesce('t.' || quote_ident(d.attname) || '::text', 'NULL::text'),
        r.entity), ' UNION ALL ' ORDER BY r.entity, r.column_name) INTO branches
    FROM mig.reference r
    LEFT JOIN LATERAL (
        SELECT a.attname FROM pg_attribute a
        WHERE a.attrelid = format('hms.%I', r.entity)::regclass AND NOT a.attisdropped
          AND a.atttypid IN ('timestamptz'::regtype, 'date'::regtype)
        ORDER BY a.atttypid = 'date'::regtype, a.attnum LIMIT 1) d ON true
    WHERE r.parent = 'patient' AND r.entity <> 'patient';
    EXECUTE 'CREATE OR REPLACE VIEW mpi.patient_row WITH (security_invoker = true) AS ' || branches;
    COMMENT ON VIEW mpi.patient_row IS 'Every row that names a patient: entity, id, hash and the row''s own date.';
END
$$;
DO $$
BEGIN
    PERFORM mpi.make_patient_row();
END
$$;

CREATE VIEW mpi.person_row WITH (security_invoker = true) AS
    SELECT m.person_id, r.* FROM mpi.member m
    JOIN mpi.patient_row r ON r.org_id = m.org_id AND r.patient_id = m.patient_id;
COMMENT ON VIEW mpi.person_row IS 'Every row of a person, whichever of the registrations it hangs on.';

-- FHIR R4 Patient.link (hl7.org/fhir/R4/patient.html#links): what a steward merged is replaced;
-- what dedup alone holds for one person is in use, and the others are seen also.
CREATE VIEW hms.patient_link WITH (security_invoker = true) AS
    SELECT m.org_id, m.patient_id, o.patient_id AS other_id,
           CASE WHEN m.merged AND m.leader <> m.patient_id THEN 'replaced-by'
                WHEN o.merged AND o.leader = m.patient_id THEN 'replaces'
                ELSE 'seealso' END AS kind
    FROM mpi.member m
    JOIN mpi.member o ON o.person_id = m.person_id AND o.org_id = m.org_id AND o.patient_id <> m.patient_id
    WHERE CASE WHEN m.merged AND m.leader <> m.patient_id THEN o.patient_id = m.leader
               WHEN o.merged AND o.leader <> o.patient_id THEN o.leader = m.patient_id
               ELSE m.certain AND o.certain END;
COMMENT ON VIEW hms.patient_link IS 'Other registrations of the same person with the same organisation, in the words of FHIR: replaced-by, replaces, seealso.';
GRANT SELECT ON mpi.patient_row, mpi.person_row, hms.patient_link TO hms_api;

-- What the golden record is chosen from: every known value of every field of every registration.
-- united: all are kept, none survives alone.  parts: how complete.  at: how recent.
CREATE VIEW mpi.golden_candidate WITH (security_invoker = true) AS
    SELECT p.id AS patient_id, p.org_id, p.source_system, p.run_id, p.id AS row_id,
           coalesce(p.updated_at, p.registered_at) AS at, v.field, false AS united, v.value,
           length(v.value) AS parts
    FROM hms.patient p CROSS JOIN LATERAL (VALUES
        ('birth_date', left(p.birth_date::text, CASE p.birth_precision WHEN 'Y' THEN 4 WHEN 'M' THEN 7 ELSE 10 END)),
        ('birth_place', p.birth_place),
        ('sex', nullif(p.sex, 'unknown')),
        ('deceased', coalesce(p.deceased, p.deceased_at IS NOT NULL OR NULL)::text),
        ('deceased_at', CASE p.deceased_precision
            WHEN 'Y' THEN left(((p.deceased_at + interval '12 hours') AT TIME ZONE 'UTC')::date::text, 4)
            WHEN 'M' THEN left(((p.deceased_at + interval '12 hours') AT TIME ZONE 'UTC')::date::text, 7)
            WHEN 'D' THEN ((p.deceased_at + interval '12 hours') AT TIME ZONE 'UTC')::date::text
            ELSE (p.deceased_at AT TIME ZONE 'UTC')::text END),
        ('marital_status', CASE WHEN p.marital_status NOT IN ('U', 'UNK') THEN p.marital_status END),
        ('language', p.language),
        ('nationality', p.nationality),
        ('race', p.race),
        ('ethnicity', p.ethnicity),
        ('religion', p.religion),
        ('occupation', p.occupation),
        ('blood_group', p.blood_group),
        ('confidentiality', p.confidentiality)) v (field, value)
    WHERE v.value ~ '\S'
    UNION ALL
    SELECT p.id, p.org_id, p.source_system, p.run_id, p.id, coalesce(p.updated_at, p.registered_at),
           'identifier', true, 'mrn ' || p.mrn, 0
    FROM hms.patient p
    UNION ALL
    SELECT t.patient_id, t.org_id, t.source_system, t.run_id, t.id, coalesce(p.updated_at, p.registered_at),
           t.field, t.united, t.value, t.parts
    FROM hms.patient p JOIN (
        SELECT i.patient_id, i.org_id, i.source_system, i.run_id, i.id, 'identifier' AS field, true AS united,
               concat_ws(' ', i.system, i.value) AS value, 0 AS parts
        FROM hms.patient_identifier i
        UNION ALL
        SELECT n.patient_id, n.org_id, n.source_system, n.run_id, n.id, f.field, f.united,
               coalesce(nullif(n.text, ''), concat_ws(' ', n.prefix, n.given, n.middle, n.family, n.suffix)),
               num_nonnulls(n.prefix, n.given, n.middle, n.family, n.suffix) * 1000
                   + length(concat(n.given, n.middle, n.family))
        FROM hms.patient_name n
        CROSS JOIN (VALUES ('name', true), ('preferred_name', false)) f (field, united)
        WHERE f.united OR n.use IS NULL OR n.use IN ('usual', 'official')
        UNION ALL
        SELECT a.patient_id, a.org_id, a.source_system, a.run_id, a.id, 'address', true,
               concat_ws(', ', a.line1, a.line2, a.city, a.district, a.region, a.postal_code, a.country), 0
        FROM hms.patient_address a
        UNION ALL
        SELECT c.patient_id, c.org_id, c.source_system, c.run_id, c.id, 'telecom', true,
               concat_ws(' ', c.kind, c.value), 0
        FROM hms.patient_telecom c
        UNION ALL
        SELECT k.patient_id, k.org_id, k.source_system, k.run_id, k.id, 'contact', true,
               concat_ws(', ', k.relationship, k.name, k.phone, k.address), 0
        FROM hms.patient_contact k
        UNION ALL
        SELECT g.patient_id, g.org_id, g.source_system, g.run_id, g.id,
               CASE WHEN g.negated THEN 'no_allergy' ELSE 'allergy' END, true,
               concat_ws(' ', g.code_system, g.code, coalesce(g.source_text, g.source_code), g.criticality,
                         g.clinical_state, g.verification),
               CASE WHEN g.verification IN ('refuted', 'entered-in-error')
                      OR g.clinical_state IN ('inactive', 'resolved') THEN 0 ELSE 1 END
        FROM hms.allergy g) t
      ON t.patient_id = p.id AND t.org_id = p.org_id
    WHERE t.value ~ '\S' OR t.field = 'no_allergy';
COMMENT ON VIEW mpi.golden_candidate IS 'Every known value of every field of every registration, with where it came from: what survivor rules choose from. Of allergies, parts 1 says that it is in force.';
GRANT SELECT ON mpi.golden_candidate TO hms_api;

-- The same of one person, read by registration and not as a whole: of those that the reader may see.
CREATE FUNCTION mpi.golden_of(person uuid) RETURNS SETOF mpi.golden_candidate
LANGUAGE plpgsql ROWS 60 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    before text := current_setting('hms.org_id', true);
    one record;
BEGIN
    FOR one IN SELECT m.patient_id, m.org_id FROM mpi.member m WHERE m.person_id = person LOOP
        PERFORM set_config('hms.org_id', one.org_id::text, true);
        RETURN QUERY SELECT g.* FROM mpi.golden_candidate g
            WHERE g.org_id = one.org_id AND g.patient_id = one.patient_id;
    END LOOP;
    PERFORM set_config('hms.org_id', coalesce(before, ''), true);
END
$$;

-- ---------------------------------------------------------------- merging

-- The owner of the store, too, sees the record of one organisation at a time: until the transaction ends.
CREATE FUNCTION mpi.merge_see(org integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('hms.org_id', org::text, true);
END
$$;

-- How verdicts name a registration.
CREATE FUNCTION mpi.merge_key(patient uuid, OUT organisation text, OUT source_system text, OUT source_key text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM mpi.merge_see(m.org_id) FROM mpi.member m WHERE m.patient_id = patient;
    SELECT o.code, p.source_system, p.source_key INTO organisation, source_system, source_key
    FROM hms.patient p JOIN hms.organisation o ON o.org_id = p.org_id WHERE p.id = patient;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'registration % is not in the record', patient USING ERRCODE = '55000';
    END IF;
END
$$;

-- Merges in force of these registrations, but for those across organisations that share no index any
-- more.
CREATE FUNCTION mpi.merges_of(named uuid[])
RETURNS TABLE (merge_id bigint, a uuid, b uuid, run_id integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY SELECT g.merge_id, g.a, g.b, g.run_id
    FROM mpi.merge g JOIN mpi.member x ON x.patient_id = g.a JOIN mpi.member y ON y.patient_id = g.b
    LEFT JOIN mpi.index_organisation i ON i.org_id = x.org_id
    LEFT JOIN mpi.index_organisation j ON j.org_id = y.org_id
    WHERE g.undone_run IS NULL AND (g.a = ANY (named) OR g.b = ANY (named))
      AND (x.org_id = y.org_id OR i.index_name = j.index_name)
    ORDER BY g.merge_id;
END
$$;

-- The registrations that merges and membership tie to the seeds.
CREATE FUNCTION mpi.merge_component(seeds uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    found_ids uuid[];
    more uuid[] := seeds;
    people uuid[];
BEGIN
    LOOP
        found_ids := more;
        SELECT array_agg(x.person_id) INTO people FROM (
            SELECT m.person_id FROM mpi.member m WHERE m.patient_id = ANY (found_ids)
            UNION SELECT b.now_person_id FROM mpi.merge_member b WHERE b.patient_id = ANY (found_ids)) x;
        SELECT array_agg(x.id) INTO more FROM (
            SELECT unnest(found_ids) AS id
            UNION SELECT m.patient_id FROM mpi.member m WHERE m.person_id = ANY (people)
            UNION SELECT b.patient_id FROM mpi.merge_member b WHERE b.now_person_id = ANY (people)
            UNION SELECT unnest(ARRAY[g.a, g.b]) FROM mpi.merges_of(found_ids) g) x;
        EXIT WHEN cardinality(more) = cardinality(found_ids);
    END LOOP;
    RETURN found_ids;
END
$$;

-- Keeps what hangs on each registration now.
CREATE FUNCTION mpi.merge_snapshot(merge bigint, registrations uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT m.patient_id, m.org_id FROM mpi.member m WHERE m.patient_id = ANY (registrations) LOOP
        PERFORM mpi.merge_see(one.org_id);
        INSERT INTO mpi.merge_row (merge_id, patient_id, entity, column_name, row_ids, row_hashes)
        SELECT merge, one.patient_id, r.entity, r.column_name, array_agg(r.row_id ORDER BY r.row_id),
               array_agg(r.row_hash ORDER BY r.row_id)
        FROM mpi.patient_row r WHERE r.org_id = one.org_id AND r.patient_id = one.patient_id
        GROUP BY r.entity, r.column_name;
    END LOOP;
END
$$;

-- What became of the rows of these registrations since the merge: kind later, changed or gone.
-- asked: the row came later, on a registration that was named in a merge, and no load from a source
-- says whose it is.
CREATE FUNCTION mpi.merge_changes(merge bigint, registrations uuid[])
RETURNS TABLE (kind text, asked boolean, entity text, column_name text, row_id uuid, org_id integer,
               patient_id uuid, dated text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT m.patient_id, m.org_id, m.merged, (
            SELECT min(g.merge_id) FROM mpi.merge g
            WHERE g.undone_run IS NULL AND g.merge_id >= merge AND g.a = ANY (merge_changes.registrations)
              AND g.registrations @> ARRAY[m.patient_id]) AS since
        FROM mpi.member m WHERE m.patient_id = ANY (registrations)
    LOOP
        CONTINUE WHEN one.since IS NULL;
        PERFORM mpi.merge_see(one.org_id);
        RETURN QUERY
        SELECT CASE WHEN s.row_id IS NULL THEN 'later' WHEN r.row_id IS NULL THEN 'gone' ELSE 'changed' END,
               s.row_id IS NULL AND one.merged AND NOT EXISTS (
                   SELECT FROM mig.run l WHERE l.run_id = r.run_id AND l.org_id = r.org_id
                                           AND l.source_system = r.source_system),
               coalesce(r.entity, s.entity), coalesce(r.column_name, s.column_name),
               coalesce(r.row_id, s.row_id), one.org_id, one.patient_id, r.dated
        FROM (SELECT p.* FROM mpi.patient_row p
              WHERE p.org_id = one.org_id AND p.patient_id = one.patient_id) r
        FULL JOIN (SELECT w.entity, w.column_name, u.row_id, u.row_hash
                   FROM mpi.merge_row w CROSS JOIN LATERAL unnest(w.row_ids, w.row_hashes) u (row_id, row_hash)
                   WHERE w.merge_id = one.since AND w.patient_id = one.patient_id) s
          ON s.entity = r.entity AND s.column_name = r.column_name AND s.row_id = r.row_id
        WHERE s.row_id IS NULL OR r.row_id IS NULL OR s.row_hash <> r.row_hash;
    END LOOP;
END
$$;

-- What people are now, as rows.
CREATE FUNCTION mpi.merge_rows(rows jsonb)
RETURNS TABLE (id uuid, org integer, person uuid, since integer, certain boolean, base_person uuid,
               base_since integer, base_certain boolean, leader uuid, merged boolean, in_merge boolean)
LANGUAGE sql IMMUTABLE AS $$
    SELECT * FROM pg_catalog.jsonb_to_recordset(rows) AS x (id uuid, org integer, person uuid,
        since integer, certain boolean, base_person uuid, base_since integer, base_certain boolean,
        leader uuid, merged boolean, in_merge boolean)
$$;

-- Writes what people are now; rows hold every registration of the people they touch.
CREATE FUNCTION mpi.merge_write(run integer, rows jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    people uuid[];
    heirs jsonb; -- of each person that registrations were of, where most of them are now
BEGIN
    SELECT array_agg(x.old), jsonb_object_agg(x.old, x.person) INTO people, heirs FROM (
        SELECT DISTINCT ON (h.old) h.old, d.person
        FROM mpi.merge_rows(rows) d JOIN mpi.member m ON m.patient_id = d.id
        CROSS JOIN LATERAL unnest(ARRAY[m.person_id, d.base_person, d.person]) h (old)
        GROUP BY h.old, d.person ORDER BY h.old, count(*) DESC, d.person) x;

    INSERT INTO mpi.person_event (run_id, kind, person_id, other_person_id, patients)
    SELECT run, CASE WHEN x.stays THEN 'split' ELSE 'join' END,
           CASE WHEN x.stays THEN x.old ELSE x.person END,
           CASE WHEN x.stays THEN x.person ELSE x.old END, x.patients
    FROM (SELECT m.person_id AS old, d.person, count(*) AS patients,
                 EXISTS (SELECT FROM mpi.merge_rows(rows) s WHERE s.person = m.person_id) AS stays
          FROM mpi.merge_rows(rows) d JOIN mpi.member m ON m.patient_id = d.id
          WHERE m.person_id <> d.person GROUP BY m.person_id, d.person) x
    ORDER BY x.old, x.person;

    UPDATE mpi.member m SET person_id = d.person, since_run = d.since, certain = d.certain, leader = d.leader,
           merged = d.merged
    FROM mpi.merge_rows(rows) d
    WHERE m.patient_id = d.id AND (m.person_id, m.since_run, m.certain, m.leader, m.merged)
                                  IS DISTINCT FROM (d.person, d.since, d.certain, d.leader, d.merged);

    DELETE FROM mpi.merge_member b
    WHERE b.patient_id IN (SELECT d.id FROM mpi.merge_rows(rows) d WHERE NOT d.in_merge)
       OR b.now_person_id = ANY (people)
          AND NOT EXISTS (SELECT FROM mpi.member m WHERE m.patient_id = b.patient_id);
    INSERT INTO mpi.merge_member AS b
    SELECT d.id, d.org, d.base_person, d.base_since, d.base_certain, d.person, d.since, d.certain
    FROM mpi.merge_rows(rows) d WHERE d.in_merge
    ON CONFLICT (patient_id) DO UPDATE
        SET person_id = excluded.person_id, since_run = excluded.since_run, certain = excluded.certain,
            now_person_id = excluded.now_person_id, now_since_run = excluded.now_since_run,
            now_certain = excluded.now_certain
        WHERE b.* IS DISTINCT FROM excluded.*;

    UPDATE mpi.person p SET retired_run = NULL, replaced_by = NULL, index_name = (
        SELECT r.index_name FROM mpi.run r WHERE r.run_id = run)
    WHERE p.person_id = ANY (people) AND p.retired_run IS NOT NULL
      AND EXISTS (SELECT FROM mpi.member m WHERE m.person_id = p.person_id);
    UPDATE mpi.person p SET retired_run = run, replaced_by = (heirs ->> p.person_id::text)::uuid
    WHERE p.person_id = ANY (people) AND p.retired_run IS NULL
      AND NOT EXISTS (SELECT FROM mpi.member m WHERE m.person_id = p.person_id);
END
$$;

-- ---------------------------------------------------------------- rows that came later

-- Gives a row that came later to a registration of the same organisation; the same one: it stays.
CREATE FUNCTION mpi.row_give(merge bigint, entity text, column_name text, row_id uuid, org integer,
                             from_patient uuid, to_patient uuid, given_by text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n bigint;
BEGIN
    PERFORM mpi.merge_see(org);
    IF from_patient <> to_patient THEN
        EXECUTE format('UPDATE hms.%I SET %I = $1 WHERE id = $2 AND org_id = $3 AND %2$I = $4', entity, column_name)
            USING to_patient, row_id, org, from_patient;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n <> 1 THEN
            RAISE EXCEPTION 'row % of % is gone', row_id, entity USING ERRCODE = '55000';
        END IF;
    END IF;
    INSERT INTO mpi.moved (merge_id, entity, column_name, row_id, org_id, from_patient, to_patient, moved_by)
    VALUES (merge, entity, column_name, row_id, org, from_patient, to_patient, given_by);
END
$$;

-- Undoes the last answer on a row; says whose it is again.  No row: there is no answer in force.
CREATE FUNCTION mpi.row_take_back(row_wanted uuid, by_whom text)
RETURNS TABLE (entity text, org_id integer, from_patient uuid, to_patient uuid)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last mpi.moved;
    n bigint;
BEGIN
    SELECT * INTO last FROM mpi.moved v
    WHERE v.row_id = row_wanted AND v.taken_back_at IS NULL AND v.from_patient <> v.to_patient
    ORDER BY v.moved_id DESC LIMIT 1 FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM mpi.merge_see(last.org_id);
    EXECUTE format('UPDATE hms.%I SET %I = $1 WHERE id = $2 AND org_id = $3 AND %2$I = $4',
                   last.entity, last.column_name)
        USING last.from_patient, last.row_id, last.org_id, last.to_patient;
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n <> 1 THEN
        RAISE EXCEPTION 'row % of % was changed since', last.row_id, last.entity USING ERRCODE = '55000';
    END IF;
    UPDATE mpi.moved v SET taken_back_by = by_whom, taken_back_at = now() WHERE v.moved_id = last.moved_id;
    RETURN QUERY SELECT last.entity, last.org_id, last.from_patient, last.to_patient;
END
$$;

-- The first reference, as entity.column, between the row and a row of another registration.
CREATE FUNCTION mpi.row_torn(entity_wanted text, row_wanted uuid, org integer) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    torn boolean;
BEGIN
    PERFORM mpi.merge_see(org);
    FOR one IN
        SELECT r.entity, r.column_name, r.parent FROM mig.reference r
        WHERE entity_wanted IN (r.entity, r.parent)
          AND EXISTS (SELECT FROM mig.reference c WHERE c.entity = r.entity AND c.column_name = 'patient_id')
          AND EXISTS (SELECT FROM mig.reference c WHERE c.entity = r.parent AND c.column_name = 'patient_id')
        ORDER BY r.entity, r.column_name
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM hms.%I c JOIN hms.%I p ON p.id = c.%I AND p.org_id = c.org_id '
                       'WHERE c.org_id = $2 AND %s.id = $1 AND c.patient_id <> p.patient_id)', one.entity,
                       one.parent, one.column_name, CASE WHEN one.entity = entity_wanted THEN 'c' ELSE 'p' END)
            INTO torn USING row_wanted, org;
        IF torn THEN
            RETURN one.entity || '.' || one.column_name;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mpi FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mpi.golden_of(uuid) TO hms_api;
