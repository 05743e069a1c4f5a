-- The review queue: pairs of registrations that a steward decides, and what the decisions say about the
-- reviewers and about dedup itself.  docs/review.md says what it is for, docs/adr/0018 why it is so.
-- This step holds its tables and what fills them; the next one, 009_review_desk, is where stewards sit.

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
CREATE UNIQUE INDEX review_decision_once ON mpi.review_decision (a, b, mig.person_key(reviewer)) WHERE withdrawn_at IS NULL;
CREATE INDEX ON mpi.review_decision (task);
CREATE INDEX ON mpi.review_decision (reviewer, decision_id);
CREATE INDEX ON mpi.review_decision (mig.person_key(reviewer), decision_id);

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
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ('x' || left(encode(sha256(convert_to(array_to_string(words, chr(31), '-'), 'UTF8')), 'hex'), 13))::bit(52)::bigint
           / 4503599627370496.0::double precision
$$;

-- Who speaks: a steward who has logged in as somebody speaks for himself only; the owner of the store may
-- name anyone, as the program does for people at one machine.  Two spellings of one name are one person,
-- who goes by the first: nobody is his own second reviewer.
CREATE FUNCTION mpi.review_is_owner() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_has_role(session_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = 'mpi.review_task'::regclass
$$;

CREATE FUNCTION mpi.review_who(by_name text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF by_name IS DISTINCT FROM session_user AND NOT mpi.review_is_owner() THEN
        RAISE EXCEPTION 'a steward decides in his own name only' USING ERRCODE = '42501';
    END IF;
    IF by_name IS NULL OR by_name !~ '^[[:alnum:]][[:alnum:]_.@-]{0,62}$' THEN
        RAISE EXCEPTION 'a reviewer has a name of letters, digits and _.@-' USING ERRCODE = '42602';
    END IF;
    RETURN coalesce((SELECT d.reviewer FROM mpi.review_decision d
                      WHERE mig.person_key(d.reviewer) = mig.person_key(by_name) ORDER BY d.decision_id LIMIT 1), by_name);
END
$$;

CREATE FUNCTION mpi.review_see(org integer) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT set_config('hms.org_id', org::text, true)
$$;

-- ---------------------------------------------------------------- filling the queue

-- Held while a queue is filled, and shared by who takes a task: filling locks every row, and a task that is
-- locked is one that somebody else is just taking.
CREATE FUNCTION mpi.review_lock(idx text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT hashtextextended('mpi.review_fill ' || idx, 0)
$$;

-- Pairs that share birth date and a name, or an identifier, and yet are not in mpi.pair: where missed
-- matches would be.  Keys that more than twenty registrations share are not looked at.
CREATE FUNCTION mpi.review_keys(idx text, seed text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET work_mem = '256MB' AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
    FOR org IN SELECT o.org_id FROM mpi.index_organisation o WHERE o.index_name = idx LOOP
        PERFORM mpi.review_see(org);
        SELECT array_agg(DISTINCT x.id) INTO ids
        FROM mpi.review_task t, LATERAL (VALUES (t.a, t.a_org, t.a_rows), (t.b, t.b_org, t.b_rows)) x (id, of_org, rows)
        WHERE t.index_name = idx AND t.state = 'open' AND x.rows IS NULL AND x.of_org = org;
        CONTINUE WHEN ids IS NULL;
        EXECUTE 'WITH n AS MATERIALIZED (SELECT patient_id, sum(rows) AS rows, bool_or(clinical) AS clinical FROM ('
                || counting || ') c GROUP BY patient_id), '
                'counted AS (SELECT t.task, x.rows AS a_rows, x.clinical AS a_clinical, y.rows AS b_rows, y.clinical AS b_clinical '
                '  FROM mpi.review_task t LEFT JOIN n x ON x.patient_id = t.a LEFT JOIN n y ON y.patient_id = t.b '
                '  WHERE t.index_name = $3 AND t.state = ''open'') '
                'UPDATE mpi.review_task t SET a_rows = coalesce(t.a_rows, b.a_rows), b_rows = coalesce(t.b_rows, b.b_rows), '
                '  a_clinical = t.a_clinical OR coalesce(b.a_clinical, false), '
                '  b_clinical = t.b_clinical OR coalesce(b.b_clinical, false) '
                'FROM counted b WHERE t.task = b.task AND (t.a_rows IS NULL AND b.a_rows IS NOT NULL '
                '                                       OR t.b_rows IS NULL AND b.b_rows IS NOT NULL)'
            USING org, ids, idx;
    END LOOP;
    UPDATE mpi.review_task t
       SET a_rows = coalesce(t.a_rows, 0), b_rows = coalesce(t.b_rows, 0)
     WHERE t.index_name = idx AND (t.a_rows IS NULL OR t.b_rows IS NULL);
END
$$;

-- How unsure dedup is of a pair: 1 at even odds, and never little when it asked for a steward.
CREATE FUNCTION mpi.review_uncertainty(probability real, cause text) RETURNS double precision
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT greatest(1 - abs(2 * probability::double precision - 1), CASE WHEN cause <> '' THEN 0.5 ELSE 0.01 END)
$$;

-- What stewards said elsewhere, in a merge or by taking one back: pairs with a verdict become moot, pairs
-- whose verdict was withdrawn are open again.  A verdict of reviewers takes the decisions behind it along.
CREATE FUNCTION mpi.review_heed(idx text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    began timestamptz := clock_timestamp();
BEGIN
    WITH reopened AS (
        UPDATE mpi.review_task t SET state = 'open', outcome = NULL, verdict_id = NULL, closed_at = NULL
        FROM mpi.verdict v
        WHERE t.index_name = idx AND v.verdict_id = t.verdict_id AND v.withdrawn_at IS NOT NULL
        RETURNING t.task)
    UPDATE mpi.review_decision d SET withdrawn_at = began
      FROM reopened o WHERE d.task = o.task AND d.withdrawn_at IS NULL;
    UPDATE mpi.review_task t
       SET state = 'moot', closed_at = began, leased_by = NULL, leased_at = NULL, leased_until = NULL
     WHERE t.index_name = idx AND t.state = 'open' AND t.source <> 'planted'
       AND EXISTS (SELECT FROM mpi.verdict v WHERE v.a = t.a AND v.b = t.b AND v.withdrawn_at IS NULL);
    UPDATE mpi.review_task t SET state = 'open', closed_at = NULL
      FROM mpi.pair p, mpi.review_frame f
     WHERE t.index_name = idx AND t.state = 'moot' AND t.source <> 'planted' AND p.a = t.a AND p.b = t.b
       AND f.index_name = idx AND f.stratum = t.stratum AND (t.stratum = 'review' OR t.draw < f.share)
       AND NOT EXISTS (SELECT FROM mpi.verdict v WHERE v.a = t.a AND v.b = t.b AND v.withdrawn_at IS NULL);
END
$$;

-- Brings the queue up to the last run, at the end of hms dedup: new pairs come in, pairs that are gone become moot with their
-- decisions kept, pairs that came back are open again.  May be run at any time.
CREATE FUNCTION mpi.review_fill(idx text, OUT added bigint, OUT moot bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

    PERFORM mpi.review_heed(idx);
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

-- Brings the queues up to the last runs that they have not seen: hms dedup has done so by itself, unless
-- it was killed; decisions of stewards are heeded without looking at all pairs.  Who waited for another's
-- filling finds it done.
CREATE FUNCTION mpi.review_refresh() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_run record;
    filled integer;
BEGIN
    FOR last_run IN
        SELECT r.index_name, max(r.run_id) AS any_kind,
               coalesce(max(r.run_id) FILTER (WHERE r.kind <> 'decision'), 0) AS matching
        FROM mpi.run r WHERE r.state = 'done' GROUP BY r.index_name
    LOOP
        CONTINUE WHEN EXISTS (SELECT FROM mpi.review_policy p
                              WHERE p.index_name = last_run.index_name AND p.filled_run >= last_run.any_kind);
        PERFORM pg_advisory_xact_lock(mpi.review_lock(last_run.index_name));
        SELECT p.filled_run INTO filled FROM mpi.review_policy p WHERE p.index_name = last_run.index_name;
        IF filled IS NULL OR filled < last_run.matching THEN
            PERFORM mpi.review_fill(last_run.index_name);
        ELSIF filled < last_run.any_kind THEN
            PERFORM mpi.review_heed(last_run.index_name);
            UPDATE mpi.review_policy SET filled_run = last_run.any_kind WHERE index_name = last_run.index_name;
        END IF;
    END LOOP;
END
$$;

-- ---------------------------------------------------------------- planted pairs

-- Somebody else's pair that two reviewers decided alike, and nobody otherwise.
CREATE FUNCTION mpi.review_agreed(idx text, who text, chance double precision)
RETURNS TABLE (a uuid, b uuid, a_org integer, b_org integer, known boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
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
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
