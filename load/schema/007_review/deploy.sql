-- The review queue: pairs of registrations that a steward decides, and what the decisions say about the
-- reviewers and about dedup itself.  docs/review.md says what it is for, docs/adr/0018 why it is so.
--
-- Everything that must hold is kept here and not in a program: one lease a task, one decision a person
-- and pair, blindness, masks' log.  Stewards are granted the functions of this step (role hms_steward), no
-- table.  Functions that change something answer with a word, so that what happened is never lost with
-- a rolled-back transaction:
--   done      it was done                         expired   the lease had run out
--   taken     somebody else has the task          moot      the question has gone away
--   closed    it is decided already               already   this reviewer has decided this pair
--   unknown   there is no such task               nothing   there is nothing to undo

-- ---------------------------------------------------------------- tables

CREATE TABLE mpi.review_policy (
    index_name text PRIMARY KEY REFERENCES mpi.index,
    seed text NOT NULL DEFAULT gen_random_uuid()::text,
    lease interval NOT NULL DEFAULT '10 minutes' CHECK (lease > interval '0'),
    audit_share double precision NOT NULL DEFAULT 0.05 CHECK (audit_share BETWEEN 0 AND 1),
    audit_least integer NOT NULL DEFAULT 10 CHECK (audit_least >= 0),
    audit_most integer NOT NULL DEFAULT 1000 CHECK (audit_most >= audit_least),
    planted_share double precision NOT NULL DEFAULT 0.03 CHECK (planted_share BETWEEN 0 AND 0.5),
    grey_low double precision NOT NULL DEFAULT 0.2,
    grey_high double precision NOT NULL DEFAULT 0.8,
    heavy_rows bigint NOT NULL DEFAULT 200,
    filled_run integer REFERENCES mpi.run,
    filled_at timestamptz,
    in_sample double precision NOT NULL DEFAULT 0,
    CHECK (0 <= grey_low AND grey_low <= grey_high AND grey_high <= 1)
);

CREATE TABLE mpi.review_task (
    task text PRIMARY KEY DEFAULT left(replace(gen_random_uuid()::text, '-', ''), 12),
    index_name text NOT NULL REFERENCES mpi.index,
    run_id integer NOT NULL REFERENCES mpi.run,
    a uuid NOT NULL,
    b uuid NOT NULL,
    a_org integer NOT NULL,
    b_org integer NOT NULL,
    source text NOT NULL CHECK (source IN ('review', 'audit', 'planted')),
    stratum text CHECK (stratum IN ('link sure', 'link near', 'review', 'refused')),
    draw double precision NOT NULL,
    sampled boolean NOT NULL DEFAULT false,
    audit_order double precision,
    probability real,
    cause text NOT NULL DEFAULT '',
    a_rows bigint,
    b_rows bigint,
    a_clinical boolean NOT NULL DEFAULT false,
    b_clinical boolean NOT NULL DEFAULT false,
    priority double precision NOT NULL DEFAULT 0,
    needed integer NOT NULL DEFAULT 1 CHECK (needed IN (1, 2)),
    known boolean,
    made_from text CHECK (made_from IN ('agreement', 'copy', 'others')),
    planted_for text,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'decided', 'moot')),
    outcome text CHECK (outcome IN ('same', 'different', 'unsure')),
    verdict_id bigint REFERENCES mpi.verdict,
    leased_by text,
    leased_at timestamptz,
    leased_until timestamptz,
    seen_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    CHECK ((source = 'planted') = (known IS NOT NULL AND made_from IS NOT NULL AND planted_for IS NOT NULL)),
    CHECK ((source = 'planted') = (stratum IS NULL)),
    CHECK ((state = 'decided') = (outcome IS NOT NULL)),
    CHECK ((leased_by IS NULL) = (leased_until IS NULL))
);
CREATE UNIQUE INDEX review_task_pair ON mpi.review_task (a, b, index_name) WHERE source <> 'planted';
CREATE INDEX review_task_priority ON mpi.review_task (index_name, source, priority DESC, draw) WHERE state = 'open';
CREATE INDEX review_task_audit ON mpi.review_task (index_name, audit_order) WHERE state = 'open';
CREATE INDEX review_task_lease ON mpi.review_task (leased_by) WHERE state = 'open';
CREATE INDEX ON mpi.review_task (b);

CREATE TABLE mpi.review_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task text NOT NULL REFERENCES mpi.review_task,
    a uuid NOT NULL,
    b uuid NOT NULL,
    reviewer text NOT NULL,
    answer text NOT NULL CHECK (answer IN ('same', 'different', 'unsure')),
    why text CHECK (length(why) <= 2000),
    weights_seen boolean NOT NULL,
    handed_at timestamptz NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    looked_at timestamptz,
    withdrawn_at timestamptz
);
CREATE UNIQUE INDEX review_decision_once ON mpi.review_decision (a, b, reviewer) WHERE withdrawn_at IS NULL;
CREATE INDEX ON mpi.review_decision (task);
CREATE INDEX ON mpi.review_decision (reviewer, decision_id);

CREATE TABLE mpi.review_skip (
    task text NOT NULL REFERENCES mpi.review_task,
    reviewer text NOT NULL,
    times integer NOT NULL DEFAULT 1,
    PRIMARY KEY (task, reviewer)
);

CREATE TABLE mpi.reveal (
    reveal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task text NOT NULL REFERENCES mpi.review_task,
    a uuid NOT NULL,
    b uuid NOT NULL,
    reviewer text NOT NULL,
    field text NOT NULL CHECK (length(field) <= 100),
    revealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON mpi.reveal (task);

CREATE TABLE mpi.review_frame (
    index_name text NOT NULL REFERENCES mpi.index,
    stratum text NOT NULL,
    run_id integer NOT NULL REFERENCES mpi.run,
    pairs bigint NOT NULL,
    share double precision NOT NULL,
    PRIMARY KEY (index_name, stratum)
);

CREATE UNLOGGED TABLE mpi.review_key (
    index_name text NOT NULL,
    key bigint NOT NULL,
    patient_id uuid NOT NULL
);

CREATE UNLOGGED TABLE mpi.review_candidate (
    index_name text NOT NULL,
    a uuid NOT NULL,
    b uuid NOT NULL,
    stratum text NOT NULL,
    probability real NOT NULL,
    cause text NOT NULL,
    draw double precision NOT NULL
);

COMMENT ON TABLE mpi.review_policy IS 'How the queue of an index works: lease, shares of audit and planted pairs, when a second reviewer is asked. The seed makes chance repeatable; in_sample: the share of open tasks that are of the sample, mixed in at that rate.';
COMMENT ON TABLE mpi.review_task IS 'Pairs that stewards decide: those in review, a random sample of what was decided without them (audit), and pairs whose answer is known (planted). The name tells nothing of which it is. Moot: the pair went away.';
COMMENT ON TABLE mpi.review_decision IS 'What each reviewer said of a pair; a decision is withdrawn, never deleted. Who has looked at what others said (looked_at) does not decide the pair again.';
COMMENT ON TABLE mpi.review_skip IS 'Tasks that a reviewer put back; they come again when nothing else is left.';
COMMENT ON TABLE mpi.reveal IS 'Who uncovered which field of which pair and when; no value.';
COMMENT ON TABLE mpi.review_frame IS 'For estimates: how many pairs each stratum holds and the share of them that is drawn.';
COMMENT ON TABLE mpi.review_key IS 'Empty but during mpi.review_fill: hashes by which it finds pairs that dedup refused.';
COMMENT ON TABLE mpi.review_candidate IS 'Empty but during mpi.review_fill: all pairs that were decided without a steward or wait for one.';

-- ---------------------------------------------------------------- chance that can be repeated

-- Uniform in [0, 1), the same for ever for the same words.
CREATE FUNCTION mpi.review_draw(VARIADIC words text[]) RETURNS double precision
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT ('x' || left(encode(sha256(convert_to(array_to_string(words, chr(31), '-'), 'UTF8')), 'hex'), 13))::bit(52)::bigint
           / 4503599627370496.0::double precision
$$;

-- Who speaks: a steward who has logged in as somebody speaks for himself only; the owner of the store may
-- name anyone, as the program does for people at one machine.
CREATE FUNCTION mpi.review_is_owner() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT pg_has_role(session_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = 'mpi.review_task'::regclass
$$;

CREATE FUNCTION mpi.review_who(by_name text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF by_name IS DISTINCT FROM session_user AND NOT mpi.review_is_owner() THEN
        RAISE EXCEPTION 'a steward decides in his own name only' USING ERRCODE = '42501';
    END IF;
    IF by_name IS NULL OR by_name !~ '^[[:alnum:]][[:alnum:]_.@-]{0,62}$' THEN
        RAISE EXCEPTION 'a reviewer has a name of letters, digits and _.@-' USING ERRCODE = '42602';
    END IF;
    RETURN by_name;
END
$$;

CREATE FUNCTION mpi.review_see(org integer) RETURNS void
LANGUAGE sql SET search_path = pg_catalog AS $$
    SELECT set_config('hms.org_id', org::text, true)
$$;

-- ---------------------------------------------------------------- filling the queue

-- Held while a queue is filled, and shared by who takes a task: filling locks every row, and a task that is
-- locked is one that somebody else is just taking.
CREATE FUNCTION mpi.review_lock(idx text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT hashtextextended('mpi.review_fill ' || idx, 0)
$$;

-- Pairs that share birth date and a name, or an identifier, and yet are not in mpi.pair: where missed
-- matches would be.  Keys that more than twenty registrations share are not looked at.
CREATE FUNCTION mpi.review_keys(idx text, seed text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    org integer;
BEGIN
    DELETE FROM mpi.review_key WHERE index_name = idx;
    FOR org IN SELECT o.org_id FROM mpi.index_organisation o WHERE o.index_name = idx LOOP
        PERFORM mpi.review_see(org);
        INSERT INTO mpi.review_key (index_name, key, patient_id)
        SELECT idx, hashtextextended(concat_ws(chr(31), k.kind, k.value, k.more), hashtextextended(seed, 0)), k.patient_id
        FROM (SELECT n.patient_id, 'family' AS kind, lower(n.family) AS value, p.birth_date::text AS more
              FROM hms.patient p JOIN hms.patient_name n ON n.patient_id = p.id AND n.org_id = p.org_id
              WHERE p.org_id = org AND n.family <> '' AND p.birth_date IS NOT NULL
              UNION ALL
              SELECT n.patient_id, 'given', lower(n.given), p.birth_date::text
              FROM hms.patient p JOIN hms.patient_name n ON n.patient_id = p.id AND n.org_id = p.org_id
              WHERE p.org_id = org AND n.given <> '' AND p.birth_date IS NOT NULL
              UNION ALL
              SELECT i.patient_id, 'identifier', i.value_norm, i.system
              FROM hms.patient_identifier i WHERE i.org_id = org AND i.value_norm <> '') k;
    END LOOP;
END
$$;

-- All that was decided without a steward, and all that waits for one; pairs with a verdict are not in it.
-- Statistics are made on the way, here and in review_fill: without them the planner takes what was just
-- written for next to nothing, and compares all with all.
CREATE FUNCTION mpi.review_candidates(idx text, seed text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog SET work_mem = '256MB' AS $$
BEGIN
    PERFORM mpi.review_keys(idx, seed);
    DELETE FROM mpi.review_candidate WHERE index_name = idx;
    INSERT INTO mpi.review_candidate (index_name, a, b, stratum, probability, cause, draw)
    SELECT idx, x.a, x.b, x.stratum, x.probability, x.cause, mpi.review_draw(seed, x.a::text, x.b::text)
    FROM (SELECT p.a, p.b, p.probability, p.cause,
                 CASE WHEN p.band = 'review' THEN 'review'
                      WHEN p.probability >= 0.999 THEN 'link sure' ELSE 'link near' END AS stratum
          FROM mpi.pair p JOIN mpi.run r ON r.run_id = p.run_id
          WHERE r.index_name = idx
          UNION ALL
          SELECT DISTINCT k.ids[i], k.ids[j], 0::real, '', 'refused'
          FROM (SELECT array_agg(DISTINCT z.patient_id) AS ids
                FROM (SELECT y.patient_id, y.key, count(*) OVER (PARTITION BY y.key) AS sharing
                      FROM mpi.review_key y WHERE y.index_name = idx) z
                WHERE z.sharing BETWEEN 2 AND 20 GROUP BY z.key) k,
               generate_series(1, cardinality(k.ids) - 1) i, generate_series(i + 1, cardinality(k.ids)) j
          WHERE NOT EXISTS (SELECT FROM mpi.pair q WHERE q.a = k.ids[i] AND q.b = k.ids[j])) x
    WHERE NOT EXISTS (SELECT FROM mpi.verdict v WHERE v.a = x.a AND v.b = x.b AND v.withdrawn_at IS NULL);
    DELETE FROM mpi.review_key WHERE index_name = idx;
    ANALYZE mpi.review_candidate;
END
$$;

-- Rows that hang on registrations of open tasks that were not counted yet.
CREATE FUNCTION mpi.review_weigh(idx text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    org integer;
    counting text;
    ids uuid[];
BEGIN
    SELECT string_agg(format('SELECT patient_id, count(*) AS rows, %L::boolean AS clinical FROM hms.%I '
                             'WHERE org_id = $1 AND patient_id = ANY ($2) GROUP BY patient_id',
                             r.entity IN ('allergy', 'medication_order', 'dispense'), r.entity), ' UNION ALL ')
      INTO counting FROM mig.reference r
      WHERE r.parent = 'patient' AND r.column_name = 'patient_id' AND r.entity NOT LIKE 'patient\_%';
    counting := 'WITH n AS (SELECT patient_id, sum(rows) AS rows, bool_or(clinical) AS clinical FROM ('
                || counting || ') c GROUP BY patient_id) UPDATE mpi.review_task t SET '
                '%1$I = n.rows, %2$I = n.clinical FROM n '
                'WHERE t.index_name = $3 AND t.%3$I = n.patient_id AND t.%1$I IS NULL';
    FOR org IN SELECT o.org_id FROM mpi.index_organisation o WHERE o.index_name = idx LOOP
        PERFORM mpi.review_see(org);
        SELECT array_agg(DISTINCT x.id) INTO ids
        FROM mpi.review_task t, LATERAL (VALUES (t.a, t.a_org, t.a_rows), (t.b, t.b_org, t.b_rows)) x (id, of_org, rows)
        WHERE t.index_name = idx AND t.state = 'open' AND x.rows IS NULL AND x.of_org = org;
        IF ids IS NOT NULL THEN
            EXECUTE format(counting, 'a_rows', 'a_clinical', 'a') USING org, ids, idx;
            EXECUTE format(counting, 'b_rows', 'b_clinical', 'b') USING org, ids, idx;
        END IF;
    END LOOP;
    UPDATE mpi.review_task t
       SET a_rows = coalesce(t.a_rows, 0), b_rows = coalesce(t.b_rows, 0)
     WHERE t.index_name = idx AND (t.a_rows IS NULL OR t.b_rows IS NULL);
END
$$;

-- How unsure dedup is of a pair: 1 at even odds, and never little when it asked for a steward.
CREATE FUNCTION mpi.review_uncertainty(probability real, cause text) RETURNS double precision
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT greatest(1 - abs(2 * probability::double precision - 1), CASE WHEN cause <> '' THEN 0.5 ELSE 0.01 END)
$$;

-- Brings the queue up to the last run: new pairs come in, pairs that are gone become moot with their
-- decisions kept, pairs that came back are open again.  May be run at any time.
CREATE FUNCTION mpi.review_fill(idx text, OUT added bigint, OUT moot bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    rules mpi.review_policy;
    last_run integer;
    began timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(mpi.review_lock(idx));
    began := clock_timestamp();
    SELECT max(r.run_id) INTO last_run FROM mpi.run r WHERE r.index_name = idx AND r.state = 'done';
    IF last_run IS NULL THEN
        added := 0; moot := 0;
        RETURN;
    END IF;
    INSERT INTO mpi.review_policy (index_name) VALUES (idx) ON CONFLICT DO NOTHING;
    SELECT * INTO rules FROM mpi.review_policy WHERE index_name = idx;

    -- a verdict that somebody withdrew takes the decisions behind it along
    WITH reopened AS (
        UPDATE mpi.review_task t SET state = 'open', outcome = NULL, verdict_id = NULL, closed_at = NULL
        FROM mpi.verdict v
        WHERE t.index_name = idx AND v.verdict_id = t.verdict_id AND v.withdrawn_at IS NOT NULL
        RETURNING t.task)
    UPDATE mpi.review_decision d SET withdrawn_at = began
      FROM reopened o WHERE d.task = o.task AND d.withdrawn_at IS NULL;

    PERFORM mpi.review_candidates(idx, rules.seed);
    DELETE FROM mpi.review_frame WHERE index_name = idx;
    INSERT INTO mpi.review_frame (index_name, stratum, run_id, pairs, share)
    SELECT idx, n.stratum, last_run, n.pairs,
           least(1, greatest(rules.audit_share, rules.audit_least / n.pairs::double precision),
                 rules.audit_most / n.pairs::double precision)
    FROM (SELECT x.stratum, count(*) AS pairs
          FROM (SELECT c.stratum FROM mpi.review_candidate c WHERE c.index_name = idx
                UNION ALL
                SELECT t.stratum FROM mpi.review_task t JOIN mpi.verdict v ON v.verdict_id = t.verdict_id
                WHERE t.index_name = idx AND v.withdrawn_at IS NULL) x
          GROUP BY x.stratum) n;

    WITH wanted AS (
        SELECT p.a, p.b, ma.org_id AS a_org, mb.org_id AS b_org, p.stratum, p.probability, p.cause, p.draw,
               p.draw < f.share AS sampled, p.draw / nullif(f.share, 0) AS audit_order
        FROM mpi.review_candidate p
        JOIN mpi.review_frame f ON f.index_name = idx AND f.stratum = p.stratum
        JOIN mpi.member ma ON ma.patient_id = p.a
        JOIN mpi.member mb ON mb.patient_id = p.b
        WHERE p.index_name = idx AND (p.stratum = 'review' OR p.draw < f.share)),
    put AS (
        INSERT INTO mpi.review_task AS t (index_name, run_id, a, b, a_org, b_org, source, stratum, draw, sampled,
                                          audit_order, probability, cause, seen_at)
        SELECT idx, last_run, w.a, w.b, w.a_org, w.b_org,
               CASE w.stratum WHEN 'review' THEN 'review' ELSE 'audit' END, w.stratum, w.draw, w.sampled,
               CASE WHEN w.sampled THEN w.audit_order END, w.probability, w.cause, began
        FROM wanted w
        ON CONFLICT (a, b, index_name) WHERE source <> 'planted' DO UPDATE
           SET run_id = excluded.run_id, source = excluded.source, stratum = excluded.stratum,
               sampled = excluded.sampled, audit_order = excluded.audit_order,
               probability = excluded.probability, cause = excluded.cause, seen_at = began,
               state = CASE t.state WHEN 'moot' THEN 'open' ELSE t.state END,
               closed_at = CASE t.state WHEN 'moot' THEN NULL ELSE t.closed_at END
        RETURNING t.created_at = now() AS is_new)
    SELECT count(*) FILTER (WHERE is_new) INTO added FROM put;

    ANALYZE mpi.review_task;

    WITH gone AS (
        UPDATE mpi.review_task t
           SET state = 'moot', closed_at = began, leased_by = NULL, leased_at = NULL, leased_until = NULL
         WHERE t.index_name = idx AND t.state = 'open'
           AND CASE WHEN t.source = 'planted'
                    THEN NOT EXISTS (SELECT FROM mpi.member m WHERE m.patient_id = t.a)
                         OR (t.made_from <> 'copy' AND NOT EXISTS (SELECT FROM mpi.member m WHERE m.patient_id = t.b))
                    ELSE t.seen_at < began END
        RETURNING 1)
    SELECT count(*) INTO moot FROM gone;

    -- decided tasks stay in the sample as long as their verdict stands or their pair is still there
    UPDATE mpi.review_task t SET sampled = t.draw < f.share
      FROM mpi.review_frame f, mpi.verdict v
     WHERE t.index_name = idx AND f.index_name = idx AND f.stratum = t.stratum AND t.seen_at < began
       AND v.verdict_id = t.verdict_id AND v.withdrawn_at IS NULL;

    PERFORM mpi.review_weigh(idx);
    UPDATE mpi.review_task t
       SET priority = (1 + t.a_rows + t.b_rows) * mpi.review_uncertainty(t.probability, t.cause),
           needed = CASE WHEN t.stratum = 'review'
                          AND (t.probability BETWEEN rules.grey_low AND rules.grey_high
                               OR t.a_rows + t.b_rows >= rules.heavy_rows
                               OR (t.a_clinical AND t.b_clinical)) THEN 2 ELSE 1 END
     WHERE t.index_name = idx AND t.state = 'open' AND t.source <> 'planted';
    DELETE FROM mpi.review_candidate WHERE index_name = idx;
    UPDATE mpi.review_policy SET filled_run = last_run, filled_at = began,
           in_sample = (SELECT count(*) FILTER (WHERE t.audit_order IS NOT NULL) / greatest(count(*), 1)::double precision
                        FROM mpi.review_task t WHERE t.index_name = idx AND t.state = 'open' AND t.source <> 'planted')
     WHERE index_name = idx;
END
$$;

-- Fills indexes whose last run the queue has not seen.  Who waited for another's filling finds it done.
CREATE FUNCTION mpi.review_refresh() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    last_run record;
BEGIN
    FOR last_run IN
        SELECT r.index_name, max(r.run_id) AS run_id FROM mpi.run r WHERE r.state = 'done' GROUP BY r.index_name
    LOOP
        CONTINUE WHEN EXISTS (SELECT FROM mpi.review_policy p
                              WHERE p.index_name = last_run.index_name AND p.filled_run >= last_run.run_id);
        PERFORM pg_advisory_xact_lock(mpi.review_lock(last_run.index_name));
        PERFORM FROM mpi.review_policy p WHERE p.index_name = last_run.index_name AND p.filled_run >= last_run.run_id;
        IF NOT FOUND THEN
            PERFORM mpi.review_fill(last_run.index_name);
        END IF;
    END LOOP;
END
$$;

-- ---------------------------------------------------------------- planted pairs

-- Somebody else's pair that two reviewers decided alike, and nobody otherwise.
CREATE FUNCTION mpi.review_agreed(idx text, who text, chance double precision)
RETURNS TABLE (a uuid, b uuid, a_org integer, b_org integer, known boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT t.a, t.b, t.a_org, t.b_org, t.outcome = 'same'
    FROM mpi.review_task t
    JOIN mpi.verdict v ON v.verdict_id = t.verdict_id AND v.withdrawn_at IS NULL
    JOIN mpi.member ma ON ma.patient_id = t.a
    JOIN mpi.member mb ON mb.patient_id = t.b
    WHERE t.index_name = idx AND t.source <> 'planted' AND t.outcome IN ('same', 'different')
      AND NOT EXISTS (SELECT FROM mpi.review_decision d WHERE d.a = t.a AND d.b = t.b AND d.reviewer = who)
      AND (SELECT count(*) >= 2 AND bool_and(d.answer = t.outcome) FROM mpi.review_decision d
           WHERE d.a = t.a AND d.b = t.b AND d.withdrawn_at IS NULL)
    ORDER BY mpi.review_draw(chance::text, t.a::text, t.b::text)
    LIMIT 1
$$;

-- A registration of the index at random that has a name and a whole birth date.
CREATE FUNCTION mpi.review_anyone(idx text, chance double precision)
RETURNS TABLE (id uuid, org integer, family text, given text, born date)
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    pick uuid := md5(chance::text)::uuid;
    found_member record;
BEGIN
    FOR try IN 1..20 LOOP
        SELECT m.patient_id, m.org_id INTO found_member
        FROM mpi.member m JOIN mpi.index_organisation o ON o.org_id = m.org_id
        WHERE o.index_name = idx AND m.patient_id >= pick ORDER BY m.patient_id LIMIT 1;
        IF FOUND THEN
            PERFORM mpi.review_see(found_member.org_id);
            RETURN QUERY SELECT p.id, p.org_id, n.family, n.given, p.birth_date
                FROM hms.patient p JOIN hms.patient_name n ON n.patient_id = p.id AND n.org_id = p.org_id
                WHERE p.id = found_member.patient_id AND p.org_id = found_member.org_id
                  AND length(n.family) > 1 AND length(n.given) > 1 AND p.birth_precision = 'D'
                ORDER BY n.use = 'official' DESC, n.source_key LIMIT 1;
            IF FOUND THEN
                RETURN;
            END IF;
        END IF;
        pick := md5(pick::text)::uuid;
    END LOOP;
END
$$;

-- Somebody of the same family or given name who is another person beyond doubt: the other name begins
-- with another letter, and birth dates are more than five years apart.
CREATE FUNCTION mpi.review_other(of_org integer, of_family text, of_given text, of_born date, not_id uuid,
                                 chance double precision)
RETURNS TABLE (id uuid, org integer)
LANGUAGE sql SET search_path = pg_catalog AS $$
    SELECT p.id, p.org_id
    FROM (SELECT n.patient_id FROM hms.patient_name n
          WHERE n.org_id = of_org AND lower(n.family) = lower(of_family) AND left(lower(n.given), 1) <> left(lower(of_given), 1)
          UNION
          SELECT n.patient_id FROM hms.patient_name n
          WHERE n.org_id = of_org AND lower(n.given) = lower(of_given) AND left(lower(n.family), 1) <> left(lower(of_family), 1)) n
    JOIN hms.patient p ON p.id = n.patient_id AND p.org_id = of_org
    JOIN mpi.member m ON m.patient_id = p.id
    WHERE p.id <> not_id AND p.birth_precision = 'D' AND abs(p.birth_date - of_born) > 5 * 365
      AND NOT EXISTS (SELECT FROM mpi.pair q WHERE q.a = least(p.id, not_id) AND q.b = greatest(p.id, not_id))
      AND NOT EXISTS (SELECT FROM mpi.member o WHERE o.patient_id = not_id AND o.person_id = m.person_id)
    ORDER BY mpi.review_draw(chance::text, p.id::text) LIMIT 1
$$;

-- A pair whose answer is known, as a task of one reviewer; NULL when none can be made.
CREATE FUNCTION mpi.review_plant(idx text, who text, chance double precision) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    one record;
    other record;
    made text;
    last_run integer;
    twin uuid;
BEGIN
    SELECT filled_run INTO last_run FROM mpi.review_policy WHERE index_name = idx;
    IF mpi.review_draw('kind', chance::text) < 0.5 THEN
        SELECT * INTO one FROM mpi.review_agreed(idx, who, chance);
        IF FOUND THEN
            INSERT INTO mpi.review_task (index_name, run_id, a, b, a_org, b_org, source, draw, known, made_from, planted_for)
            VALUES (idx, last_run, one.a, one.b, one.a_org, one.b_org, 'planted', chance, one.known, 'agreement', who)
            RETURNING task INTO made;
            RETURN made;
        END IF;
    END IF;
    SELECT * INTO one FROM mpi.review_anyone(idx, chance);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF mpi.review_draw('answer', chance::text) < 0.5 THEN
        SELECT * INTO other FROM mpi.review_other(one.org, one.family, one.given, one.born, one.id, chance);
        IF FOUND AND NOT EXISTS (SELECT FROM mpi.review_decision d WHERE d.a = least(one.id, other.id)
                                 AND d.b = greatest(one.id, other.id) AND d.reviewer = who) THEN
            INSERT INTO mpi.review_task (index_name, run_id, a, b, a_org, b_org, source, draw, known, made_from, planted_for)
            VALUES (idx, last_run, least(one.id, other.id), greatest(one.id, other.id), one.org, other.org,
                    'planted', chance, false, 'others', who)
            RETURNING task INTO made;
            RETURN made;
        END IF;
    END IF;
    twin := md5(concat_ws(chr(31), one.id, who, chance))::uuid;
    INSERT INTO mpi.review_task (index_name, run_id, a, b, a_org, b_org, source, draw, known, made_from, planted_for)
    VALUES (idx, last_run, one.id, twin, one.org, one.org, 'planted', chance, true, 'copy', who)
    RETURNING task INTO made;
    RETURN made;
END
$$;

-- ---------------------------------------------------------------- handing out

-- The first open task in the order of `way` that this reviewer may have, locked; NULL when there is none.
CREATE FUNCTION mpi.review_pick(idx text, who text, way text, also_skipped boolean) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    picked text;
BEGIN
    IF way = 'audit' THEN
        SELECT t.task INTO picked FROM mpi.review_task t
        WHERE t.index_name = idx AND t.state = 'open' AND t.audit_order IS NOT NULL
          AND (t.leased_until IS NULL OR t.leased_until <= clock_timestamp())
          AND NOT EXISTS (SELECT FROM mpi.review_decision d WHERE d.a = t.a AND d.b = t.b AND d.reviewer = who
                          AND (d.withdrawn_at IS NULL OR d.looked_at IS NOT NULL))
          AND (also_skipped OR NOT EXISTS (SELECT FROM mpi.review_skip s WHERE s.task = t.task AND s.reviewer = who))
        ORDER BY t.audit_order LIMIT 1 FOR UPDATE OF t SKIP LOCKED;
    ELSE
        SELECT t.task INTO picked FROM mpi.review_task t
        WHERE t.index_name = idx AND t.state = 'open' AND t.source = way
          AND (way <> 'planted' OR t.planted_for = who)
          AND (t.leased_until IS NULL OR t.leased_until <= clock_timestamp())
          AND NOT EXISTS (SELECT FROM mpi.review_decision d WHERE d.a = t.a AND d.b = t.b AND d.reviewer = who
                          AND (d.withdrawn_at IS NULL OR d.looked_at IS NOT NULL))
          AND (also_skipped OR NOT EXISTS (SELECT FROM mpi.review_skip s WHERE s.task = t.task AND s.reviewer = who))
        ORDER BY t.priority DESC, t.draw LIMIT 1 FOR UPDATE OF t SKIP LOCKED;
    END IF;
    RETURN picked;
END
$$;

-- What comes next for a reviewer: sometimes a planted pair, sometimes one of the sample in its random
-- order, else the pair that matters most.
CREATE FUNCTION mpi.review_choose(idx text, who text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
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
        picked := coalesce(mpi.review_plant(idx, who, mpi.review_draw(rules.seed, 'planted', who, turn::text)), picked);
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM mpi.review_see(org);
    RETURN QUERY SELECT o.code, p.source_system, p.source_key
        FROM hms.patient p JOIN hms.organisation o ON o.org_id = p.org_id
        WHERE p.id = patient AND p.org_id = org;
END
$$;

-- The outcome that the decisions in force make, or NULL when another reviewer is to be asked.
CREATE FUNCTION mpi.review_outcome(t mpi.review_task) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    t mpi.review_task;
    key_a record;
    key_b record;
    says text;
    verdict bigint;
    possible boolean := true;
BEGIN
    SELECT * INTO t FROM mpi.review_task WHERE task = of_task;
    says := mpi.review_outcome(t);
    UPDATE mpi.verdict SET withdrawn_at = clock_timestamp(), withdrawn_by = who
     WHERE verdict_id = t.verdict_id AND withdrawn_at IS NULL
       AND (says IS NULL OR says = 'unsure' OR same <> (says = 'same'));
    SELECT v.verdict_id INTO verdict FROM mpi.verdict v WHERE v.verdict_id = t.verdict_id AND v.withdrawn_at IS NULL;
    IF t.source <> 'planted' THEN
        SELECT * INTO key_a FROM mpi.review_key_of(t.a_org, t.a);
        possible := FOUND;
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    who text := mpi.review_who(by_name);
    word text := mpi.review_may(of_task, who);
BEGIN
    IF word <> 'done' THEN
        RETURN word;
    END IF;
    INSERT INTO mpi.review_decision (task, a, b, reviewer, answer, why, weights_seen, handed_at)
    SELECT of_task, t.a, t.b, who, review_decide.answer, nullif(review_decide.why, ''),
           coalesce(review_decide.weights_seen, false), t.leased_at
      FROM mpi.review_task t WHERE t.task = of_task;
    RETURN CASE WHEN mpi.review_settle(of_task, who) THEN 'done' ELSE 'moot' END;
END
$$;

-- Withdraws the reviewer's last decision in force, with the verdict that rests on it, and leases the task to
-- him again when it is still a question.
CREATE FUNCTION mpi.review_undo(by_name text, OUT word text, OUT task text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
    PERFORM mpi.review_settle(review_undo.task, who) WHERE word = 'done';
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
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN field IN ('record number') THEN translate(value, '0123456789', '7294018536')
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
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce((SELECT r.learned FROM mpi.run r WHERE r.index_name = idx AND r.state = 'done' AND r.learned IS NOT NULL
                     ORDER BY r.run_id DESC LIMIT 1), '')
$$;

-- Logged before the value is shown.
CREATE FUNCTION mpi.review_reveal(of_task text, by_name text, of_field text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    who text := mpi.review_who(by_name);
    word text := mpi.review_may(of_task, who);
BEGIN
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    who text := CASE WHEN by_name IS NULL AND mpi.review_is_owner() THEN NULL ELSE mpi.review_who(by_name) END;
    may_look boolean;
BEGIN
    UPDATE mpi.review_decision d SET looked_at = clock_timestamp()
      FROM mpi.review_task t
     WHERE d.task = of_task AND d.reviewer = who AND d.withdrawn_at IS NULL
       AND t.task = of_task AND t.source <> 'planted';
    may_look := FOUND OR who IS NULL;
    RETURN QUERY SELECT d.reviewer, d.answer, d.why, d.decided_at, d.withdrawn_at IS NOT NULL
      FROM mpi.review_decision d
     WHERE d.task = of_task AND (may_look OR d.reviewer = who)
     ORDER BY d.decision_id;
END
$$;

-- The indexes there are and what is open in each.
CREATE FUNCTION mpi.review_indexes() RETURNS TABLE (index_name text, open_tasks bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT p.index_name, count(t.task) FROM mpi.review_policy p
    LEFT JOIN mpi.review_task t ON t.index_name = p.index_name AND t.state = 'open' AND t.source <> 'planted'
    GROUP BY p.index_name ORDER BY p.index_name
$$;

-- ---------------------------------------------------------------- who may do what

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hms_steward') THEN
        CREATE ROLE hms_steward NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL;
END
$$;

DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'mpi'::regnamespace AND p.proname LIKE 'review\_%' LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
    END LOOP;
END
$$;
GRANT USAGE ON SCHEMA mpi TO hms_steward;
GRANT EXECUTE ON FUNCTION mpi.review_refresh(), mpi.review_indexes(), mpi.review_learned(text), mpi.review_next(text, text), mpi.review_renew(text, text),
    mpi.review_skip(text, text), mpi.review_decide(text, text, text, text, boolean), mpi.review_undo(text),
    mpi.review_values(text, text), mpi.review_reveal(text, text, text), mpi.review_history(text, text) TO hms_steward;
