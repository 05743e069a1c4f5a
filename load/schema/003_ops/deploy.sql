-- Rehearsals (hms rehearse).  They live in the store's main database; each rehearsal also has a
-- database of its own, of which balance, rejects and comparisons are copied here at the end, so
-- that rehearsals can be compared when their databases are gone.

CREATE SEQUENCE ops.rehearsal_number AS integer;

CREATE TABLE ops.rehearsal (
    number integer PRIMARY KEY,
    plan text NOT NULL,
    plan_path text NOT NULL,
    plan_checksum text NOT NULL,
    database_name text NOT NULL,
    folder text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    tool_version text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    wall_ms bigint,
    dropped_at timestamptz
);

CREATE TABLE ops.rehearsal_variable (
    number integer NOT NULL REFERENCES ops.rehearsal ON DELETE CASCADE,
    name text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (number, name)
);

CREATE TABLE ops.rehearsal_input (
    number integer NOT NULL REFERENCES ops.rehearsal ON DELETE CASCADE,
    name text NOT NULL,
    path text NOT NULL,
    bytes bigint NOT NULL,
    checksum text NOT NULL,
    PRIMARY KEY (number, name)
);

CREATE TABLE ops.rehearsal_step (
    number integer NOT NULL REFERENCES ops.rehearsal ON DELETE CASCADE,
    ordinal integer NOT NULL,
    step text NOT NULL,
    command text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'skipped')),
    wall_ms bigint,
    cpu_ms bigint,
    max_rss_kb bigint,
    exit_status integer,
    log text NOT NULL,
    PRIMARY KEY (number, ordinal)
);

CREATE TABLE ops.rehearsal_balance (
    number integer NOT NULL REFERENCES ops.rehearsal ON DELETE CASCADE,
    organisation text NOT NULL,
    entity text NOT NULL,
    outcome text NOT NULL,
    rule text NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (number, organisation, entity, outcome, rule)
);

CREATE TABLE ops.rehearsal_reconciliation (
    number integer NOT NULL REFERENCES ops.rehearsal ON DELETE CASCADE,
    organisation text NOT NULL,
    source_rows bigint NOT NULL,
    store_rows bigint NOT NULL,
    explained bigint NOT NULL,
    unexplained bigint NOT NULL,
    PRIMARY KEY (number, organisation)
);

CREATE TABLE ops.rehearsal_coverage (
    number integer NOT NULL REFERENCES ops.rehearsal ON DELETE CASCADE,
    organisation text NOT NULL,
    entity text NOT NULL,
    code_system text NOT NULL,
    code_state text NOT NULL,
    rows bigint NOT NULL,
    patients bigint NOT NULL,
    PRIMARY KEY (number, organisation, entity, code_system, code_state)
);

-- Of each organisation that is loaded and each entity that has codes: rows and patients by code
-- system and by what is known of the code; state 'all' is of all rows of the system.
CREATE FUNCTION ops.code_coverage()
RETURNS TABLE (organisation text, entity text, code_system text, code_state text, rows bigint, patients bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    loaded record;
    coded record;
BEGIN
    FOR loaded IN SELECT DISTINCT r.organisation, r.org_id FROM mig.run r WHERE r.state = 'done' AND NOT r.dry_run LOOP
        PERFORM set_config('hms.org_id', loaded.org_id::text, true);
        FOR coded IN
            SELECT c.relname AS entity, bool_or(a.attname = 'patient_id') AS has_patient
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'hms'
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('code_state', 'patient_id')
            WHERE c.relname IN (SELECT e.entity FROM mig.entity e)
            GROUP BY c.relname HAVING bool_or(a.attname = 'code_state')
        LOOP
            RETURN QUERY EXECUTE format(
                'SELECT %L::text, %L::text, coalesce(t.code_system, ''''), coalesce(t.code_state, ''all''), count(*), %s '
                'FROM hms.%I t WHERE t.org_id = $1 AND t.code_state IS NOT NULL '
                'GROUP BY GROUPING SETS ((t.code_system, t.code_state), (t.code_system))',
                loaded.organisation, coded.entity,
                CASE WHEN coded.has_patient THEN 'count(DISTINCT t.patient_id)' ELSE '0::bigint' END, coded.entity)
                USING loaded.org_id;
        END LOOP;
    END LOOP;
END
$$;

COMMENT ON FUNCTION ops.code_coverage IS 'How far codes go: rows and patients of each organisation and entity by code system and state of the code.';
COMMENT ON TABLE ops.rehearsal_coverage IS 'How far codes went, copied from the rehearsal''s own database; state ''all'' is of all rows of the code system, patients are 0 where the entity names none.';
COMMENT ON TABLE ops.rehearsal IS 'Each rehearsal of a plan; its database is database_name.';
COMMENT ON TABLE ops.rehearsal_variable IS 'The variables a plan was run with.';
COMMENT ON TABLE ops.rehearsal_input IS 'The files a rehearsal read, each with its XXH3-64; name does not depend on the variables'' values.';
COMMENT ON TABLE ops.rehearsal_step IS 'What was run, how long it took, how much memory it needed, and how it ended.';
COMMENT ON TABLE ops.rehearsal_balance IS 'What became of the source rows, copied from the rehearsal''s own database.';
COMMENT ON TABLE ops.rehearsal_reconciliation IS 'The last comparison of each organisation, copied from the rehearsal''s own database.';
