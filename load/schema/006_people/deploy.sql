-- People: which registrations (hms.patient) are one person, how that is known, and what stewards said.
-- Nothing here changes a row of the record: a person is a set of registrations, and every decision is
-- kept beside it.  Filled by hms dedup; values of patients are not copied here.

CREATE SCHEMA mpi;

-- ---------------------------------------------------------------- who shares an index

CREATE TABLE mpi.index (
    index_name text PRIMARY KEY CHECK (index_name ~ '^[a-z][a-z0-9_]{0,30}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL DEFAULT session_user
);

CREATE TABLE mpi.index_organisation (
    org_id integer PRIMARY KEY,
    organisation text NOT NULL UNIQUE,
    index_name text NOT NULL REFERENCES mpi.index,
    agreed_at timestamptz NOT NULL DEFAULT now(),
    agreed_by text NOT NULL DEFAULT session_user
);

-- ---------------------------------------------------------------- runs

CREATE TABLE mpi.run (
    run_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    index_name text NOT NULL REFERENCES mpi.index,
    kind text NOT NULL CHECK (kind IN ('full', 'delta', 'decision')),
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    model_name text NOT NULL,
    model_checksum text NOT NULL,
    learned text,
    link_probability double precision NOT NULL,
    review_probability double precision NOT NULL,
    patients bigint,
    pairs_scored bigint,
    pairs_linked bigint,
    pairs_in_review bigint,
    people bigint,
    tool_version text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    started_by text NOT NULL DEFAULT session_user,
    ended_at timestamptz
);
CREATE INDEX ON mpi.run (index_name, run_id);

-- ---------------------------------------------------------------- people

CREATE TABLE mpi.person (
    person_id uuid PRIMARY KEY,
    index_name text NOT NULL REFERENCES mpi.index,
    since_run integer NOT NULL REFERENCES mpi.run,
    retired_run integer REFERENCES mpi.run,
    replaced_by uuid REFERENCES mpi.person,
    CHECK (replaced_by IS NULL OR retired_run IS NOT NULL)
);
CREATE INDEX ON mpi.person (index_name) WHERE retired_run IS NULL;

CREATE TABLE mpi.member (
    patient_id uuid PRIMARY KEY,
    org_id integer NOT NULL,
    person_id uuid NOT NULL REFERENCES mpi.person,
    since_run integer NOT NULL REFERENCES mpi.run,
    certain boolean NOT NULL
);
CREATE INDEX ON mpi.member (person_id);

CREATE TABLE mpi.person_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id integer NOT NULL REFERENCES mpi.run,
    kind text NOT NULL CHECK (kind IN ('new', 'join', 'split', 'leave', 'retire')),
    person_id uuid NOT NULL,
    other_person_id uuid,
    patients integer NOT NULL,
    CHECK ((kind IN ('join', 'split')) = (other_person_id IS NOT NULL))
);
CREATE INDEX ON mpi.person_event (person_id);

-- ---------------------------------------------------------------- pairs and what people said of them

CREATE TABLE mpi.pair (
    a uuid NOT NULL,
    b uuid NOT NULL,
    run_id integer NOT NULL REFERENCES mpi.run,
    weight real NOT NULL,
    probability real NOT NULL,
    band text NOT NULL CHECK (band IN ('link', 'review')),
    cause text NOT NULL,
    levels text NOT NULL,
    PRIMARY KEY (a, b),
    CHECK (a < b)
);
CREATE INDEX ON mpi.pair (b);

CREATE TABLE mpi.verdict (
    verdict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    a uuid NOT NULL,
    b uuid NOT NULL,
    a_organisation text NOT NULL,
    a_system text NOT NULL,
    a_key text NOT NULL,
    b_organisation text NOT NULL,
    b_system text NOT NULL,
    b_key text NOT NULL,
    same boolean NOT NULL,
    origin text NOT NULL CHECK (origin IN ('review', 'merge', 'unmerge', 'import')),
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    why text,
    withdrawn_at timestamptz,
    withdrawn_by text,
    CHECK (a < b),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE UNIQUE INDEX verdict_in_force ON mpi.verdict (a, b) WHERE withdrawn_at IS NULL;
CREATE INDEX ON mpi.verdict (b) WHERE withdrawn_at IS NULL;

CREATE TABLE mpi.contradiction (
    run_id integer NOT NULL REFERENCES mpi.run,
    a uuid NOT NULL,
    b uuid NOT NULL,
    apart bigint NOT NULL REFERENCES mpi.verdict,
    together bigint[] NOT NULL,
    PRIMARY KEY (run_id, a, b)
);

COMMENT ON SCHEMA mpi IS 'People: which registrations are one person, and what stewards decided.';
COMMENT ON TABLE mpi.index IS 'An index of people: of one organisation, then named by its code, or of several that agreed to share one.';
COMMENT ON TABLE mpi.index_organisation IS 'Which index an organisation is in; one at a time.';
COMMENT ON TABLE mpi.run IS 'Each run of dedup over an index: by which model, what it learned, what it found. Kind decision: people changed because a steward decided.';
COMMENT ON TABLE mpi.person IS 'A person of an index; the id stays through runs, new data and new models. A retired one says which took over most of its registrations.';
COMMENT ON TABLE mpi.member IS 'The person of each registration; certain: not only held by pairs that wait for review.';
COMMENT ON TABLE mpi.person_event IS 'What runs and decisions did to people: new, joined to another, split from another, left by registrations that are gone, retired.';
COMMENT ON TABLE mpi.pair IS 'Pairs of registrations that the last run linked or put up for review, with the reasons by field; no values.';
COMMENT ON TABLE mpi.verdict IS 'What people said of two registrations, by their keys in the source: for ever, until withdrawn. In force are rows without withdrawn_at; runs never break them.';
COMMENT ON TABLE mpi.contradiction IS 'Two registrations that must be apart by one verdict and together by others; a steward has to withdraw one.';

REVOKE ALL ON SCHEMA mpi FROM PUBLIC;
