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

COMMENT ON TABLE ops.rehearsal IS 'Each rehearsal of a plan; its database is database_name.';
COMMENT ON TABLE ops.rehearsal_variable IS 'The variables a plan was run with.';
COMMENT ON TABLE ops.rehearsal_input IS 'The files a rehearsal read, each with its XXH3-64; name does not depend on the variables'' values.';
COMMENT ON TABLE ops.rehearsal_step IS 'What was run, how long it took, how much memory it needed, and how it ended.';
COMMENT ON TABLE ops.rehearsal_balance IS 'What became of the source rows, copied from the rehearsal''s own database.';
COMMENT ON TABLE ops.rehearsal_reconciliation IS 'The last comparison of each organisation, copied from the rehearsal''s own database.';
