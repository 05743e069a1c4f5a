-- What tests/pg/merge_model.c calls, in the store and in its twin: two organisations, and functions
-- that do what the source, the live system and dedup would.  Needs the schema deployed.  They are
-- plpgsql, whose statements are planned once a session and not at each call.
SET client_min_messages = warning;

INSERT INTO hms.organisation VALUES (1, 'north', 'North'), (2, 'south', 'South');
INSERT INTO mpi.index (index_name) VALUES ('shared');
INSERT INTO mpi.index_organisation (org_id, organisation, index_name) VALUES (1, 'north', 'shared'), (2, 'south', 'shared');
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['patient', 'patient_name', 'patient_identifier', 'allergy', 'encounter'] LOOP
        EXECUTE format('CREATE TABLE hms.%1$I PARTITION OF hms.%2$I FOR VALUES IN (1)', name || '__north', name);
        EXECUTE format('CREATE TABLE hms.%1$I PARTITION OF hms.%2$I FOR VALUES IN (2)', name || '__south', name);
    END LOOP;
END
$$;
INSERT INTO mig.run (kind, organisation, org_id, purpose, state, dry_run, source_system, stage_checksum, tool_version)
SELECT 'load', o.code, o.org_id, 'x', 'done', false, 'old', 'x', 'x' FROM hms.organisation o ORDER BY o.org_id;

CREATE FUNCTION public.model_run(run integer, index_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mpi.run (run_id, index_name, kind, state, model_name, model_checksum, link_probability,
                         review_probability, tool_version, ended_at)
    OVERRIDING SYSTEM VALUE VALUES (run, index_name, 'delta', 'done', 'm', 'm', 1, 0.5, 'x', now());
END
$$;

CREATE FUNCTION public.model_person(person uuid, index_name text, run integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mpi.person (person_id, index_name, since_run) VALUES (person, index_name, run);
END
$$;

-- kind chooses what is filled.
CREATE FUNCTION public.model_patient(id uuid, org integer, kind integer, person uuid, run integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, birth_date, birth_precision,
                             sex, deceased, occupation, blood_group, registered_at, run_id)
    VALUES (id, org, 'old', id::text, md5(id::text)::uuid, 'm' || kind, date '1980-01-01' + kind % 3,
            (ARRAY['Y', 'M', 'D'])[1 + kind % 3], (ARRAY['male', 'female', 'unknown'])[1 + kind % 3],
            (ARRAY[true, false, NULL])[1 + kind % 3], 'trade ' || kind % 5, (ARRAY['A+', NULL])[1 + kind % 2],
            timestamptz '2020-01-01 00:00Z' + kind * interval '1 day', org);
    INSERT INTO hms.patient_name (id, org_id, source_system, source_key, row_hash, patient_id, use, family, given, run_id)
    VALUES (md5(id::text || 'n')::uuid, org, 'old', id::text, md5('n')::uuid, id, 'usual', 'F' || kind % 7, 'G', org);
    INSERT INTO mpi.member (patient_id, org_id, person_id, since_run, certain) VALUES (id, org, person, run, kind % 4 > 0);
END
$$;

-- Rows come, change and go: from the source (run of a load) and from the live system (run 0).
CREATE FUNCTION public.model_delta(patient uuid, new_row uuid, kind integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    org integer := (SELECT p.org_id FROM hms.patient p WHERE p.id = patient);
    system text := CASE WHEN kind % 2 = 0 THEN 'old' ELSE 'live' END;
    run integer := CASE WHEN kind % 2 = 0 THEN org ELSE 0 END;
BEGIN
    CASE (kind / 2) % 6
    WHEN 0 THEN
        INSERT INTO hms.allergy (id, org_id, source_system, source_key, row_hash, patient_id, source_text, negated, run_id)
        VALUES (new_row, org, system, new_row::text, new_row, patient, 'substance ' || kind % 4, kind % 5 = 0, run);
    WHEN 1, 2 THEN
        INSERT INTO hms.encounter (id, org_id, source_system, source_key, row_hash, patient_id, class, state, started_at, run_id)
        VALUES (new_row, org, system, new_row::text, new_row, patient, 'AMB', 'finished', timestamptz '2024-01-01 00:00Z' + kind * interval '1 hour', run);
    WHEN 3 THEN
        UPDATE hms.patient p SET occupation = 'trade ' || kind, row_hash = new_row,
               updated_at = timestamptz '2024-01-01 00:00Z' + kind * interval '1 day' WHERE p.id = patient;
    WHEN 4 THEN
        UPDATE hms.encounter e SET note = 'n' || kind, row_hash = new_row WHERE e.patient_id = patient;
    ELSE
        DELETE FROM hms.encounter e WHERE e.id = (
            SELECT f.id FROM hms.encounter f WHERE f.patient_id = patient ORDER BY f.id LIMIT 1);
    END CASE;
END
$$;

CREATE FUNCTION public.model_may_leave(patient uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT count(*) > 1 AND NOT EXISTS (SELECT FROM mpi.merge g WHERE g.undone_run IS NULL AND patient IN (g.a, g.b))
    FROM mpi.member m JOIN mpi.member o USING (person_id) WHERE m.patient_id = patient);
END
$$;

-- What a run of dedup does to people: b came to a's person, b's people joined a's, or a left.
CREATE FUNCTION public.model_dedup(step text, one uuid, other uuid, run integer, new_person uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    into_person uuid := (SELECT m.person_id FROM mpi.member m WHERE m.patient_id = one);
    old_person uuid := (SELECT m.person_id FROM mpi.member m WHERE m.patient_id = other);
BEGIN
    IF step = 'left' THEN
        DELETE FROM mpi.pair p WHERE one IN (p.a, p.b);
        INSERT INTO mpi.person (person_id, index_name, since_run)
        SELECT new_person, p.index_name, run FROM mpi.person p WHERE p.person_id = into_person;
        UPDATE mpi.member m SET person_id = new_person, since_run = run WHERE m.patient_id = one;
        RETURN;
    END IF;
    INSERT INTO mpi.pair (a, b, run_id, weight, probability, band, cause, levels)
    SELECT least(one, other), greatest(one, other), run, 10, 1, 'link', 'x', 'x' WHERE one <> other;
    IF step = 'joined' THEN
        UPDATE mpi.member m SET person_id = into_person, since_run = run WHERE m.person_id = old_person;
        UPDATE mpi.person p SET retired_run = run, replaced_by = into_person WHERE p.person_id = old_person;
    END IF;
END
$$;

-- The bytes of the rows of these registrations, of their membership and of their people.
CREATE FUNCTION public.model_state(registrations uuid[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT concat_ws(' ',
        (SELECT md5(string_agg(record_send(t), ''::bytea ORDER BY t.id)) FROM hms.patient t WHERE t.id = ANY (registrations)),
        (SELECT md5(string_agg(record_send(t), ''::bytea ORDER BY t.id)) FROM hms.patient_name t WHERE t.patient_id = ANY (registrations)),
        (SELECT md5(string_agg(record_send(t), ''::bytea ORDER BY t.id)) FROM hms.allergy t WHERE t.patient_id = ANY (registrations)),
        (SELECT md5(string_agg(record_send(t), ''::bytea ORDER BY t.id)) FROM hms.encounter t WHERE t.patient_id = ANY (registrations)),
        (SELECT string_agg(t::text, E'\n' ORDER BY t.patient_id) FROM mpi.member t WHERE t.patient_id = ANY (registrations)),
        (SELECT string_agg(p::text, E'\n' ORDER BY p.person_id) FROM mpi.person p
         WHERE EXISTS (SELECT FROM mpi.member m WHERE m.person_id = p.person_id AND m.patient_id = ANY (registrations)))));
END
$$;
