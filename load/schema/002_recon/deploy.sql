-- Comparisons of source and store (hms reconcile).  Counts, sums, names and ids; no cell values.

CREATE TABLE recon.run (
    recon_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation text NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    load_run_id integer NOT NULL REFERENCES mig.run,
    raw_folder text NOT NULL,
    stage_folder text NOT NULL,
    source_rows bigint NOT NULL,
    store_rows bigint NOT NULL,
    explained bigint NOT NULL,
    unexplained bigint NOT NULL,
    micros bigint NOT NULL,
    tool_version text NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON recon.run (organisation, recon_id);

CREATE TABLE recon.proof (
    recon_id bigint NOT NULL REFERENCES recon.run ON DELETE CASCADE,
    ordinal integer NOT NULL,
    proof text NOT NULL,
    what text NOT NULL,
    expected bigint NOT NULL,
    found bigint NOT NULL,
    unexplained bigint NOT NULL,
    PRIMARY KEY (recon_id, ordinal)
);

CREATE TABLE recon.entity (
    recon_id bigint NOT NULL REFERENCES recon.run ON DELETE CASCADE,
    entity text NOT NULL,
    source_rows bigint NOT NULL,
    taken_out bigint NOT NULL,
    blanked bigint NOT NULL,
    source_keys bigint NOT NULL,
    store_rows bigint NOT NULL,
    store_keys bigint NOT NULL,
    only_source bigint NOT NULL,
    only_store bigint NOT NULL,
    different bigint NOT NULL,
    stray_decisions bigint NOT NULL,
    unexplained bigint NOT NULL,
    expected_sum uuid NOT NULL,
    store_sum uuid NOT NULL,
    PRIMARY KEY (recon_id, entity)
);

CREATE TABLE recon.total (
    recon_id bigint NOT NULL REFERENCES recon.run ON DELETE CASCADE,
    entity text NOT NULL,
    column_name text NOT NULL,
    source numeric NOT NULL,
    taken_out numeric NOT NULL,
    store numeric NOT NULL,
    PRIMARY KEY (recon_id, entity, column_name)
);

CREATE TABLE recon.explanation (
    recon_id bigint NOT NULL REFERENCES recon.run ON DELETE CASCADE,
    entity text NOT NULL,
    outcome text NOT NULL,
    rule text NOT NULL,
    column_name text NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (recon_id, entity, outcome, rule, column_name)
);

CREATE TABLE recon.difference (
    recon_id bigint NOT NULL REFERENCES recon.run ON DELETE CASCADE,
    ordinal integer NOT NULL,
    entity text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('only in source', 'only in store', 'different', 'decision without row')),
    row_id uuid NOT NULL,
    columns text NOT NULL,
    PRIMARY KEY (recon_id, ordinal)
);

COMMENT ON TABLE recon.run IS 'Each comparison of an organisation''s source with the store.';
COMMENT ON TABLE recon.proof IS 'The links of the chain that are one number on both sides: files, rows, balances, rejects, decisions.';
COMMENT ON TABLE recon.entity IS 'Rows, keys and fingerprints of an entity on both sides; unexplained must be 0.';
COMMENT ON TABLE recon.total IS 'Exact sums of money and quantities; source = taken_out + store when all is explained.';
COMMENT ON TABLE recon.explanation IS 'Rows taken out and fields blanked by a recorded decision, by rule.';
COMMENT ON TABLE recon.difference IS 'The first unexplained rows by id and the names of the columns that differ.';
