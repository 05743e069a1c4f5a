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
    certain boolean NOT NULL,
    content_hash uuid
);
CREATE INDEX ON mpi.member (person_id);

CREATE TABLE mpi.person_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id integer NOT NULL REFERENCES mpi.run,
    kind text NOT NULL CHECK (kind IN ('new', 'enter', 'join', 'split', 'leave', 'retire')),
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
COMMENT ON TABLE mpi.member IS 'The person of each registration; certain: not only held by pairs that wait for review. content_hash: of what dedup read of the registration; NULL: nothing yet.';
COMMENT ON TABLE mpi.person_event IS 'What runs and decisions did to people: new; entered by registrations that had no person; joined by another person, which is retired; a part split off to another; left by registrations that are gone; retired.';
COMMENT ON TABLE mpi.pair IS 'Pairs of registrations that the last run linked or put up for review, with the reasons by field; no values.';
COMMENT ON TABLE mpi.verdict IS 'What people said of two registrations, by their keys in the source: for ever, until withdrawn. In force are rows without withdrawn_at; runs never break them.';
COMMENT ON TABLE mpi.contradiction IS 'Two registrations that must be apart by one verdict and together by others; a steward has to withdraw one.';

-- ---------------------------------------------------------------- what dedup reads of a registration

CREATE TABLE mpi.identifier_kind (
    kind text PRIMARY KEY,
    tells text NOT NULL CHECK (tells IN ('person', 'hint')),
    why text NOT NULL
);
INSERT INTO mpi.identifier_kind (kind, tells, why) VALUES
    ('NI', 'person', 'national identity number'),
    ('NN', 'person', 'national person number, the country in three more letters'),
    ('PN', 'person', 'person number'),
    ('SS', 'person', 'social security number'),
    ('JHN', 'person', 'health number of a jurisdiction'),
    ('HC', 'person', 'health card number'),
    ('MC', 'person', 'Medicare number'),
    ('NIIP', 'person', 'number of an insured person that stays for life'),
    ('PRC', 'person', 'permanent resident card'),
    ('CZ', 'person', 'citizenship card'),
    ('PPN', 'hint', 'passports are renewed with a new number'),
    ('DL', 'hint', 'driving licences are renewed, and differ by state'),
    ('MB', 'hint', 'member numbers change with the insurer, and families share them'),
    ('MA', 'hint', 'Medicaid numbers change with the state'),
    ('TAX', 'hint', 'couples share tax numbers');

-- One row a registration, of plain texts: the best name, what else it was called, one number of each sort.
-- A person's number is "system U+001F number": numbers of two systems are never compared.
CREATE VIEW mpi.registration WITH (security_invoker = true) AS
SELECT p.id, p.org_id, p.source_system, p.source_key,
       split_part(n.given, ' ', 1) AS given,
       nullif(concat_ws(' ', nullif(substr(n.given, strpos(n.given || ' ', ' ') + 1), ''), n.middle), '') AS middle,
       n.family, n.other_names,
       CASE p.birth_precision WHEN 'Y' THEN to_char(p.birth_date, 'YYYY-01-01')
                              WHEN 'M' THEN to_char(p.birth_date, 'YYYY-MM-00')
                              ELSE to_char(p.birth_date, 'YYYY-MM-DD') END AS birth_date,
       p.birth_place,
       nullif(p.sex, 'unknown') AS sex,
       i.person_number, i.other_number,
       t.phone, t.other_phone, t.email,
       a.street, a.city, a.postcode, coalesce(a.postcode, a.city) AS area,
       k.contact
FROM hms.patient p
LEFT JOIN (
    SELECT org_id, patient_id,
           (array_agg(given ORDER BY place))[1] AS given,
           (array_agg(middle ORDER BY place))[1] AS middle,
           (array_agg(family ORDER BY place))[1] AS family,
           string_agg(concat_ws(' ', given, middle, family), ' ' ORDER BY place)
               FILTER (WHERE place > 1 AND script = first_script) AS other_names
    FROM (SELECT org_id, patient_id, middle, coalesce(script, '') AS script,
                 CASE WHEN coalesce(given, family) IS NULL THEN substring(btrim(text) FROM '^(.*) ') ELSE btrim(given)
                 END AS given,
                 CASE WHEN coalesce(given, family) IS NULL THEN substring(btrim(text) FROM '[^ ]*$') ELSE family
                 END AS family,
                 first_value(coalesce(script, '')) OVER best AS first_script, row_number() OVER best AS place
          FROM hms.patient_name
          WINDOW best AS (PARTITION BY org_id, patient_id
              ORDER BY CASE use WHEN 'official' THEN 1 WHEN 'usual' THEN 2 WHEN 'temp' THEN 4 WHEN 'nickname' THEN 5
                                WHEN 'maiden' THEN 6 WHEN 'old' THEN 7 WHEN 'anonymous' THEN 8 ELSE 3 END,
                       script = 'Latn' DESC NULLS LAST, valid_from DESC NULLS LAST, id)) ordered
    GROUP BY org_id, patient_id) n ON n.org_id = p.org_id AND n.patient_id = p.id
LEFT JOIN (
    SELECT org_id, patient_id,
           (array_agg(number ORDER BY place) FILTER (WHERE tells = 'person'))[1] AS person_number,
           (array_agg(number ORDER BY place) FILTER (WHERE tells = 'hint'))[1] AS other_number
    FROM (SELECT x.org_id, x.patient_id, d.tells,
                 CASE d.tells WHEN 'person' THEN x.system || chr(31) ELSE '' END || x.value_norm AS number,
                 row_number() OVER (PARTITION BY x.org_id, x.patient_id
                     ORDER BY CASE x.use WHEN 'official' THEN 1 WHEN 'usual' THEN 2 WHEN 'old' THEN 4 ELSE 3 END,
                              x.valid_from DESC NULLS LAST, x.id) AS place
          FROM hms.patient_identifier x
          JOIN mpi.identifier_kind d ON d.kind = CASE WHEN x.kind ~ '^NN[A-Z]{3}$' THEN 'NN' ELSE x.kind END) ordered
    GROUP BY org_id, patient_id) i ON i.org_id = p.org_id AND i.patient_id = p.id
LEFT JOIN (
    SELECT org_id, patient_id,
           (array_agg(number ORDER BY place) FILTER (WHERE kind IN ('phone', 'sms')))[1] AS phone,
           (array_agg(number ORDER BY place) FILTER (WHERE kind IN ('phone', 'sms')))[2] AS other_phone,
           (array_agg(number ORDER BY place) FILTER (WHERE kind = 'email'))[1] AS email
    FROM (SELECT org_id, patient_id, kind, coalesce(value_norm, value) AS number,
                 row_number() OVER (PARTITION BY org_id, patient_id
                     ORDER BY rank, CASE use WHEN 'mobile' THEN 1 WHEN 'home' THEN 2 WHEN 'work' THEN 4
                                             WHEN 'old' THEN 5 ELSE 3 END, id) AS place
          FROM hms.patient_telecom) ordered
    GROUP BY org_id, patient_id) t ON t.org_id = p.org_id AND t.patient_id = p.id
LEFT JOIN (
    SELECT DISTINCT ON (org_id, patient_id) org_id, patient_id, nullif(concat_ws(' ', line1, line2), '') AS street,
           city, postal_code AS postcode
    FROM hms.patient_address
    ORDER BY org_id, patient_id, CASE use WHEN 'home' THEN 1 WHEN 'billing' THEN 3 WHEN 'old' THEN 4 ELSE 2 END,
             valid_from DESC NULLS LAST, id) a ON a.org_id = p.org_id AND a.patient_id = p.id
LEFT JOIN (
    SELECT org_id, patient_id, string_agg(name, ' ' ORDER BY id) AS contact
    FROM hms.patient_contact GROUP BY org_id, patient_id) k ON k.org_id = p.org_id AND k.patient_id = p.id;

COMMENT ON TABLE mpi.identifier_kind IS 'Which kinds of patient_identifier (HL7 table 0203) help to find a person: person: one number for one human being, two different ones contradict each other; hint: agreement counts, difference does not. Others, such as record numbers of a facility, are not read.';
COMMENT ON VIEW mpi.registration IS 'What dedup may read of each registration; the model says what of it. Patient data.';

REVOKE ALL ON SCHEMA mpi FROM PUBLIC;
