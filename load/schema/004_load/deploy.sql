-- What a load does inside the server.  A leaf is one table aside: of one entity and organisation,
-- and of one lane when the entity is split by ranges of its id; <entity>__<org> or
-- <entity>__<org>__<lane>.

CREATE FUNCTION mig.leaf_name(entity text, org text, lane integer, lanes integer) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT entity || '__' || org || CASE WHEN lanes > 1 THEN '__' || lane ELSE '' END
$$;

-- The first id of a lane; lane = lanes gives the end of the last one.
CREATE FUNCTION mig.lane_start(lane integer, lanes integer) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN lane = 0 THEN 'MINVALUE' WHEN lane = lanes THEN 'MAXVALUE'
                ELSE quote_literal(lpad(to_hex(lane * 256 / lanes), 2, '0') ||
                                   '000000-0000-0000-0000-000000000000') END
$$;

-- An empty leaf, in the transaction of the COPY that fills it, so that rows can be written frozen.
-- Its check constraints are what lets it be attached later without being read again.
CREATE FUNCTION mig.leaf_create(run integer, entity text, org text, org_id integer, lane integer,
                                lanes integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    leaf text := format('aside.%I', mig.leaf_name(entity, org, lane, lanes));
BEGIN
    EXECUTE format('CREATE TABLE %s (LIKE hms.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS, '
                   'CONSTRAINT of_organisation CHECK (org_id = %s)) WITH (autovacuum_enabled = false)',
                   leaf, entity, org_id);
    EXECUTE format('ALTER TABLE %s ALTER COLUMN run_id SET DEFAULT %s', leaf, run);
    IF lane > 0 THEN
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT lane_start CHECK (id >= %s)', leaf,
                       mig.lane_start(lane, lanes));
    END IF;
    IF lane < lanes - 1 THEN
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT lane_end CHECK (id < %s)', leaf,
                       mig.lane_start(lane + 1, lanes));
    END IF;
END
$$;

CREATE FUNCTION mig.leaf_key(leaf text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE aside.%I ADD PRIMARY KEY (id, org_id)', leaf);
END
$$;

-- The indexes of the entity, made on the leaf.
CREATE FUNCTION mig.leaf_indexes(entity text, leaf text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    using_clause text;
BEGIN
    FOR using_clause IN
        SELECT substring(pg_get_indexdef(i.indexrelid) FROM ' USING (.*)$') FROM pg_index i
        WHERE i.indrelid = to_regclass(format('hms.%I', entity)) AND NOT i.indisprimary
        ORDER BY i.indexrelid
    LOOP
        EXECUTE format('CREATE INDEX ON aside.%I USING %s', leaf, using_clause);
    END LOOP;
END
$$;

CREATE FUNCTION mig.leaf_analyze(leaf text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ANALYZE aside.%I', leaf);
END
$$;

-- Which map each row of a leaf came from, as a table <leaf>__origin; made when it is first needed,
-- while the rows still lie in the order in which they were written.  NULL when one map feeds the
-- entity: then that one is meant.
CREATE FUNCTION mig.origin(run integer, of_entity text, of_lane integer, leaf text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    origin text := leaf || '__origin';
BEGIN
    IF (SELECT count(*) FROM mig.map m WHERE m.run_id = run AND m.entity = of_entity) < 2 THEN
        RETURN NULL;
    END IF;
    IF to_regclass(format('aside.%I', origin)) IS NULL THEN
        EXECUTE format('CREATE TABLE aside.%I AS
            SELECT t.tid, t.id, (SELECT s.map FROM mig.segment s
                                 WHERE s.run_id = $1 AND s.entity = $2 AND s.lane = $3
                                   AND s.upto >= t.nth ORDER BY s.upto LIMIT 1) AS map
            FROM (SELECT ctid AS tid, id, row_number() OVER (ORDER BY ctid) AS nth FROM aside.%I) t',
            origin, leaf) USING run, of_entity, of_lane;
    END IF;
    RETURN origin;
END
$$;

-- The map of a row `t` of the leaf as an SQL expression, and the join that gives it.
CREATE FUNCTION mig.origin_map(run integer, of_entity text, origin text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN origin IS NULL
           THEN quote_literal((SELECT m.map FROM mig.map m
                               WHERE m.run_id = run AND m.entity = of_entity)) || '::text'
           ELSE 'o.map' END
$$;

CREATE FUNCTION mig.origin_join(origin text, how text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN origin IS NULL THEN '' ELSE format('JOIN aside.%I o ON %s', origin, how) END
$$;

-- Ids that may have come twice, as the client that copied the rows saw them go by; every id that did
-- is among them.  A row without an id: there are too many to name.
CREATE TABLE mig.suspect (
    run_id integer NOT NULL REFERENCES mig.run,
    entity text NOT NULL,
    lane integer NOT NULL,
    id uuid
);
COMMENT ON TABLE mig.suspect IS 'Ids of a load that may have come twice; empty after a load.';

-- Rows whose key was seen before, in the order of the source:
--   equal to the row that stays                  merged, key.repeat
--   different, and the map says first or last    merged, key.superseded
--   different                                    quarantined, key.duplicate
-- Which one stays is the last when every map of the group says "last", else the first.
-- Returns rows taken out; -1 when two source keys have one id, which must never be.
CREATE FUNCTION mig.take_repeats(run integer, org text, of_entity text, of_lane integer, leaf text)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_hashagg = off SET work_mem = '256MB' AS $$
DECLARE
    origin text;
    candidates text := 'SELECT s.id FROM mig.suspect s WHERE s.run_id = $1 AND s.entity = $2 AND s.lane = $3';
    taken bigint;
BEGIN
    PERFORM FROM mig.suspect s WHERE s.run_id = run AND s.entity = of_entity AND s.lane = of_lane;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    origin := mig.origin(run, of_entity, of_lane, leaf);
    PERFORM FROM mig.suspect s
        WHERE s.run_id = run AND s.entity = of_entity AND s.lane = of_lane AND s.id IS NULL;
    IF FOUND THEN -- nearly all ids come once, and sorting such finds the others in half the time of hashing
        candidates := format('SELECT id FROM aside.%I GROUP BY id HAVING count(*) > 1', leaf);
    END IF;
    EXECUTE format('CREATE TEMP TABLE seen ON COMMIT DROP AS
        SELECT t.ctid AS tid, t.id, t.row_hash, t.source_system, t.source_key, %2$s AS map
        FROM aside.%1$I t %3$s WHERE t.id IN (%4$s)',
        leaf, mig.origin_map(run, of_entity, origin), mig.origin_join(origin, 'o.tid = t.ctid'),
        candidates) USING run, of_entity, of_lane;
    DELETE FROM pg_temp.seen s
        USING (SELECT id FROM pg_temp.seen GROUP BY id HAVING count(*) = 1) once WHERE s.id = once.id;
    PERFORM FROM pg_temp.seen GROUP BY id HAVING count(DISTINCT (source_system, source_key)) > 1;
    IF FOUND THEN
        RETURN -1;
    END IF;

    CREATE TEMP TABLE extra ON COMMIT DROP AS
        SELECT x.tid, x.id, x.row_hash, x.map, x.source_key,
               CASE WHEN x.row_hash = x.kept_hash OR x.repeats <> 'same' THEN 'merged'
                    ELSE 'quarantined' END AS outcome,
               CASE WHEN x.row_hash = x.kept_hash THEN 'key.repeat'
                    WHEN x.repeats <> 'same' THEN 'key.superseded'
                    ELSE 'key.duplicate' END AS rule
        FROM (SELECT s.*, m.repeats,
                     first_value(s.tid) OVER (PARTITION BY s.id ORDER BY g.reverse * s.nth) AS kept,
                     first_value(s.row_hash) OVER (PARTITION BY s.id ORDER BY g.reverse * s.nth) AS kept_hash
              FROM (SELECT *, row_number() OVER (ORDER BY tid) AS nth FROM pg_temp.seen) s
              JOIN mig.map m ON m.run_id = run AND m.map = s.map
              JOIN (SELECT n.id, CASE WHEN bool_and(p.repeats = 'last') THEN -1 ELSE 1 END AS reverse
                    FROM pg_temp.seen n JOIN mig.map p ON p.run_id = run AND p.map = n.map
                    GROUP BY n.id) g ON g.id = s.id) x
        WHERE x.tid <> x.kept;

    EXECUTE format('INSERT INTO mig.reject (run_id, organisation, map, entity, outcome, rule, column_name,
                        file, line, byte_offset, byte_length, source_key, row_id, row_data)
        SELECT $1, $2, e.map, $3, e.outcome, e.rule, '''', '''', 0, 0, 0, e.source_key, e.id,
               jsonb_strip_nulls(to_jsonb(t) - ''run_id'')
        FROM pg_temp.extra e JOIN aside.%I t ON t.ctid = e.tid WHERE e.outcome = ''quarantined''',
        leaf) USING run, org, of_entity;
    INSERT INTO mig.merged (run_id, entity, row_id, row_hash, map, rule, rows)
        SELECT run, of_entity, e.id, e.row_hash, e.map, e.rule, count(*)
        FROM pg_temp.extra e WHERE e.outcome = 'merged' GROUP BY e.id, e.row_hash, e.map, e.rule;
    INSERT INTO mig.taken (run_id, entity, lane, map, outcome, rule, column_name, rows)
        SELECT run, of_entity, of_lane, e.map, e.outcome, e.rule, '', count(*)
        FROM pg_temp.extra e GROUP BY e.map, e.outcome, e.rule;
    IF origin IS NOT NULL THEN
        EXECUTE format('DELETE FROM aside.%I o USING pg_temp.extra e WHERE o.tid = e.tid', origin);
    END IF;
    EXECUTE format('DELETE FROM aside.%I t USING pg_temp.extra e WHERE t.ctid = e.tid', leaf);
    GET DIAGNOSTICS taken = ROW_COUNT;
    RETURN taken;
END
$$;

CREATE FUNCTION mig.reference_add(leaf text, column_name text, parent_leaf text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE aside.%I ADD CONSTRAINT %I FOREIGN KEY (%I, org_id) '
                   'REFERENCES aside.%I (id, org_id) NOT VALID',
                   leaf, column_name || '_fkey', column_name, parent_leaf);
END
$$;

CREATE FUNCTION mig.reference_validate(leaf text, column_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE aside.%I VALIDATE CONSTRAINT %I', leaf, column_name || '_fkey');
END
$$;

-- Rows that point at nothing.  A required reference: the row is quarantined (reference.missing) and
-- kept whole.  An optional one: the column is emptied (reference.unresolved), the old id kept.
-- Returns rows taken out or changed.
CREATE FUNCTION mig.take_orphans(run integer, org text, of_entity text, of_lane integer, leaf text,
                                 column_name text, parent text, parent_leaf text, required boolean)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    origin text := mig.origin(run, of_entity, of_lane, leaf);
    taken bigint;
BEGIN
    EXECUTE format('CREATE TEMP TABLE orphan ON COMMIT DROP AS
        SELECT t.ctid AS tid, t.id, t.source_key, t.%2$I AS old_id, %4$s AS map
        FROM aside.%1$I t LEFT JOIN aside.%3$I p ON p.id = t.%2$I %5$s
        WHERE t.%2$I IS NOT NULL AND p.id IS NULL',
        leaf, column_name, parent_leaf, mig.origin_map(run, of_entity, origin),
        mig.origin_join(origin, 'o.id = t.id'));
    IF required THEN
        EXECUTE format('INSERT INTO mig.reject (run_id, organisation, map, entity, outcome, rule,
                            column_name, file, line, byte_offset, byte_length, source_key, row_id, row_data)
            SELECT $1, $2, e.map, $3, ''quarantined'', ''reference.missing'', $4, '''', 0, 0, 0,
                   e.source_key, e.id, jsonb_strip_nulls(to_jsonb(t) - ''run_id'')
            FROM pg_temp.orphan e JOIN aside.%I t ON t.ctid = e.tid', leaf)
            USING run, org, of_entity, column_name;
        EXECUTE format('DELETE FROM aside.%I t USING pg_temp.orphan e WHERE t.ctid = e.tid', leaf);
    ELSE
        INSERT INTO mig.adjustment (run_id, organisation, map, entity, row_id, source_key, column_name,
                                    old_id, parent, rule)
            SELECT run, org, e.map, of_entity, e.id, e.source_key, take_orphans.column_name, e.old_id,
                   take_orphans.parent, 'reference.unresolved'
            FROM pg_temp.orphan e;
        EXECUTE format('UPDATE aside.%I t SET %I = NULL FROM pg_temp.orphan e WHERE t.ctid = e.tid',
                       leaf, column_name);
    END IF;
    GET DIAGNOSTICS taken = ROW_COUNT;
    INSERT INTO mig.taken (run_id, entity, lane, map, outcome, rule, column_name, rows)
        SELECT run, of_entity, of_lane, e.map,
               CASE WHEN required THEN 'quarantined' ELSE 'issue' END,
               CASE WHEN required THEN 'reference.missing' ELSE 'reference.unresolved' END,
               take_orphans.column_name, count(*)
        FROM pg_temp.orphan e GROUP BY e.map;
    DROP TABLE pg_temp.orphan;
    RETURN taken;
END
$$;

-- A claim whose total is not the sum of its lines: kept as it is, and counted (claim.total).
CREATE FUNCTION mig.check_claims(run integer, org text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    claim text := mig.leaf_name('claim', org, 0, 1);
    line text := mig.leaf_name('claim_line', org, 0, 1);
    origin text;
BEGIN
    IF to_regclass(format('aside.%I', claim)) IS NULL OR to_regclass(format('aside.%I', line)) IS NULL THEN
        RETURN;
    END IF;
    origin := mig.origin(run, 'claim', 0, claim);
    EXECUTE format('INSERT INTO mig.finding (run_id, organisation, map, entity, row_id, source_key,
                                             column_name, rule)
        SELECT $1, $2, %3$s, ''claim'', t.id, t.source_key, ''submitted_amount'', ''claim.total''
        FROM aside.%1$I t %4$s
        JOIN (SELECT claim_id, sum(submitted_amount) AS total FROM aside.%2$I GROUP BY claim_id) l
          ON l.claim_id = t.id
        WHERE t.submitted_amount <> l.total',
        claim, line, mig.origin_map(run, 'claim', origin), mig.origin_join(origin, 'o.id = t.id'))
        USING run, org;
    INSERT INTO mig.taken (run_id, entity, lane, map, outcome, rule, column_name, rows)
        SELECT run, f.entity, 0, f.map, 'issue', f.rule, f.column_name, count(*)
        FROM mig.finding f WHERE f.run_id = run GROUP BY f.entity, f.map, f.rule, f.column_name;
END
$$;

-- Transform's balance with what load took: loaded = emitted - merged - quarantined.
CREATE FUNCTION mig.balance_close(run integer) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE mig.balance b SET rows = b.rows - t.rows
    FROM (SELECT map, sum(rows) AS rows FROM mig.taken
          WHERE run_id = run AND outcome <> 'issue' GROUP BY map) t
    WHERE b.run_id = run AND b.map = t.map AND b.outcome = 'loaded';

    INSERT INTO mig.balance AS b (run_id, organisation, map, map_release, source_table, entity,
                                  outcome, rule, column_name, rows, rows_read)
    SELECT run, h.organisation, t.map, h.map_release, h.source_table, h.entity, t.outcome, t.rule,
           t.column_name, sum(t.rows), h.rows_read
    FROM mig.taken t
    JOIN (SELECT DISTINCT organisation, map, map_release, source_table, entity, rows_read
          FROM mig.balance WHERE run_id = run) h ON h.map = t.map
    WHERE t.run_id = run
    GROUP BY h.organisation, t.map, h.map_release, h.source_table, h.entity, t.outcome, t.rule,
             t.column_name, h.rows_read
    ON CONFLICT (run_id, map, outcome, rule, column_name) DO UPDATE SET rows = b.rows + excluded.rows;

    DELETE FROM mig.taken WHERE run_id = run;
    DELETE FROM mig.segment WHERE run_id = run;
    DELETE FROM mig.suspect WHERE run_id = run;
$$;

-- Forgets what a run that did not end left behind, but for its line in mig.run.
CREATE FUNCTION mig.run_clear(run integer) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM mig.ledger WHERE run_id = run;
    DELETE FROM mig.task WHERE run_id = run;
    DELETE FROM mig.run_pack WHERE run_id = run;
    DELETE FROM mig.map WHERE run_id = run;
    DELETE FROM mig.segment WHERE run_id = run;
    DELETE FROM mig.suspect WHERE run_id = run;
    DELETE FROM mig.taken WHERE run_id = run;
    DELETE FROM mig.timing WHERE run_id = run;
    DELETE FROM mig.balance WHERE run_id = run;
    DELETE FROM mig.reject WHERE run_id = run;
    DELETE FROM mig.adjustment WHERE run_id = run;
    DELETE FROM mig.finding WHERE run_id = run;
    DELETE FROM mig.merged WHERE run_id = run;
$$;

-- The next piece of work that nobody has: big copies first, then builds whose parents are built.
-- No row: nothing that can be done now.
CREATE FUNCTION mig.task_take(run integer, OUT task_id bigint, OUT kind text, OUT entity text,
                              OUT lane integer) RETURNS SETOF record
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE mig.task SET state = 'running'
    WHERE task.task_id = (
        SELECT t.task_id FROM mig.task t
        WHERE t.run_id = run AND t.state = 'waiting'
          AND (t.kind = 'copy' OR NOT EXISTS (
              SELECT FROM mig.task c
              WHERE c.run_id = run AND c.state <> 'done' AND c.kind = 'copy'
                AND c.entity = t.entity AND c.lane = t.lane))
          AND (t.kind = 'copy' OR NOT EXISTS (
              SELECT FROM mig.task p JOIN mig.reference r ON r.parent = p.entity
              WHERE p.run_id = run AND p.state <> 'done'
                AND r.entity = t.entity AND r.parent <> t.entity))
        ORDER BY t.kind DESC, t.rows DESC, t.task_id
        LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING task.task_id, task.kind, task.entity, task.lane
$$;

-- Takes an organisation's rows out of the record; children and parents go in one statement.
CREATE FUNCTION mig.organisation_drop(org text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tables text;
BEGIN
    SELECT string_agg(format('hms.%I', e.entity || '__' || org), ', ') INTO tables
    FROM mig.entity e WHERE to_regclass(format('hms.%I', e.entity || '__' || org)) IS NOT NULL;
    IF tables IS NOT NULL THEN
        EXECUTE 'DROP TABLE ' || tables || ' CASCADE';
    END IF;
END
$$;

-- Tables aside of an organisation: what a dead load, a failed one or a dry run leaves.
CREATE FUNCTION mig.aside_drop(org text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tables text;
BEGIN
    SELECT string_agg(format('aside.%I', c.relname), ', ') INTO tables
    FROM pg_class c
    WHERE c.relnamespace = 'aside'::regnamespace AND c.relkind = 'r'
      AND split_part(c.relname, '__', 2) = org;
    IF tables IS NOT NULL THEN
        EXECUTE 'DROP TABLE ' || tables || ' CASCADE';
    END IF;
END
$$;

-- Makes a finished leaf part of the record; protected before anyone can see it.
CREATE FUNCTION mig.leaf_attach(entity text, org text, org_id integer, lane integer, lanes integer)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    name text := mig.leaf_name(entity, org, lane, lanes);
    leaf text := format('hms.%I', name);
    whole text := format('hms.%I', entity || '__' || org);
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS aside.%I', name || '__origin');
    EXECUTE format('ALTER TABLE aside.%I SET SCHEMA hms', name);
    EXECUTE format('ALTER TABLE %s RESET (autovacuum_enabled)', leaf);
    PERFORM mig.protect(leaf::regclass);
    IF lanes = 1 THEN
        EXECUTE format('ALTER TABLE hms.%I ATTACH PARTITION %s FOR VALUES IN (%s)', entity, leaf, org_id);
    ELSE
        IF lane = 0 THEN
            EXECUTE format('CREATE TABLE %s PARTITION OF hms.%I FOR VALUES IN (%s) '
                           'PARTITION BY RANGE (id)', whole, entity, org_id);
            PERFORM mig.protect(whole::regclass);
        END IF;
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)', whole, leaf,
                       mig.lane_start(lane, lanes), mig.lane_start(lane + 1, lanes));
    END IF;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT of_organisation, '
                   'DROP CONSTRAINT IF EXISTS lane_start, DROP CONSTRAINT IF EXISTS lane_end', leaf);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mig FROM PUBLIC;
