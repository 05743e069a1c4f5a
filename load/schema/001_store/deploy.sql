-- The canonical store: hms (the record), aside (tables being loaded), mig (runs, balances, rejects),
-- recon and ops (filled by later steps).
--
-- Read by people, by PostgreSQL and by mappings/entities.awk, so:
--   one column a line; types only from core/column.h; value sets inline;
--   first columns id, org_id, source_system, source_key, row_hash; last run_id;
--   an entity is what is named in mig.entity, a reference what is named in mig.reference.
-- Coded columns stand beside each other: code, code_system (the standard), source_code, source_text
-- (what the source said), code_map (the mapping that gave it, or lacks it; NULL: the source's own),
-- code_state (what is known about the code); transform fills the last two by itself.
-- *_precision: Y year, M month, D day, T time known; a value of precision D
-- in a timestamptz is the midnight that began that day in the zone of the source.

CREATE SCHEMA hms;
CREATE SCHEMA aside;
CREATE SCHEMA mig;
CREATE SCHEMA recon;
CREATE SCHEMA ops;

-- ---------------------------------------------------------------- bookkeeping

CREATE TABLE mig.deployed (
    step text PRIMARY KEY,
    checksum text NOT NULL,
    tool_version text NOT NULL,
    deployed_at timestamptz NOT NULL DEFAULT now(),
    deployed_by text NOT NULL DEFAULT session_user
);

CREATE TABLE mig.entity (
    entity text PRIMARY KEY,
    lanes integer NOT NULL CHECK (lanes IN (1, 2, 4, 8))
);

CREATE TABLE mig.reference (
    entity text NOT NULL REFERENCES mig.entity,
    column_name text NOT NULL,
    parent text NOT NULL REFERENCES mig.entity,
    PRIMARY KEY (entity, column_name)
);

CREATE TABLE mig.run (
    run_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('load')),
    organisation text NOT NULL,
    org_id integer NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'abandoned', 'replaced')),
    dry_run boolean NOT NULL,
    source_system text NOT NULL,
    stage_checksum text NOT NULL,
    tool_version text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    error text
);
CREATE INDEX ON mig.run (organisation, run_id);

CREATE TABLE mig.ledger (
    run_id integer NOT NULL REFERENCES mig.run,
    entity text NOT NULL,
    lane integer NOT NULL,
    file text NOT NULL,
    blocks bigint NOT NULL,
    rows bigint NOT NULL,
    checksum text NOT NULL,
    PRIMARY KEY (run_id, entity, lane, file)
);

CREATE TABLE mig.task (
    task_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id integer NOT NULL REFERENCES mig.run,
    kind text NOT NULL CHECK (kind IN ('copy', 'build')),
    entity text NOT NULL,
    lane integer NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done')),
    rows bigint NOT NULL,
    UNIQUE (run_id, kind, entity, lane)
);

CREATE TABLE mig.map (
    run_id integer NOT NULL REFERENCES mig.run,
    map text NOT NULL,
    entity text NOT NULL,
    repeats text NOT NULL CHECK (repeats IN ('same', 'first', 'last')),
    PRIMARY KEY (run_id, map)
);

CREATE TABLE mig.run_pack (
    run_id integer NOT NULL REFERENCES mig.run,
    name text NOT NULL,
    release text NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (run_id, sha256)
);

CREATE TABLE mig.segment (
    run_id integer NOT NULL REFERENCES mig.run,
    entity text NOT NULL,
    lane integer NOT NULL,
    upto bigint NOT NULL,
    map text NOT NULL,
    PRIMARY KEY (run_id, entity, lane, upto)
);

CREATE TABLE mig.taken (
    run_id integer NOT NULL REFERENCES mig.run,
    entity text NOT NULL,
    lane integer NOT NULL,
    map text NOT NULL,
    outcome text NOT NULL,
    rule text NOT NULL,
    column_name text NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (run_id, entity, lane, map, outcome, rule, column_name)
);

CREATE TABLE mig.timing (
    run_id integer NOT NULL REFERENCES mig.run,
    entity text NOT NULL,
    lane integer NOT NULL,
    work text NOT NULL,
    micros bigint NOT NULL,
    PRIMARY KEY (run_id, entity, lane, work)
);

CREATE TABLE mig.balance (
    run_id integer NOT NULL REFERENCES mig.run,
    organisation text NOT NULL,
    map text NOT NULL,
    map_release text NOT NULL,
    source_table text NOT NULL,
    entity text NOT NULL,
    outcome text NOT NULL,
    rule text NOT NULL,
    column_name text NOT NULL,
    rows bigint NOT NULL,
    rows_read bigint NOT NULL,
    PRIMARY KEY (run_id, map, outcome, rule, column_name)
);

CREATE TABLE mig.reject (
    reject_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id integer NOT NULL REFERENCES mig.run,
    organisation text NOT NULL,
    map text NOT NULL,
    entity text NOT NULL,
    outcome text NOT NULL,
    rule text NOT NULL,
    column_name text NOT NULL,
    file text NOT NULL,
    line bigint NOT NULL,
    byte_offset bigint NOT NULL,
    byte_length bigint NOT NULL,
    source_key text,
    source_bytes bytea,
    row_id uuid,
    row_data jsonb
);
CREATE INDEX ON mig.reject (run_id, rule);

CREATE TABLE mig.adjustment (
    run_id integer NOT NULL REFERENCES mig.run,
    organisation text NOT NULL,
    map text NOT NULL,
    entity text NOT NULL,
    row_id uuid NOT NULL,
    source_key text NOT NULL,
    column_name text NOT NULL,
    old_id uuid NOT NULL,
    parent text NOT NULL,
    rule text NOT NULL,
    PRIMARY KEY (run_id, entity, row_id, column_name)
);

CREATE TABLE mig.merged (
    run_id integer NOT NULL REFERENCES mig.run,
    entity text NOT NULL,
    row_id uuid NOT NULL,
    row_hash uuid NOT NULL,
    map text NOT NULL,
    rule text NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (run_id, entity, row_id, row_hash, map, rule)
);

CREATE TABLE mig.finding (
    run_id integer NOT NULL REFERENCES mig.run,
    organisation text NOT NULL,
    map text NOT NULL,
    entity text NOT NULL,
    row_id uuid NOT NULL,
    source_key text NOT NULL,
    column_name text NOT NULL,
    rule text NOT NULL,
    PRIMARY KEY (run_id, entity, row_id, rule)
);

COMMENT ON SCHEMA hms IS 'The canonical record of all organisations; every table is split by organisation.';
COMMENT ON SCHEMA aside IS 'Tables of a load that is not finished; empty when nothing is being loaded.';
COMMENT ON SCHEMA mig IS 'What was moved, by which run, and what became of each source row.';
COMMENT ON SCHEMA recon IS 'Comparisons of source and store, and how each difference is explained.';
COMMENT ON SCHEMA ops IS 'Rehearsals and their steps.';
COMMENT ON TABLE mig.deployed IS 'Steps of the schema that are in this database; checksum is of the step''s deploy.sql.';
COMMENT ON TABLE mig.entity IS 'The canonical entities; lanes: into how many id ranges an organisation''s table is split.';
COMMENT ON TABLE mig.reference IS 'Which column of an entity holds the id of which other entity.';
COMMENT ON TABLE mig.run IS 'Each load: what, when, by which version, and how it ended.';
COMMENT ON TABLE mig.ledger IS 'Which batch files went into which table of a run, with rows and a sum of their blocks.';
COMMENT ON TABLE mig.task IS 'Pieces of work of a run; workers take them from here.';
COMMENT ON TABLE mig.map IS 'The maps that feed a run, each with what it says about keys that come twice.';
COMMENT ON TABLE mig.run_pack IS 'The terminology packs that judged the codes of a run, as its stage or stream names them.';
COMMENT ON TABLE mig.segment IS 'Which map the rows of a table being loaded came from: rows up to number upto, in the order they were written. Only for tables that several maps feed; empty after a load.';
COMMENT ON TABLE mig.taken IS 'Rows that load took out or changed, by map and rule; they enter the balance when the load ends.';
COMMENT ON TABLE mig.timing IS 'Where the time of a run went.';
COMMENT ON TABLE mig.balance IS 'What became of the rows a map read: the rows of one map and run, outcome issue left out, add up to rows_read, which is repeated on each of its lines. Issues count values, not rows.';
COMMENT ON TABLE mig.reject IS 'Source rows that did not get into the record, each with its rule and its own bytes or row. Patient data.';
COMMENT ON TABLE mig.finding IS 'Rows of the record that do not agree with other rows, such as a claim whose total is not the sum of its lines; they are kept as the source has them.';
COMMENT ON TABLE mig.adjustment IS 'Values that load changed in a row that went on, such as a reference to nothing that was emptied; the old id is kept.';
COMMENT ON TABLE mig.merged IS 'Rows that load merged into another row of their key, by id and hash of what was merged; reconcile needs to know which.';

-- ---------------------------------------------------------------- organisation

CREATE TABLE hms.organisation (
    org_id integer PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9_]{0,30}$'),
    name text NOT NULL
);
COMMENT ON TABLE hms.organisation IS 'The hospital organisations of this store.';

CREATE TABLE hms.location (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    code text,
    name text NOT NULL,
    kind text CHECK (kind IN ('site', 'building', 'department', 'ward', 'room', 'bed', 'clinic', 'theatre', 'store', 'laboratory', 'pharmacy', 'other')),
    parent_id uuid,
    state text CHECK (state IN ('active', 'suspended', 'inactive')),
    line1 text,
    city text,
    district text,
    region text,
    postal_code text,
    country text,
    latitude numeric(18,6),
    longitude numeric(18,6),
    phone text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
COMMENT ON TABLE hms.location IS 'A place: site, department, ward, bed, store.';

-- ---------------------------------------------------------------- providers

CREATE TABLE hms.practitioner (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    code text,
    registration_no text,
    registration_body text,
    full_name text,
    family text,
    given text,
    prefix text,
    sex text CHECK (sex IN ('male', 'female', 'other', 'unknown')),
    birth_date date,
    active boolean,
    phone text,
    email text,
    line1 text,
    city text,
    region text,
    postal_code text,
    country text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
COMMENT ON TABLE hms.practitioner IS 'A person who gives care: doctor, nurse, pharmacist.';

CREATE TABLE hms.practitioner_role (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    practitioner_id uuid NOT NULL,
    location_id uuid,
    role text,
    specialty_code text,
    specialty_system text,
    specialty_source_code text,
    specialty_source_text text,
    valid_from date,
    valid_to date,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
COMMENT ON TABLE hms.practitioner_role IS 'What a practitioner does where, and in which specialty.';

-- ---------------------------------------------------------------- patients

CREATE TABLE hms.patient (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    mrn text NOT NULL,
    birth_date date,
    birth_precision text CHECK (birth_precision IN ('Y', 'M', 'D')),
    birth_place text,
    sex text NOT NULL CHECK (sex IN ('male', 'female', 'other', 'unknown')),
    source_sex text,
    deceased boolean,
    deceased_at timestamptz,
    deceased_precision text CHECK (deceased_precision IN ('Y', 'M', 'D', 'T')),
    marital_status text CHECK (marital_status IN ('A', 'D', 'I', 'L', 'M', 'P', 'S', 'T', 'U', 'W', 'UNK')),
    language text,
    nationality text,
    race text,
    ethnicity text,
    religion text,
    occupation text,
    blood_group text,
    confidentiality text CHECK (confidentiality IN ('U', 'L', 'M', 'N', 'R', 'V')),
    active boolean,
    registered_at timestamptz,
    updated_at timestamptz,
    practitioner_id uuid,
    merged_into uuid,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.patient (mrn);
CREATE INDEX ON hms.patient (birth_date);
COMMENT ON TABLE hms.patient IS 'A registration of a person with an organisation; the same person may have several.';

CREATE TABLE hms.patient_identifier (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    kind text,
    system text NOT NULL,
    value text NOT NULL,
    value_norm text NOT NULL,
    use text CHECK (use IN ('usual', 'official', 'temp', 'secondary', 'old')),
    issuer text,
    valid_from date,
    valid_to date,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.patient_identifier (value_norm);
CREATE INDEX ON hms.patient_identifier (patient_id);
COMMENT ON TABLE hms.patient_identifier IS 'A number a patient is known by; system says who gave it, value_norm is what searches compare.';

CREATE TABLE hms.patient_name (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    use text CHECK (use IN ('usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden')),
    family text,
    given text,
    middle text,
    prefix text,
    suffix text,
    text text,
    script text,
    search_norm text,
    valid_from date,
    valid_to date,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.patient_name (patient_id);
CREATE INDEX ON hms.patient_name (lower(family) text_pattern_ops);
CREATE INDEX ON hms.patient_name (lower(given) text_pattern_ops);
COMMENT ON TABLE hms.patient_name IS 'A name of a patient; script is the ISO 15924 code of the writing (Latn, Arab).';

CREATE TABLE hms.patient_address (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    use text CHECK (use IN ('home', 'work', 'temp', 'old', 'billing')),
    line1 text,
    line2 text,
    city text,
    district text,
    region text,
    region_code text,
    postal_code text,
    country text,
    latitude numeric(18,6),
    longitude numeric(18,6),
    valid_from date,
    valid_to date,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.patient_address (patient_id);
COMMENT ON TABLE hms.patient_address IS 'Where a patient lives or lived.';

CREATE TABLE hms.patient_telecom (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('phone', 'fax', 'email', 'pager', 'url', 'sms', 'other')),
    use text CHECK (use IN ('home', 'work', 'temp', 'old', 'mobile')),
    value text NOT NULL,
    value_norm text,
    rank integer,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.patient_telecom (patient_id);
COMMENT ON TABLE hms.patient_telecom IS 'A telephone number or address to reach a patient by.';

CREATE TABLE hms.patient_contact (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    relationship text,
    relationship_source_code text,
    name text,
    phone text,
    address text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.patient_contact (patient_id);
COMMENT ON TABLE hms.patient_contact IS 'Next of kin, guardian, or whom to call.';

-- ---------------------------------------------------------------- who pays

CREATE TABLE hms.payer (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    code text,
    name text NOT NULL,
    kind text,
    line1 text,
    city text,
    region text,
    postal_code text,
    phone text,
    active boolean,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
COMMENT ON TABLE hms.payer IS 'An insurer, scheme or other body that pays for care.';

CREATE TABLE hms.coverage (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    payer_id uuid,
    secondary_payer_id uuid,
    member_no text,
    plan_code text,
    plan_name text,
    kind text,
    relationship text,
    holder_name text,
    priority integer,
    state text CHECK (state IN ('active', 'cancelled', 'draft', 'entered-in-error')),
    valid_from date,
    valid_to date,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.coverage (patient_id);
COMMENT ON TABLE hms.coverage IS 'That a payer covers a patient, for a time; priority 1 pays first.';

-- ---------------------------------------------------------------- encounters

CREATE TABLE hms.encounter (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_no text,
    class text NOT NULL CHECK (class IN ('AMB', 'EMER', 'IMP', 'OBSENC', 'HH', 'VR', 'SS', 'OTHER')),
    source_class text,
    state text NOT NULL CHECK (state IN ('planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled', 'entered-in-error', 'unknown')),
    started_at timestamptz,
    started_precision text CHECK (started_precision IN ('Y', 'M', 'D', 'T')),
    ended_at timestamptz,
    ended_precision text CHECK (ended_precision IN ('Y', 'M', 'D', 'T')),
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    reason_code text,
    reason_system text,
    reason_source_code text,
    reason_source_text text,
    practitioner_id uuid,
    location_id uuid,
    payer_id uuid,
    admission_source text,
    discharge_disposition text,
    drg_code text,
    base_cost numeric(18,4),
    total_cost numeric(18,4),
    covered_amount numeric(18,4),
    currency text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.encounter (patient_id, started_at);
COMMENT ON TABLE hms.encounter IS 'A visit, stay or contact of a patient.';

CREATE TABLE hms.encounter_location (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    encounter_id uuid NOT NULL,
    location_id uuid,
    event text,
    bed text,
    sequence integer,
    started_at timestamptz,
    ended_at timestamptz,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.encounter_location (encounter_id);
COMMENT ON TABLE hms.encounter_location IS 'Where a patient lay during a stay: admissions, transfers, discharge.';

-- ---------------------------------------------------------------- clinical

CREATE TABLE hms.condition (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    category text CHECK (category IN ('problem-list-item', 'encounter-diagnosis')),
    rank integer,
    role text,
    clinical_state text CHECK (clinical_state IN ('active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved')),
    verification text CHECK (verification IN ('unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error')),
    onset_date date,
    onset_precision text CHECK (onset_precision IN ('Y', 'M', 'D')),
    abated_date date,
    abated_precision text CHECK (abated_precision IN ('Y', 'M', 'D')),
    recorded_at timestamptz,
    practitioner_id uuid,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.condition (patient_id);
CREATE INDEX ON hms.condition (encounter_id);
COMMENT ON TABLE hms.condition IS 'A diagnosis or problem of a patient.';

CREATE TABLE hms.allergy (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    kind text CHECK (kind IN ('allergy', 'intolerance')),
    category text CHECK (category IN ('food', 'medication', 'environment', 'biologic')),
    criticality text CHECK (criticality IN ('low', 'high', 'unable-to-assess')),
    clinical_state text CHECK (clinical_state IN ('active', 'inactive', 'resolved')),
    verification text CHECK (verification IN ('unconfirmed', 'confirmed', 'refuted', 'entered-in-error')),
    negated boolean,
    reaction_code text,
    reaction_text text,
    reaction_severity text CHECK (reaction_severity IN ('mild', 'moderate', 'severe')),
    reaction2_code text,
    reaction2_text text,
    reaction2_severity text CHECK (reaction2_severity IN ('mild', 'moderate', 'severe')),
    onset_date date,
    onset_precision text CHECK (onset_precision IN ('Y', 'M', 'D')),
    abated_date date,
    recorded_at timestamptz,
    practitioner_id uuid,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.allergy (patient_id);
COMMENT ON TABLE hms.allergy IS 'What a patient must not be given; negated means "no known allergy" was recorded.';

CREATE TABLE hms.procedure (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text NOT NULL CHECK (state IN ('preparation', 'in-progress', 'not-done', 'on-hold', 'stopped', 'completed', 'entered-in-error', 'unknown')),
    performed_at timestamptz,
    performed_precision text CHECK (performed_precision IN ('Y', 'M', 'D', 'T')),
    performed_until timestamptz,
    reason_code text,
    reason_system text,
    reason_source_code text,
    reason_source_text text,
    rank integer,
    practitioner_id uuid,
    location_id uuid,
    base_cost numeric(18,4),
    currency text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.procedure (patient_id);
CREATE INDEX ON hms.procedure (encounter_id);
COMMENT ON TABLE hms.procedure IS 'Something done to a patient: operation, examination, therapy.';

CREATE TABLE hms.immunization (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text NOT NULL CHECK (state IN ('completed', 'entered-in-error', 'not-done')),
    occurred_at timestamptz,
    occurred_precision text CHECK (occurred_precision IN ('Y', 'M', 'D', 'T')),
    lot_no text,
    expires_on date,
    site text,
    route text,
    dose_quantity numeric(18,6),
    dose_unit text,
    dose_no integer,
    practitioner_id uuid,
    location_id uuid,
    base_cost numeric(18,4),
    currency text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.immunization (patient_id);
COMMENT ON TABLE hms.immunization IS 'A vaccine given to a patient, or refused.';

CREATE TABLE hms.device (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid,
    encounter_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    udi text,
    serial_no text,
    state text CHECK (state IN ('active', 'inactive', 'entered-in-error', 'unknown')),
    used_from timestamptz,
    used_to timestamptz,
    location_id uuid,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.device (patient_id);
COMMENT ON TABLE hms.device IS 'A device: implanted, lent to a patient, or one that measures.';

CREATE TABLE hms.document (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    title text,
    state text CHECK (state IN ('current', 'superseded', 'entered-in-error')),
    written_at timestamptz,
    practitioner_id uuid,
    content_type text,
    content_text text,
    blob_ref text,
    sha256 text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.document (patient_id);
COMMENT ON TABLE hms.document IS 'A letter, note or scan about a patient.';

CREATE TABLE hms.imaging_study (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    study_uid text,
    series_uid text,
    instance_uid text,
    sop_class text,
    sop_class_text text,
    modality text,
    modality_text text,
    body_site_code text,
    body_site_system text,
    body_site_text text,
    procedure_code text,
    state text CHECK (state IN ('registered', 'available', 'cancelled', 'entered-in-error', 'unknown')),
    started_at timestamptz,
    description text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.imaging_study (patient_id);
COMMENT ON TABLE hms.imaging_study IS 'Images made of a patient, as the archive names them; one row an instance where the source lists instances.';

-- ---------------------------------------------------------------- orders

CREATE TABLE hms.service_order (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    order_no text,
    filler_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    category text,
    state text NOT NULL CHECK (state IN ('draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown')),
    source_state text,
    priority text CHECK (priority IN ('routine', 'urgent', 'asap', 'stat')),
    ordered_at timestamptz,
    ordered_precision text CHECK (ordered_precision IN ('Y', 'M', 'D', 'T')),
    due_at timestamptz,
    practitioner_id uuid,
    location_id uuid,
    replaces_id uuid,
    electronic boolean,
    reason_text text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.service_order (patient_id);
CREATE INDEX ON hms.service_order (order_no);
COMMENT ON TABLE hms.service_order IS 'An order for an examination: laboratory, imaging, consultation.';

CREATE TABLE hms.medication_order (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    order_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text NOT NULL CHECK (state IN ('active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft', 'unknown')),
    source_state text,
    ordered_at timestamptz,
    ordered_precision text CHECK (ordered_precision IN ('Y', 'M', 'D', 'T')),
    started_at timestamptz,
    ended_at timestamptz,
    dose_quantity numeric(18,6),
    dose_unit text,
    dose_text text,
    route text,
    frequency text,
    duration_days integer,
    quantity numeric(18,6),
    quantity_unit text,
    refills integer,
    dispenses integer,
    reason_code text,
    reason_system text,
    reason_source_code text,
    reason_source_text text,
    practitioner_id uuid,
    payer_id uuid,
    item_id uuid,
    base_cost numeric(18,4),
    total_cost numeric(18,4),
    covered_amount numeric(18,4),
    currency text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.medication_order (patient_id);
CREATE INDEX ON hms.medication_order (encounter_id);
COMMENT ON TABLE hms.medication_order IS 'A prescription: what, how much, how long.';

CREATE TABLE hms.dispense (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    medication_order_id uuid,
    dispense_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text NOT NULL CHECK (state IN ('preparation', 'in-progress', 'cancelled', 'on-hold', 'completed', 'entered-in-error', 'stopped', 'declined', 'unknown')),
    dispensed_at timestamptz,
    dispensed_precision text CHECK (dispensed_precision IN ('Y', 'M', 'D', 'T')),
    quantity numeric(18,6),
    quantity_unit text,
    days_supply integer,
    fill_no integer,
    practitioner_id uuid,
    dispenser text,
    location_id uuid,
    item_id uuid,
    item_batch_id uuid,
    total_cost numeric(18,4),
    patient_amount numeric(18,4),
    covered_amount numeric(18,4),
    currency text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.dispense (patient_id);
CREATE INDEX ON hms.dispense (medication_order_id);
COMMENT ON TABLE hms.dispense IS 'A medicine handed out.';

-- ---------------------------------------------------------------- results

CREATE TABLE hms.specimen (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    service_order_id uuid,
    accession_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text CHECK (state IN ('available', 'unavailable', 'unsatisfactory', 'entered-in-error')),
    collected_at timestamptz,
    received_at timestamptz,
    practitioner_id uuid,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.specimen (patient_id);
COMMENT ON TABLE hms.specimen IS 'A sample taken from a patient.';

CREATE TABLE hms.report (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    service_order_id uuid,
    report_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text NOT NULL CHECK (state IN ('registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled', 'entered-in-error', 'unknown')),
    effective_at timestamptz,
    issued_at timestamptz,
    practitioner_id uuid,
    conclusion text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.report (patient_id);
COMMENT ON TABLE hms.report IS 'A report that holds results or a finding in words.';

CREATE TABLE hms.observation (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    service_order_id uuid,
    report_id uuid,
    specimen_id uuid,
    category text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text NOT NULL CHECK (state IN ('registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown')),
    value_kind text NOT NULL CHECK (value_kind IN ('quantity', 'text', 'code', 'none')),
    value_num numeric(18,6),
    comparator text CHECK (comparator IN ('<', '<=', '>=', '>')),
    unit_source text,
    unit_ucum text,
    value_num_ucum numeric(18,6),
    value_text text,
    value_code text,
    value_system text,
    ref_low numeric(18,6),
    ref_high numeric(18,6),
    ref_text text,
    abnormal text,
    absent_reason text,
    effective_at timestamptz,
    effective_precision text CHECK (effective_precision IN ('Y', 'M', 'D', 'T')),
    issued_at timestamptz,
    practitioner_id uuid,
    device text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.observation (patient_id, effective_at);
CREATE INDEX ON hms.observation (encounter_id);
COMMENT ON TABLE hms.observation IS 'A result or measurement, with the value and unit as the source gave them and, where known, in UCUM.';

-- ---------------------------------------------------------------- money

CREATE TABLE hms.charge (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    charge_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    state text CHECK (state IN ('planned', 'billable', 'not-billable', 'aborted', 'billed', 'entered-in-error', 'unknown')),
    quantity numeric(18,6),
    unit_amount numeric(18,4),
    amount numeric(18,4),
    currency text,
    charged_at timestamptz,
    practitioner_id uuid,
    location_id uuid,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.charge (patient_id);
COMMENT ON TABLE hms.charge IS 'A service or good to be paid for.';

CREATE TABLE hms.invoice (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    payer_id uuid,
    invoice_no text NOT NULL,
    state text CHECK (state IN ('draft', 'issued', 'balanced', 'cancelled', 'entered-in-error')),
    net_amount numeric(18,4),
    gross_amount numeric(18,4),
    outstanding_amount numeric(18,4),
    currency text,
    issued_at timestamptz,
    due_on date,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.invoice (patient_id);
COMMENT ON TABLE hms.invoice IS 'A bill.';

CREATE TABLE hms.claim (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    coverage_id uuid,
    payer_id uuid,
    secondary_payer_id uuid,
    claim_no text NOT NULL,
    group_no text,
    control_no text,
    resubmission_of uuid,
    type text CHECK (type IN ('institutional', 'oral', 'pharmacy', 'professional', 'vision')),
    source_type text,
    frequency_code text,
    facility_type text,
    facility_no text,
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'accepted', 'partly-paid', 'paid', 'denied', 'cancelled', 'closed', 'unknown')),
    source_state text,
    service_from date,
    service_to date,
    illness_on date,
    admitted_on date,
    discharged_on date,
    discharge_status text,
    submitted_at timestamptz,
    adjudicated_at timestamptz,
    submitted_amount numeric(18,4),
    allowed_amount numeric(18,4),
    adjudicated_amount numeric(18,4),
    paid_amount numeric(18,4),
    patient_amount numeric(18,4),
    deductible_amount numeric(18,4),
    coinsurance_amount numeric(18,4),
    primary_payer_amount numeric(18,4),
    outstanding_amount numeric(18,4),
    outstanding_secondary_amount numeric(18,4),
    outstanding_patient_amount numeric(18,4),
    currency text,
    denial_code text,
    drg_code text,
    department text,
    practitioner_id uuid,
    referring_practitioner_id uuid,
    supervising_practitioner_id uuid,
    operating_practitioner_id uuid,
    location_id uuid,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.claim (patient_id);
CREATE INDEX ON hms.claim (claim_no);
COMMENT ON TABLE hms.claim IS 'What was asked of a payer, and what came of it.';

CREATE TABLE hms.claim_line (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    claim_id uuid NOT NULL,
    line_no integer,
    charge_no text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    modifier1 text,
    modifier2 text,
    modifier3 text,
    modifier4 text,
    revenue_code text,
    service_type text,
    place_of_service text,
    drug_code text,
    diagnosis_code text,
    diagnosis_refs text,
    service_from date,
    service_to date,
    quantity numeric(18,6),
    unit text,
    unit_amount numeric(18,4),
    submitted_amount numeric(18,4),
    allowed_amount numeric(18,4),
    paid_amount numeric(18,4),
    patient_amount numeric(18,4),
    deductible_amount numeric(18,4),
    coinsurance_amount numeric(18,4),
    adjustment_amount numeric(18,4),
    outstanding_amount numeric(18,4),
    noncovered_amount numeric(18,4),
    currency text,
    denial_code text,
    department text,
    practitioner_id uuid,
    supervising_practitioner_id uuid,
    location_id uuid,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.claim_line (claim_id);
COMMENT ON TABLE hms.claim_line IS 'One service or good on a claim.';

CREATE TABLE hms.claim_diagnosis (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    claim_id uuid NOT NULL,
    rank integer,
    role text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    present_on_admission text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.claim_diagnosis (claim_id);
COMMENT ON TABLE hms.claim_diagnosis IS 'A diagnosis given on a claim; rank 1 is the principal one.';

CREATE TABLE hms.claim_event (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    claim_id uuid NOT NULL,
    kind text NOT NULL,
    charge_no text,
    occurred_at timestamptz,
    amount numeric(18,4),
    adjustment_amount numeric(18,4),
    outstanding_amount numeric(18,4),
    currency text,
    method text,
    transfer_kind text,
    transfer_ref text,
    payer_id uuid,
    coverage_id uuid,
    practitioner_id uuid,
    reason_code text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.claim_event (claim_id);
COMMENT ON TABLE hms.claim_event IS 'What happened to a claim: sent, answered, transferred, adjusted.';

CREATE TABLE hms.payment (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid,
    invoice_id uuid,
    claim_id uuid,
    payer_id uuid,
    payment_no text,
    charge_no text,
    method text,
    amount numeric(18,4) NOT NULL,
    currency text,
    paid_at timestamptz,
    paid_precision text CHECK (paid_precision IN ('Y', 'M', 'D', 'T')),
    state text CHECK (state IN ('active', 'cancelled', 'entered-in-error')),
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.payment (claim_id);
CREATE INDEX ON hms.payment (patient_id);
COMMENT ON TABLE hms.payment IS 'Money received, from a patient or a payer.';

-- ---------------------------------------------------------------- inventory

CREATE TABLE hms.item (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    sku text,
    name text NOT NULL,
    category text,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    unit text,
    unit_cost numeric(18,4),
    currency text,
    controlled boolean,
    reorder_level numeric(18,6),
    active boolean,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
COMMENT ON TABLE hms.item IS 'A drug, consumable or other good that is kept in stock.';

CREATE TABLE hms.item_batch (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    item_id uuid NOT NULL,
    batch_no text,
    expires_on date,
    expires_precision text CHECK (expires_precision IN ('Y', 'M', 'D')),
    received_on date,
    supplier text,
    unit_cost numeric(18,4),
    currency text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.item_batch (item_id);
COMMENT ON TABLE hms.item_batch IS 'A delivery of an item with one batch number and expiry.';

CREATE TABLE hms.stock_movement (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    item_id uuid NOT NULL,
    item_batch_id uuid,
    location_id uuid,
    counter_location_id uuid,
    movement_no text,
    kind text NOT NULL CHECK (kind IN ('opening', 'receipt', 'issue', 'return', 'transfer', 'adjustment', 'expiry', 'loss', 'other')),
    source_kind text,
    quantity numeric(18,6) NOT NULL,
    unit text,
    unit_cost numeric(18,4),
    amount numeric(18,4),
    currency text,
    moved_at timestamptz,
    moved_precision text CHECK (moved_precision IN ('Y', 'M', 'D', 'T')),
    patient_id uuid,
    document_no text,
    note text,
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.stock_movement (item_id);
COMMENT ON TABLE hms.stock_movement IS 'Stock coming (positive quantity) or going (negative); the balance is their sum.';

CREATE TABLE hms.supply_delivery (
    id uuid NOT NULL,
    org_id integer NOT NULL,
    source_system text NOT NULL,
    source_key text NOT NULL,
    row_hash uuid NOT NULL,
    patient_id uuid NOT NULL,
    encounter_id uuid,
    item_id uuid,
    code text,
    code_system text,
    source_code text,
    source_text text,
    code_map text,
    code_state text CHECK (code_state IN ('standard', 'approved', 'proposed', 'invalid', 'unverified', 'unmapped')),
    quantity numeric(18,6),
    unit text,
    delivered_at timestamptz,
    delivered_precision text CHECK (delivered_precision IN ('Y', 'M', 'D', 'T')),
    run_id integer NOT NULL,
    PRIMARY KEY (id, org_id)
) PARTITION BY LIST (org_id);
CREATE INDEX ON hms.supply_delivery (patient_id);
COMMENT ON TABLE hms.supply_delivery IS 'A supply given to a patient, other than a medicine.';

-- ---------------------------------------------------------------- what the toolkit reads

INSERT INTO mig.entity (entity, lanes) VALUES
    ('location', 1),
    ('practitioner', 1),
    ('practitioner_role', 1),
    ('patient', 1),
    ('patient_identifier', 1),
    ('patient_name', 1),
    ('patient_address', 1),
    ('patient_telecom', 1),
    ('patient_contact', 1),
    ('payer', 1),
    ('coverage', 1),
    ('encounter', 1),
    ('encounter_location', 1),
    ('condition', 1),
    ('allergy', 1),
    ('procedure', 1),
    ('immunization', 1),
    ('device', 1),
    ('document', 1),
    ('imaging_study', 1),
    ('service_order', 1),
    ('medication_order', 1),
    ('dispense', 1),
    ('specimen', 1),
    ('report', 1),
    ('observation', 2),
    ('charge', 1),
    ('invoice', 1),
    ('claim', 1),
    ('claim_line', 1),
    ('claim_diagnosis', 1),
    ('claim_event', 1),
    ('payment', 1),
    ('item', 1),
    ('item_batch', 1),
    ('stock_movement', 1),
    ('supply_delivery', 1);

INSERT INTO mig.reference (entity, column_name, parent) VALUES
    ('location', 'parent_id', 'location'),
    ('practitioner_role', 'practitioner_id', 'practitioner'),
    ('practitioner_role', 'location_id', 'location'),
    ('patient', 'practitioner_id', 'practitioner'),
    ('patient', 'merged_into', 'patient'),
    ('patient_identifier', 'patient_id', 'patient'),
    ('patient_name', 'patient_id', 'patient'),
    ('patient_address', 'patient_id', 'patient'),
    ('patient_telecom', 'patient_id', 'patient'),
    ('patient_contact', 'patient_id', 'patient'),
    ('coverage', 'patient_id', 'patient'),
    ('coverage', 'payer_id', 'payer'),
    ('coverage', 'secondary_payer_id', 'payer'),
    ('encounter', 'patient_id', 'patient'),
    ('encounter', 'practitioner_id', 'practitioner'),
    ('encounter', 'location_id', 'location'),
    ('encounter', 'payer_id', 'payer'),
    ('encounter_location', 'encounter_id', 'encounter'),
    ('encounter_location', 'location_id', 'location'),
    ('condition', 'patient_id', 'patient'),
    ('condition', 'encounter_id', 'encounter'),
    ('condition', 'practitioner_id', 'practitioner'),
    ('allergy', 'patient_id', 'patient'),
    ('allergy', 'encounter_id', 'encounter'),
    ('allergy', 'practitioner_id', 'practitioner'),
    ('procedure', 'patient_id', 'patient'),
    ('procedure', 'encounter_id', 'encounter'),
    ('procedure', 'practitioner_id', 'practitioner'),
    ('procedure', 'location_id', 'location'),
    ('immunization', 'patient_id', 'patient'),
    ('immunization', 'encounter_id', 'encounter'),
    ('immunization', 'practitioner_id', 'practitioner'),
    ('immunization', 'location_id', 'location'),
    ('device', 'patient_id', 'patient'),
    ('device', 'encounter_id', 'encounter'),
    ('device', 'location_id', 'location'),
    ('document', 'patient_id', 'patient'),
    ('document', 'encounter_id', 'encounter'),
    ('document', 'practitioner_id', 'practitioner'),
    ('imaging_study', 'patient_id', 'patient'),
    ('imaging_study', 'encounter_id', 'encounter'),
    ('service_order', 'patient_id', 'patient'),
    ('service_order', 'encounter_id', 'encounter'),
    ('service_order', 'practitioner_id', 'practitioner'),
    ('service_order', 'location_id', 'location'),
    ('service_order', 'replaces_id', 'service_order'),
    ('medication_order', 'patient_id', 'patient'),
    ('medication_order', 'encounter_id', 'encounter'),
    ('medication_order', 'practitioner_id', 'practitioner'),
    ('medication_order', 'payer_id', 'payer'),
    ('medication_order', 'item_id', 'item'),
    ('dispense', 'patient_id', 'patient'),
    ('dispense', 'encounter_id', 'encounter'),
    ('dispense', 'medication_order_id', 'medication_order'),
    ('dispense', 'practitioner_id', 'practitioner'),
    ('dispense', 'location_id', 'location'),
    ('dispense', 'item_id', 'item'),
    ('dispense', 'item_batch_id', 'item_batch'),
    ('specimen', 'patient_id', 'patient'),
    ('specimen', 'service_order_id', 'service_order'),
    ('specimen', 'practitioner_id', 'practitioner'),
    ('report', 'patient_id', 'patient'),
    ('report', 'encounter_id', 'encounter'),
    ('report', 'service_order_id', 'service_order'),
    ('report', 'practitioner_id', 'practitioner'),
    ('observation', 'patient_id', 'patient'),
    ('observation', 'encounter_id', 'encounter'),
    ('observation', 'service_order_id', 'service_order'),
    ('observation', 'report_id', 'report'),
    ('observation', 'specimen_id', 'specimen'),
    ('observation', 'practitioner_id', 'practitioner'),
    ('charge', 'patient_id', 'patient'),
    ('charge', 'encounter_id', 'encounter'),
    ('charge', 'practitioner_id', 'practitioner'),
    ('charge', 'location_id', 'location'),
    ('invoice', 'patient_id', 'patient'),
    ('invoice', 'encounter_id', 'encounter'),
    ('invoice', 'payer_id', 'payer'),
    ('claim', 'patient_id', 'patient'),
    ('claim', 'encounter_id', 'encounter'),
    ('claim', 'coverage_id', 'coverage'),
    ('claim', 'payer_id', 'payer'),
    ('claim', 'secondary_payer_id', 'payer'),
    ('claim', 'resubmission_of', 'claim'),
    ('claim', 'practitioner_id', 'practitioner'),
    ('claim', 'referring_practitioner_id', 'practitioner'),
    ('claim', 'supervising_practitioner_id', 'practitioner'),
    ('claim', 'operating_practitioner_id', 'practitioner'),
    ('claim', 'location_id', 'location'),
    ('claim_line', 'claim_id', 'claim'),
    ('claim_line', 'practitioner_id', 'practitioner'),
    ('claim_line', 'supervising_practitioner_id', 'practitioner'),
    ('claim_line', 'location_id', 'location'),
    ('claim_diagnosis', 'claim_id', 'claim'),
    ('claim_event', 'claim_id', 'claim'),
    ('claim_event', 'payer_id', 'payer'),
    ('claim_event', 'coverage_id', 'coverage'),
    ('claim_event', 'practitioner_id', 'practitioner'),
    ('payment', 'patient_id', 'patient'),
    ('payment', 'invoice_id', 'invoice'),
    ('payment', 'claim_id', 'claim'),
    ('payment', 'payer_id', 'payer'),
    ('item_batch', 'item_id', 'item'),
    ('stock_movement', 'item_id', 'item'),
    ('stock_movement', 'item_batch_id', 'item_batch'),
    ('stock_movement', 'location_id', 'location'),
    ('stock_movement', 'counter_location_id', 'location'),
    ('stock_movement', 'patient_id', 'patient'),
    ('supply_delivery', 'patient_id', 'patient'),
    ('supply_delivery', 'encounter_id', 'encounter'),
    ('supply_delivery', 'item_id', 'item');

-- ---------------------------------------------------------------- who may see what

-- The API reads as hms_api: it owns nothing, and sees one organisation, the one of hms.org_id;
-- when that is not set it sees no row at all.  Roles belong to the server, not to the database, so
-- the role may be there already.
CREATE FUNCTION mig.make_role(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOBYPASSRLS', name);
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN -- another database of this server has just made it
        NULL;
END
$$;
COMMENT ON FUNCTION mig.make_role IS 'A role that owns nothing and cannot log in, when the server has it not yet.';
DO $$
BEGIN
    PERFORM mig.make_role('hms_api');
END
$$;

-- What runs with the owner's rights is called by those it is granted to, and nothing of the caller's
-- session reaches into it: no types of his own in the place of text (pg_temp is searched first unless it is
-- named last), no plans told to him, no other spelling of dates and numbers.
CREATE FUNCTION mig.seal_functions(of_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT p.oid FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = of_schema::regnamespace LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp SET client_min_messages = warning '
                       'SET debug_print_parse = off SET debug_print_rewritten = off SET debug_print_plan = off '
                       'SET DateStyle = ''ISO, YMD'' SET extra_float_digits = 1', function);
    END LOOP;
END
$$;
COMMENT ON FUNCTION mig.seal_functions IS 'Functions of a schema that run with the owner''s rights: their settings are their own.';

REVOKE ALL ON SCHEMA hms, aside, mig, recon, ops FROM PUBLIC;
GRANT USAGE ON SCHEMA hms TO hms_api;

-- Also used by load for each partition, so that nobody reads around the parent.
CREATE FUNCTION mig.protect(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_organisation ON %s USING '
                   '(org_id = nullif(current_setting(''hms.org_id'', true), '''')::integer)', target);
END
$$;
COMMENT ON FUNCTION mig.protect IS 'Row-level security of a table of the record: only rows of the organisation in hms.org_id.';

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT entity FROM mig.entity UNION ALL SELECT 'organisation' LOOP
        PERFORM mig.protect(format('hms.%I', name)::regclass);
        EXECUTE format('GRANT SELECT ON hms.%I TO hms_api', name);
    END LOOP;
END
$$;
