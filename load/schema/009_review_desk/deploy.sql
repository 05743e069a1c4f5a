-- The stewards' desk: tasks of the review queue (007_review) handed out, decided, taken back and shown.
--
-- Everything that must hold is kept here and not in a program: one lease a task, one decision a person
-- and pair, blindness, masks' log.  Stewards are granted functions (role hms_steward), no table.  Functions
-- that change something answer with a word, so that what happened is never lost with a rolled-back
-- transaction:
--   done      it was done                         expired   the lease had run out
--   taken     somebody else has the task          moot      the question has gone away
--   closed    it is decided already               already   this reviewer has decided this pair
--   unknown   there is no such task               nothing   there is nothing to undo

-- ---------------------------------------------------------------- handing out

-- The first open task that this reviewer may have, locked; NULL when there is none.  way: audit takes the
-- sample in its random order, review and planted what matters most of that source.
CREATE FUNCTION mpi.review_pick(idx text, who text, way text, also_skipped boolean) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    picked text;
BEGIN
    EXECUTE 'SELECT t.task FROM mpi.review_task t '
            'WHERE t.index_name = $1 AND t.state = ''open'' AND '
            || CASE way WHEN 'audit' THEN 't.audit_order IS NOT NULL'
                        ELSE 't.source = $3 AND (t.planted_for IS NULL OR t.planted_for = $2)' END ||
            '  AND (t.leased_until IS NULL OR t.leased_until <= clock_timestamp())'
            '  AND NOT EXISTS (SELECT FROM mpi.review_decision d WHERE d.a = t.a AND d.b = t.b AND d.reviewer = $2'
            '                  AND (d.withdrawn_at IS NULL OR d.looked_at IS NOT NULL))'
            '  AND ($4 OR NOT EXISTS (SELECT FROM mpi.review_skip s WHERE s.task = t.task AND s.reviewer = $2)) '
            'ORDER BY ' || CASE way WHEN 'audit' THEN 't.audit_order' ELSE 't.priority DESC, t.draw' END ||
            ' LIMIT 1 FOR UPDATE OF t SKIP LOCKED'
        INTO picked USING idx, who, way, also_skipped;
    RETURN picked;
END
$$;

-- What comes next for a reviewer: sometimes a planted pair, sometimes one of the sample in its random
-- order, else the pair that matters most.
CREATE FUNCTION mpi.review_choose(idx text, who text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rules mpi.review_policy;
    turn bigint;
    ways text[];
    way text;
    picked text;
BEGIN
    SELECT * INTO rules FROM mpi.review_policy WHERE index_name = idx;
    SELECT (SELECT count(*) FROM mpi.review_decision d WHERE d.reviewer = who)
         + (SELECT coalesce(sum(s.times), 0) FROM mpi.review_skip s WHERE s.reviewer = who) INTO turn;
    ways := CASE WHEN mpi.review_draw(rules.seed, 'order', who, turn::text) < rules.in_sample
                 THEN ARRAY['audit', 'review'] ELSE ARRAY['review', 'audit'] END;
    FOREACH way IN ARRAY ways LOOP
        picked := mpi.review_pick(idx, who, way, false);
        EXIT WHEN picked IS NOT NULL;
    END LOOP;
    IF picked IS NOT NULL AND mpi.review_draw(rules.seed, 'plant', who, turn::text) < rules.planted_share THEN
        -- the one that was planted at this turn comes again, as any pair whose lease ran out
        picked := coalesce(mpi.review_pick(idx, who, 'planted', false),
                           mpi.review_plant(idx, who, mpi.review_draw(rules.seed, 'planted', who, turn::text)), picked);
    END IF;
    FOREACH way IN ARRAY ARRAY['planted'] || ways LOOP
        EXIT WHEN picked IS NOT NULL;
        picked := mpi.review_pick(idx, who, way, true);
    END LOOP;
    RETURN picked;
END
$$;

-- The next task of a reviewer, leased to him; the one he has already when its lease still runs.  NULL when
-- nothing is left for him.
CREATE FUNCTION mpi.review_next(by_name text, idx text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    picked text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(mpi.review_lock(idx));
    PERFORM pg_advisory_xact_lock(hashtextextended('mpi.review_next ' || who, 0));
    SELECT t.task INTO picked FROM mpi.review_task t
    WHERE t.leased_by = who AND t.state = 'open' AND t.index_name = idx AND t.leased_until > clock_timestamp()
    ORDER BY t.leased_at LIMIT 1;
    IF picked IS NULL THEN
        picked := mpi.review_choose(idx, who);
        UPDATE mpi.review_task t SET leased_by = who, leased_at = clock_timestamp(),
               leased_until = clock_timestamp() + p.lease
          FROM mpi.review_policy p WHERE t.task = picked AND p.index_name = idx;
    END IF;
    RETURN picked;
END
$$;

-- ---------------------------------------------------------------- deciding

-- Whether a reviewer may act on a task now: 'done', or the word that says why not.  The task is locked.
CREATE FUNCTION mpi.review_may(of_task text, who text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t mpi.review_task;
BEGIN
    SELECT * INTO t FROM mpi.review_task WHERE task = of_task FOR UPDATE;
    IF NOT FOUND OR (t.planted_for IS NOT NULL AND t.planted_for <> who) THEN
        RETURN 'unknown';
    END IF;
    PERFORM FROM mpi.review_decision d
      WHERE d.a = t.a AND d.b = t.b AND d.reviewer = who AND (d.withdrawn_at IS NULL OR d.looked_at IS NOT NULL);
    IF FOUND THEN
        RETURN 'already';
    END IF;
    RETURN CASE WHEN t.state = 'moot' THEN 'moot'
                WHEN t.state = 'decided' THEN 'closed'
                WHEN t.leased_by IS NULL THEN 'expired'
                WHEN t.leased_by <> who THEN 'taken'
                WHEN t.leased_until <= clock_timestamp() THEN 'expired'
                ELSE 'done' END;
END
$$;

-- More time for a task: also after the lease ran out, when nobody took the task meanwhile.
CREATE FUNCTION mpi.review_renew(of_task text, by_name text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    word text := mpi.review_may(of_task, who);
BEGIN
    UPDATE mpi.review_task t SET leased_until = clock_timestamp() + p.lease
      FROM mpi.review_policy p
     WHERE t.task = of_task AND p.index_name = t.index_name AND t.leased_by = who AND word IN ('done', 'expired');
    RETURN CASE WHEN FOUND THEN 'done' ELSE word END;
END
$$;

-- Puts a task back undecided; it comes to this reviewer again when nothing else is left.
CREATE FUNCTION mpi.review_skip(of_task text, by_name text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    word text := mpi.review_may(of_task, who);
BEGIN
    IF word = 'done' THEN
        UPDATE mpi.review_task SET leased_by = NULL, leased_at = NULL, leased_until = NULL WHERE task = of_task;
        INSERT INTO mpi.review_skip AS s (task, reviewer) VALUES (of_task, who)
            ON CONFLICT (task, reviewer) DO UPDATE SET times = s.times + 1;
    END IF;
    RETURN word;
END
$$;

-- The key of a registration in its source; no row when the registration is gone.
CREATE FUNCTION mpi.review_key_of(org integer, patient uuid)
RETURNS TABLE (organisation text, system text, key text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM mpi.review_see(org);
    RETURN QUERY SELECT o.code, p.source_system, p.source_key
        FROM hms.patient p JOIN hms.organisation o ON o.org_id = p.org_id
        WHERE p.id = patient AND p.org_id = org;
END
$$;

-- The outcome that the decisions in force make, or NULL when another reviewer is to be asked.
CREATE FUNCTION mpi.review_outcome(t mpi.review_task) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    same bigint;
    different bigint;
    unsure bigint;
    needed integer := t.needed;
BEGIN
    SELECT count(*) FILTER (WHERE d.answer = 'same'), count(*) FILTER (WHERE d.answer = 'different'),
           count(*) FILTER (WHERE d.answer = 'unsure')
      INTO same, different, unsure
      FROM mpi.review_decision d WHERE d.task = t.task AND d.withdrawn_at IS NULL;
    IF t.source = 'planted' THEN
        RETURN CASE WHEN same > 0 THEN 'same' WHEN different > 0 THEN 'different' WHEN unsure > 0 THEN 'unsure' END;
    END IF;
    -- who was unsure, who disagrees, and who contradicts dedup calls for another reader
    IF unsure > 0 OR (same > 0 AND different > 0) OR (t.stratum LIKE 'link%' AND different > 0)
       OR (t.stratum = 'refused' AND same > 0) THEN
        needed := 2;
    END IF;
    RETURN CASE WHEN same >= needed AND same > different THEN 'same'
                WHEN different >= needed AND different > same THEN 'different'
                WHEN unsure >= 3 OR same + different + unsure >= 5 THEN 'unsure' END;
END
$$;

-- Closes or opens a task as its decisions say, and keeps the verdict in step with it.  False when a
-- registration is gone or somebody else has given a verdict: then the task is moot.
CREATE FUNCTION mpi.review_settle(of_task text, who text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t mpi.review_task;
    key_a record;
    key_b record;
    says text;
    verdict bigint;
    possible boolean;
BEGIN
    SELECT * INTO t FROM mpi.review_task WHERE task = of_task;
    says := mpi.review_outcome(t);
    -- a merge may rest on the verdict: then it is not the reviewers' any more
    SELECT NOT EXISTS (SELECT FROM mpi.merge g WHERE g.verdict_id = t.verdict_id AND g.undone_run IS NULL)
           OR coalesce(says = 'same', false) INTO possible;
    UPDATE mpi.verdict SET withdrawn_at = clock_timestamp(), withdrawn_by = who
     WHERE verdict_id = t.verdict_id AND withdrawn_at IS NULL AND possible
       AND (says IS NULL OR says = 'unsure' OR same <> (says = 'same'));
    SELECT v.verdict_id INTO verdict FROM mpi.verdict v WHERE v.verdict_id = t.verdict_id AND v.withdrawn_at IS NULL;
    IF t.source <> 'planted' THEN
        SELECT * INTO key_a FROM mpi.review_key_of(t.a_org, t.a);
        possible := possible AND FOUND;
        SELECT * INTO key_b FROM mpi.review_key_of(t.b_org, t.b);
        possible := possible AND FOUND;
    END IF;
    IF says IN ('same', 'different') AND verdict IS NULL AND possible AND t.source <> 'planted' THEN
        INSERT INTO mpi.verdict (a, b, a_organisation, a_system, a_key, b_organisation, b_system, b_key, same,
                                 origin, decided_by, why)
        VALUES (t.a, t.b, key_a.organisation, key_a.system, key_a.key, key_b.organisation, key_b.system, key_b.key,
                says = 'same', 'review',
                (SELECT string_agg(d.reviewer, ', ' ORDER BY d.decision_id) FROM mpi.review_decision d
                  WHERE d.task = of_task AND d.withdrawn_at IS NULL),
                (SELECT string_agg(d.why, '; ' ORDER BY d.decision_id) FROM mpi.review_decision d
                  WHERE d.task = of_task AND d.withdrawn_at IS NULL))
        ON CONFLICT (a, b) WHERE withdrawn_at IS NULL DO NOTHING
        RETURNING verdict_id INTO verdict;
        possible := verdict IS NOT NULL;
    END IF;
    UPDATE mpi.review_task
       SET state = CASE WHEN NOT possible THEN 'moot' WHEN says IS NULL THEN 'open' ELSE 'decided' END,
           outcome = CASE WHEN possible THEN says END,
           verdict_id = verdict,
           closed_at = CASE WHEN possible AND says IS NULL THEN NULL ELSE clock_timestamp() END,
           leased_by = NULL, leased_at = NULL, leased_until = NULL
     WHERE task = of_task;
    RETURN possible;
END
$$;

CREATE FUNCTION mpi.review_decide(of_task text, by_name text, answer text, why text, weights_seen boolean)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    word text := mpi.review_may(of_task, who);
BEGIN
    IF word <> 'done' THEN
        RETURN word;
    END IF;
    IF answer IS NULL OR answer NOT IN ('same', 'different', 'unsure') OR length(review_decide.why) > 2000 THEN
        RAISE EXCEPTION 'an answer is same, different or unsure, and a note has 2000 letters' USING ERRCODE = '42602';
    END IF;
    INSERT INTO mpi.review_decision (task, a, b, reviewer, answer, why, weights_seen, handed_at)
    SELECT of_task, t.a, t.b, who, review_decide.answer, nullif(review_decide.why, ''),
           coalesce(review_decide.weights_seen, false), t.leased_at
      FROM mpi.review_task t WHERE t.task = of_task;
    RETURN CASE WHEN mpi.review_settle(of_task, who) THEN 'done' ELSE 'moot' END;
EXCEPTION
    WHEN unique_violation THEN -- the same pair under two names, decided in two windows at once
        RETURN 'already';
END
$$;

-- Withdraws the reviewer's last decision in force, with the verdict that rests on it, and leases the task to
-- him again when it is still a question.
CREATE FUNCTION mpi.review_undo(by_name text, OUT word text, OUT task text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    last_decision bigint;
BEGIN
    SELECT d.decision_id, d.task INTO last_decision, task FROM mpi.review_decision d
     WHERE d.reviewer = who AND d.withdrawn_at IS NULL ORDER BY d.decision_id DESC LIMIT 1;
    IF NOT FOUND THEN
        word := 'nothing';
        RETURN;
    END IF;
    PERFORM FROM mpi.review_task t WHERE t.task = review_undo.task FOR UPDATE;
    UPDATE mpi.review_decision SET withdrawn_at = clock_timestamp()
     WHERE decision_id = last_decision AND withdrawn_at IS NULL;
    IF NOT FOUND THEN
        word := 'nothing';
        RETURN;
    END IF;
    PERFORM FROM mpi.review_task t WHERE t.task = review_undo.task AND t.state = 'moot';
    IF FOUND THEN
        word := 'moot';
        RETURN;
    END IF;
    PERFORM FROM mpi.review_task t WHERE t.task = review_undo.task AND t.leased_by <> who
        AND t.leased_until > clock_timestamp();
    word := CASE WHEN FOUND THEN 'taken' ELSE 'done' END;
    IF word = 'done' AND NOT mpi.review_settle(review_undo.task, who) THEN
        word := 'moot';
    END IF;
    PERFORM FROM mpi.review_decision d WHERE d.decision_id = last_decision AND d.looked_at IS NOT NULL;
    IF word = 'done' AND NOT FOUND THEN
        UPDATE mpi.review_task t SET leased_by = NULL, leased_at = NULL, leased_until = NULL
         WHERE t.leased_by = who AND t.state = 'open';
        UPDATE mpi.review_task t SET leased_by = who, leased_at = clock_timestamp(),
               leased_until = clock_timestamp() + p.lease
          FROM mpi.review_policy p
         WHERE t.task = review_undo.task AND t.state = 'open' AND p.index_name = t.index_name;
    END IF;
END
$$;

-- ---------------------------------------------------------------- seeing

-- A value as somebody else might have written it down, for the second side of a copy.
CREATE FUNCTION mpi.review_slip(field text, value text, chance double precision) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN field = 'record number' THEN
            (SELECT string_agg(CASE WHEN c.letter ~ '[0-9]' THEN floor(10 * mpi.review_draw(chance::text, value, c.at::text))::text
                                    ELSE c.letter END, '' ORDER BY c.at)
               FROM unnest(string_to_array(value, NULL)) WITH ORDINALITY c (letter, at))
        WHEN field = 'hangs on it' THEN
            substring(value from '^(.*) [0-9]+$') || ' ' || 1 + floor(substring(value from '[0-9]+$')::bigint
                                                     * mpi.review_draw(chance::text, value))::bigint
        WHEN mpi.review_draw(chance::text, field, 'whether') > 0.3 THEN value
        WHEN field IN ('given name', 'family name', 'city') AND length(value) > 4 THEN
            (SELECT overlay(value PLACING reverse(substr(value, at, 2)) FROM at FOR 2)
               FROM (SELECT 2 + floor(mpi.review_draw(chance::text, field) * (length(value) - 3))::integer AS at) w)
        WHEN field = 'birth date' AND length(value) = 10 AND substr(value, 9, 2) <= '12'
             THEN left(value, 5) || right(value, 2) || substr(value, 5, 3)
        WHEN field IN ('phone', 'e-mail', 'street', 'other name', 'relative') OR field LIKE 'identifier %' THEN NULL
        WHEN field = 'middle name' THEN left(value, 1)
        ELSE value END
$$;

-- What a registration says of its person, one value a row, and what hangs on it.
CREATE FUNCTION mpi.review_values_of(of_org integer, of_patient uuid)
RETURNS TABLE (field text, value text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entity text;
    counted bigint;
BEGIN
    PERFORM mpi.review_see(of_org);
    RETURN QUERY
    WITH p AS (SELECT x.* FROM hms.patient x WHERE x.id = of_patient AND x.org_id = of_org),
    names AS (SELECT n.*, row_number() OVER (ORDER BY n.use IS NOT DISTINCT FROM 'official' DESC, n.use IS NOT DISTINCT FROM 'usual' DESC,
                                             n.valid_to IS NULL DESC, n.source_key, n.id) AS nth
              FROM hms.patient_name n WHERE n.patient_id = of_patient AND n.org_id = of_org),
    places AS (SELECT d.* FROM hms.patient_address d WHERE d.patient_id = of_patient AND d.org_id = of_org),
    said AS (
        SELECT 1 AS place, 'organisation' AS field, o.name AS value FROM hms.organisation o WHERE o.org_id = of_org
        UNION ALL SELECT 2, 'record number', p.mrn FROM p
        UNION ALL SELECT 3, 'given name', n.given FROM names n WHERE n.nth = 1
        UNION ALL SELECT 4, 'middle name', n.middle FROM names n WHERE n.nth = 1
        UNION ALL SELECT 5, 'family name', n.family FROM names n WHERE n.nth = 1
        UNION ALL SELECT 6, 'other name', coalesce(nullif(concat_ws(' ', n.given, n.middle, n.family), ''), n.text)
                  FROM names n WHERE n.nth > 1
        UNION ALL SELECT 7, 'birth date', left(p.birth_date::text, CASE p.birth_precision WHEN 'Y' THEN 4 WHEN 'M' THEN 7 ELSE 10 END) FROM p
        UNION ALL SELECT 8, 'sex', nullif(p.sex, 'unknown') FROM p
        UNION ALL SELECT 9, 'birth place', p.birth_place FROM p
        UNION ALL SELECT 10, 'identifier ' || i.system, i.value FROM hms.patient_identifier i, p
                  WHERE i.patient_id = of_patient AND i.org_id = of_org AND i.value <> p.mrn
        UNION ALL SELECT 11, 'street', concat_ws(' ', d.line1, d.line2) FROM places d
        UNION ALL SELECT 12, 'postcode', d.postal_code FROM places d
        UNION ALL SELECT 13, 'city', d.city FROM places d
        UNION ALL SELECT 14, CASE WHEN c.kind = 'email' THEN 'e-mail' ELSE 'phone' END, c.value FROM hms.patient_telecom c
                  WHERE c.patient_id = of_patient AND c.org_id = of_org AND c.kind IN ('phone', 'sms', 'email')
        UNION ALL SELECT 15, 'relative', r.name FROM hms.patient_contact r
                  WHERE r.patient_id = of_patient AND r.org_id = of_org
        UNION ALL SELECT 16, 'died', coalesce(left(p.deceased_at::text, 10), CASE WHEN p.deceased THEN 'yes' END) FROM p)
    SELECT s.field, s.value FROM said s WHERE btrim(s.value) <> '' GROUP BY s.place, s.field, s.value
    ORDER BY s.place, s.field, s.value COLLATE "C";
    FOR entity IN SELECT r.entity FROM mig.reference r WHERE r.parent = 'patient' AND r.column_name = 'patient_id'
                  AND r.entity NOT LIKE 'patient\_%' ORDER BY r.entity LOOP
        EXECUTE format('SELECT count(*) FROM hms.%I WHERE patient_id = $1 AND org_id = $2', entity)
            INTO counted USING of_patient, of_org;
        IF counted > 0 THEN
            RETURN QUERY SELECT 'hangs on it', replace(entity, '_', ' ') || ' ' || counted;
        END IF;
    END LOOP;
END
$$;

-- Both sides of a task, for the reviewer who has it now or has decided it; nobody else gets a row.
CREATE FUNCTION mpi.review_values(of_task text, by_name text)
RETURNS TABLE (side text, field text, value text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    t mpi.review_task;
BEGIN
    SELECT * INTO t FROM mpi.review_task x
     WHERE x.task = of_task
       AND ((x.state = 'open' AND x.leased_by = who AND x.leased_until > clock_timestamp())
            OR EXISTS (SELECT FROM mpi.review_decision d WHERE d.task = of_task AND d.reviewer = who
                       AND d.withdrawn_at IS NULL));
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT 'a'::text, v.field, v.value FROM mpi.review_values_of(t.a_org, t.a) v;
    IF t.made_from = 'copy' THEN
        RETURN QUERY SELECT 'b'::text, v.field, mpi.review_slip(v.field, v.value, t.draw)
                     FROM mpi.review_values_of(t.a_org, t.a) v
                     WHERE mpi.review_slip(v.field, v.value, t.draw) IS NOT NULL;
    ELSE
        RETURN QUERY SELECT 'b'::text, v.field, v.value FROM mpi.review_values_of(t.b_org, t.b) v;
    END IF;
END
$$;

-- What the last run of an index has learned of agreement, for the weights on the screen.
CREATE FUNCTION mpi.review_learned(idx text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT r.learned FROM mpi.run r WHERE r.index_name = idx AND r.state = 'done' AND r.learned IS NOT NULL
                     ORDER BY r.run_id DESC LIMIT 1), '')
$$;

-- Logged before the value is shown.
CREATE FUNCTION mpi.review_reveal(of_task text, by_name text, of_field text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := mpi.review_who(by_name);
    word text := mpi.review_may(of_task, who);
BEGIN
    IF of_field IS NULL OR length(of_field) > 100 THEN
        RAISE EXCEPTION 'a field has a name of 100 letters at most' USING ERRCODE = '42602';
    END IF;
    IF word IN ('done', 'already') THEN
        INSERT INTO mpi.reveal (task, a, b, reviewer, field)
        SELECT t.task, t.a, t.b, who, of_field FROM mpi.review_task t WHERE t.task = of_task;
        RETURN 'done';
    END IF;
    RETURN word;
END
$$;

-- What was said of a task.  A reviewer sees it only after his own decision; the owner of the store, who
-- names nobody, sees all.
CREATE FUNCTION mpi.review_history(of_task text, by_name text)
RETURNS TABLE (reviewer text, answer text, why text, decided_at timestamptz, withdrawn boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text := CASE WHEN by_name IS NULL AND mpi.review_is_owner() THEN NULL ELSE mpi.review_who(by_name) END;
    may_look boolean;
BEGIN
    UPDATE mpi.review_decision d SET looked_at = clock_timestamp()
     WHERE d.task = of_task AND d.reviewer = who AND d.withdrawn_at IS NULL;
    may_look := FOUND OR who IS NULL;
    RETURN QUERY SELECT d.reviewer, d.answer, d.why, d.decided_at, d.withdrawn_at IS NOT NULL
      FROM mpi.review_decision d
     WHERE d.task = of_task AND (may_look OR d.reviewer = who)
     ORDER BY d.decision_id;
END
$$;

-- The indexes there are.  Not how much is open: who sees whether his answer closed a pair knows the first one.
CREATE FUNCTION mpi.review_indexes() RETURNS TABLE (index_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.index_name FROM mpi.review_policy p ORDER BY p.index_name
$$;

-- ---------------------------------------------------------------- who may do what

DO $$
BEGIN
    PERFORM mig.make_role('hms_steward');
END
$$;

DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'mpi'::regnamespace AND p.proname LIKE 'review\_%' LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
    END LOOP;
    PERFORM mig.seal_functions('mpi');
END
$$;
GRANT USAGE ON SCHEMA mpi TO hms_steward;
GRANT EXECUTE ON FUNCTION mpi.review_refresh(), mpi.review_indexes(), mpi.review_learned(text), mpi.review_next(text, text), mpi.review_renew(text, text),
    mpi.review_skip(text, text), mpi.review_decide(text, text, text, text, boolean), mpi.review_undo(text),
    mpi.review_values(text, text), mpi.review_reveal(text, text, text), mpi.review_history(text, text) TO hms_steward;
