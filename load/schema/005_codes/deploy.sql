-- Local codes on their way to standard ones: what the rows of the record use (the worklist), what a
-- program suggests, what people decide.  Decisions leave the database as files (hms code export),
-- and files are what the next load reads.
--
-- The rules, kept here and not in the programs:
--   a decision is never changed or taken away; a person corrects himself by a new one;
--   who put a code forward does not approve it: it takes a second person;
--   where clinical risk is high it takes two persons even for what a program suggested, and the second
--   one does not see what the first one decided (role hms_reviewer);
--   where people disagree, nothing is approved until one more person tips the balance.

-- ---------------------------------------------------------------- risk

CREATE TABLE mig.code_entity (
    entity text PRIMARY KEY REFERENCES mig.entity,
    code_system text,
    predicate text NOT NULL CHECK (predicate IN ('skos:exactMatch', 'skos:closeMatch', 'skos:broadMatch', 'skos:narrowMatch', 'skos:relatedMatch')),
    risk text NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
    why text NOT NULL
);

INSERT INTO mig.code_entity (entity, code_system, predicate, risk, why) VALUES
    ('allergy', NULL, 'skos:exactMatch', 'high', 'a lost or wrong allergy kills'),
    ('medication_order', 'atc', 'skos:broadMatch', 'high', 'a wrong substance is given, or an interaction is missed'),
    ('dispense', 'atc', 'skos:broadMatch', 'high', 'a wrong substance is given, or an interaction is missed'),
    ('immunization', 'atc', 'skos:broadMatch', 'high', 'a dose is missed or given twice'),
    ('item', 'atc', 'skos:broadMatch', 'high', 'orders and dispenses name the item'),
    ('observation', 'loinc', 'skos:exactMatch', 'medium', 'a result is read as another one; high where units or the analyte make it so'),
    ('service_order', 'loinc', 'skos:exactMatch', 'medium', 'the result that comes back names the test again'),
    ('specimen', NULL, 'skos:exactMatch', 'low', 'the result says what was examined'),
    ('report', 'loinc', 'skos:exactMatch', 'low', 'a title; the results stand on their own'),
    ('document', 'loinc', 'skos:exactMatch', 'low', 'a title; the text stands on its own'),
    ('condition', 'icd10cm', 'skos:exactMatch', 'medium', 'a diagnosis is read as another one'),
    ('procedure', NULL, 'skos:exactMatch', 'medium', 'an operation is read as another one'),
    ('device', NULL, 'skos:exactMatch', 'medium', 'an implant is read as another one'),
    ('encounter', NULL, 'skos:exactMatch', 'low', 'kinds of visit'),
    ('charge', NULL, 'skos:exactMatch', 'low', 'money, not care'),
    ('claim_line', NULL, 'skos:exactMatch', 'low', 'money, not care'),
    ('claim_diagnosis', 'icd10cm', 'skos:exactMatch', 'low', 'money, not care'),
    ('supply_delivery', NULL, 'skos:exactMatch', 'low', 'supplies other than medicines');

-- Tests on which somebody acts within the hour: expressions, matched in lower case against the source's
-- text and the standard's name for what is suggested first or approved.
CREATE TABLE mig.code_critical (
    code_system text NOT NULL,
    pattern text NOT NULL,
    why text NOT NULL,
    PRIMARY KEY (code_system, pattern)
);

INSERT INTO mig.code_critical (code_system, pattern, why) VALUES
    ('loinc', '\mpotassium\M', 'arrhythmia; given and withheld by it'),
    ('loinc', '\msodium\M', 'seizures; corrected by it'),
    ('loinc', '\mglucose\M', 'insulin is given by it'),
    ('loinc', '\mcreatinine\M', 'doses are cut by it'),
    ('loinc', '\mha?emoglobin\M(?! a1c)', 'blood is given by it'),
    ('loinc', '\mplatelets\M', 'bleeding'),
    ('loinc', '\mtroponin\M', 'infarction'),
    ('loinc', '\mlactate\M(?! dehydrogenase)', 'shock'),
    ('loinc', '\minr\M', 'anticoagulants are dosed by it'),
    ('loinc', '\maptt\M', 'anticoagulants are dosed by it'),
    ('loinc', '\mdigoxin\M', 'narrow margin'),
    ('loinc', '\mlithium\M', 'narrow margin'),
    ('loinc', '\mblood group\M', 'transfusion'),
    ('loinc', '\mabo\M', 'transfusion'),
    ('loinc', '\mhiv\M', 'cannot be taken back');

CREATE FUNCTION mig.code_is_critical(of_system text, label text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM mig.code_critical c
                   WHERE c.code_system = of_system AND lower(label) ~ c.pattern)
$$;

-- ---------------------------------------------------------------- worklist

CREATE TABLE mig.local_code (
    item_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation text NOT NULL,
    list text NOT NULL,
    source_code text NOT NULL,
    source_text text,
    entities text[] NOT NULL,
    code_system text,
    predicate text NOT NULL,
    risk text NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
    rows bigint NOT NULL DEFAULT 0,
    rows_settled bigint NOT NULL DEFAULT 0,
    rows_proposed bigint NOT NULL DEFAULT 0,
    patients bigint NOT NULL DEFAULT 0,
    code_in_use text,
    units jsonb NOT NULL DEFAULT '[]',
    value_unit text,
    value_count bigint NOT NULL DEFAULT 0,
    p01 double precision,
    p05 double precision,
    p25 double precision,
    p50 double precision,
    p75 double precision,
    p95 double precision,
    p99 double precision,
    first_run integer,
    last_run integer,
    refreshed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organisation, list, source_code)
);

CREATE TABLE mig.code_suggestion (
    item_id bigint NOT NULL REFERENCES mig.local_code,
    rank integer NOT NULL CHECK (rank >= 1),
    code text NOT NULL,
    code_label text,
    probability numeric(7,6) CHECK (probability BETWEEN 0 AND 1),
    reasons text,
    code_system text,
    release text,
    engine text NOT NULL CHECK (engine ~ '^hms:'),
    justification text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (item_id, rank),
    UNIQUE (item_id, code)
);

CREATE TABLE mig.code_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id bigint NOT NULL REFERENCES mig.local_code,
    verdict text NOT NULL CHECK (verdict IN ('approve', 'reject', 'no-match')),
    code text,
    code_label text,
    code_system text,
    release text,
    predicate text NOT NULL CHECK (predicate IN ('skos:exactMatch', 'skos:closeMatch', 'skos:broadMatch', 'skos:narrowMatch', 'skos:relatedMatch')),
    confidence numeric(7,6),
    justification text NOT NULL,
    author text NOT NULL CHECK (author ~ '[^ ]' AND author = btrim(author) AND author !~ '[|[:cntrl:]]' AND author !~* '^hms:'),
    proposed_by text,
    comment text CHECK (comment !~ '[[:cntrl:]]'),
    decided_on date,
    supersedes bigint UNIQUE REFERENCES mig.code_decision,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL DEFAULT session_user,
    CHECK ((verdict = 'no-match') = (code IS NULL)),
    CHECK (code ~ '[^ ]' AND code = btrim(code) AND code !~ '[[:cntrl:]]')
);
CREATE INDEX ON mig.code_decision (item_id);

COMMENT ON TABLE mig.code_entity IS 'Coded entities: the standard that is wanted for their local codes, how a local code usually relates to it, and what a wrong code costs.';
COMMENT ON TABLE mig.code_critical IS 'Names of tests that make a wrong code costly at once.';
COMMENT ON TABLE mig.local_code IS 'Each local code an organisation''s rows use, or free text where there is no code. list: the code map it belongs into, else source system/entity. Counts and percentiles of the last refresh; percentiles are of the rows in value_unit, of at least five patients.';
COMMENT ON TABLE mig.code_suggestion IS 'What a program thinks a local code means, best first, of the last time it was asked.';
COMMENT ON TABLE mig.code_decision IS 'What a person said of a local code. Only ever added to. proposed_by: who put the code forward, a program (hms:) or the first person who chose it.';

-- ---------------------------------------------------------------- rules of decisions

CREATE FUNCTION mig.code_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'decisions about codes are never changed or deleted' USING ERRCODE = '55000';
END
$$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON mig.code_decision
    FOR EACH ROW EXECUTE FUNCTION mig.code_keep();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON mig.code_decision
    FOR EACH STATEMENT EXECUTE FUNCTION mig.code_keep();

-- A local code that people decided about stays what it was; risk only grows.
CREATE FUNCTION mig.code_item_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.item_id, NEW.organisation, NEW.list, NEW.source_code)
       IS DISTINCT FROM (OLD.item_id, OLD.organisation, OLD.list, OLD.source_code) THEN
        RAISE EXCEPTION 'a local code does not become another one' USING ERRCODE = '55000';
    END IF;
    IF OLD.risk = 'high' OR (OLD.risk = 'medium' AND NEW.risk = 'low') THEN
        NEW.risk := OLD.risk;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER keep BEFORE UPDATE ON mig.local_code
    FOR EACH ROW EXECUTE FUNCTION mig.code_item_keep();

CREATE VIEW mig.code_live AS
    SELECT d.* FROM mig.code_decision d
    WHERE NOT EXISTS (SELECT FROM mig.code_decision s WHERE s.supersedes = d.decision_id);

-- By what people are told apart: two spellings of one name are one person, so that nobody decides twice.
-- Case, accents, blanks, dots, hyphens and signs that cannot be seen do not count, and Greek and
-- Cyrillic letters that look like Latin ones are those.  transform/person_name.c does the same for files.
CREATE FUNCTION mig.person_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT translate(lower(regexp_replace(normalize(name, NFKD),
                           '[\s._\-\u00AD\u0300-\u036F\u200B-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]+', '', 'g')),
                     'АаВвЕеКкМмНнОоРрСсТтУуХхІіЈјЅѕБГДЖЗИЛПФЦЧШЩЪЫЬЭЮЯΑαΒβΕεΖζΗηΙιΚκΜμΝνΟοΡρΤτΥυΧχΓΔΘΛΞΠΣΦΨΩςØøŁłĐđ',
                     'aabbeekkmmhhooppccttyyxxiijjssбгджзилпфцчшщъыьэюяaabbeezzhhiikkmmnnooppttyyxxγδθλξπσφψωσoolldd')
$$;

-- Who put the code forward: a program, or the first person who chose it; of "there is none" nobody.
CREATE FUNCTION mig.code_proposer(of_item bigint, of_code text, author text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN of_code IS NULL THEN NULL ELSE coalesce(
        (SELECT d.proposed_by FROM mig.code_decision d
         WHERE d.item_id = of_item AND d.code = of_code AND d.verdict = 'approve'
         ORDER BY d.decision_id LIMIT 1),
        (SELECT s.engine FROM mig.code_suggestion s WHERE s.item_id = of_item AND s.code = of_code),
        author) END
$$;

-- A decision that is added fits what is there, and does not get to say that a program proposed its
-- code; naming a person only makes it wait for another one.
CREATE FUNCTION mig.code_decision_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    item mig.local_code;
    suggested mig.code_suggestion;
    old mig.code_decision;
BEGIN
    SELECT * INTO item FROM mig.local_code c WHERE c.item_id = NEW.item_id FOR UPDATE;
    SELECT * INTO suggested FROM mig.code_suggestion s
        WHERE s.item_id = NEW.item_id AND s.code = NEW.code;
    NEW.recorded_at := clock_timestamp();
    NEW.recorded_by := session_user;
    IF NEW.verdict <> 'approve' THEN
        NEW.proposed_by := NULL;
    ELSIF NEW.proposed_by IS NULL OR NEW.proposed_by ~* '^hms:' THEN
        NEW.proposed_by := mig.code_proposer(NEW.item_id, NEW.code, NEW.author);
    END IF;
    NEW.confidence := coalesce(NEW.confidence, suggested.probability);
    NEW.justification := coalesce(NEW.justification, suggested.justification, 'semapv:ManualMappingCuration');
    NEW.code_label := coalesce(NEW.code_label, suggested.code_label);
    NEW.code_system := coalesce(NEW.code_system, suggested.code_system, item.code_system);
    NEW.release := coalesce(NEW.release, suggested.release);

    IF NEW.verdict = 'reject' AND suggested.code IS NULL AND NOT EXISTS (
        SELECT FROM mig.code_live l WHERE l.item_id = NEW.item_id AND l.code = NEW.code) THEN
        RAISE EXCEPTION 'nobody put that code forward' USING ERRCODE = '55000';
    END IF;
    IF NEW.supersedes IS NOT NULL THEN
        SELECT * INTO old FROM mig.code_live l WHERE l.decision_id = NEW.supersedes;
        IF NOT FOUND OR old.item_id <> NEW.item_id OR mig.person_key(old.author) <> mig.person_key(NEW.author) THEN
            RAISE EXCEPTION 'only one''s own decision in force can be superseded' USING ERRCODE = '55000';
        END IF;
        IF (SELECT o.state FROM mig.code_outcome o WHERE o.item_id = NEW.item_id) = 'conflict' THEN
            RAISE EXCEPTION 'two people disagree about this code: one more person decides'
                USING ERRCODE = '55000';
        END IF;
    END IF;
    SELECT * INTO old FROM mig.code_live l
        WHERE l.item_id = NEW.item_id AND mig.person_key(l.author) = mig.person_key(NEW.author)
          AND l.decision_id IS DISTINCT FROM NEW.supersedes
          AND (l.verdict <> 'reject' AND NEW.verdict <> 'reject' OR l.code IS NOT DISTINCT FROM NEW.code)
        LIMIT 1;
    IF FOUND AND old.verdict = 'approve' AND NEW.verdict = 'approve' AND old.code = NEW.code THEN
        RAISE EXCEPTION 'the author of a proposal does not approve it, and nobody approves twice'
            USING ERRCODE = '55000';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'this person has decided about this code; a new decision supersedes the old one'
            USING ERRCODE = '55000';
    END IF;
    IF NEW.verdict = 'approve' AND mig.code_is_critical(NEW.code_system, NEW.code_label) THEN
        UPDATE mig.local_code SET risk = 'high' WHERE item_id = NEW.item_id;
    END IF;
    RETURN NEW;
END
$$;

-- ---------------------------------------------------------------- what decisions come to

-- Each code that people chose for an item ('' for "there is none"), with who is for and against it.
CREATE VIEW mig.code_choice AS
    SELECT c.item_id, c.choice, c.people, c.needed,
           (SELECT count(DISTINCT mig.person_key(o.author)) FROM mig.code_live o
            WHERE o.item_id = c.item_id
              AND (o.verdict <> 'reject') <> (coalesce(o.code, '') = c.choice)) AS against
    FROM (SELECT l.item_id, coalesce(l.code, '') AS choice, count(DISTINCT mig.person_key(l.author)) AS people,
                 CASE WHEN i.risk = 'high' OR bool_or(l.proposed_by !~ '^hms:') THEN 2 ELSE 1 END AS needed
          FROM mig.code_live l JOIN mig.local_code i USING (item_id)
          WHERE l.verdict <> 'reject' GROUP BY l.item_id, coalesce(l.code, ''), i.risk) c;

-- settled by more people for than against, and two at least where anybody was against.
CREATE VIEW mig.code_settled AS
    SELECT item_id, choice FROM mig.code_choice
    WHERE people >= needed AND people > against AND (against = 0 OR people >= 2);

CREATE VIEW mig.code_outcome AS
    SELECT i.item_id,
           CASE WHEN s.choice = '' THEN 'none'
                WHEN s.choice IS NOT NULL THEN 'approved'
                WHEN c.against > 0 THEN 'conflict'
                WHEN c.item_id IS NOT NULL THEN 'second'
                WHEN i.rows > 0 AND i.rows_settled = i.rows THEN 'mapped'
                ELSE 'open' END AS state,
           nullif(s.choice, '') AS code
    FROM mig.local_code i
    LEFT JOIN mig.code_settled s USING (item_id)
    LEFT JOIN (SELECT item_id, max(against) AS against FROM mig.code_choice GROUP BY item_id) c USING (item_id);

CREATE TRIGGER "check" BEFORE INSERT ON mig.code_decision
    FOR EACH ROW EXECUTE FUNCTION mig.code_decision_check();

COMMENT ON VIEW mig.code_live IS 'Decisions that nobody has superseded.';
COMMENT ON VIEW mig.code_choice IS 'Codes that people chose for a local code, with how many are for it, how many it needs, how many are against it.';
COMMENT ON VIEW mig.code_settled IS 'The choice that stands, of local codes that have one.';
COMMENT ON VIEW mig.code_outcome IS 'What became of a local code: approved, none (there is no such code), conflict, second (one more person is wanted), mapped (by the code map in use), open.';

-- ---------------------------------------------------------------- from the record to the worklist

-- Rows of one organisation whose code is mapped, or ought to be, as a statement over all coded
-- entities; $1 is the organisation's number.
CREATE FUNCTION mig.code_rows_sql() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(format(
        'SELECT %L::text AS entity, coalesce(code_map, source_system || %L) AS list, '
        'coalesce(source_code, source_text) AS source_code, source_text, %s AS patient, code, '
        'code_state, %s AS unit, %s AS value, run_id FROM hms.%I WHERE org_id = $1 '
        'AND (code_map IS NOT NULL OR code IS NULL) AND coalesce(source_code, source_text) IS NOT NULL',
        e.entity, '/' || e.entity,
        CASE WHEN 'patient_id' = ANY (c.names) THEN 'patient_id' ELSE 'NULL::uuid' END,
        CASE WHEN 'unit_source' = ANY (c.names) THEN $s$coalesce(unit_source, '')$s$ ELSE $s$''::text$s$ END,
        CASE WHEN 'value_num' = ANY (c.names) THEN 'value_num::double precision' ELSE 'NULL::double precision' END,
        e.entity), ' UNION ALL ' ORDER BY e.entity)
    FROM mig.entity e
    CROSS JOIN LATERAL (SELECT array_agg(a.attname::text) AS names FROM pg_attribute a
                        WHERE a.attrelid = to_regclass(format('hms.%I', e.entity)) AND a.attnum > 0
                          AND NOT a.attisdropped) c
    WHERE 'code_state' = ANY (c.names)
$$;

-- The risk of an item by what is known of it without any suggestion.
CREATE FUNCTION mig.code_base_risk(of_entities text[], of_system text, label text, several_units boolean)
RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN several_units OR mig.code_is_critical(of_system, label) THEN 'high'
                ELSE coalesce((SELECT r.risk FROM mig.code_entity r WHERE r.entity = ANY (of_entities)
                               ORDER BY array_position(ARRAY['high', 'medium', 'low'], r.risk) LIMIT 1),
                              'medium') END
$$;

-- Takes the local codes of an organisation's rows into mig.local_code; returns how many there are.
-- Codes that no row has any more stay, with no rows: decisions may speak of them.
CREATE FUNCTION mig.code_refresh(org text, of_org_id integer) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET work_mem = '256MB' AS $$
DECLARE
    rows_sql text := mig.code_rows_sql();
    found_codes bigint;
BEGIN
    PERFORM set_config('hms.org_id', of_org_id::text, true);
    EXECUTE 'CREATE TEMP TABLE code_seen ON COMMIT DROP AS
        SELECT list, source_code, mode() WITHIN GROUP (ORDER BY source_text) AS source_text,
               array_agg(DISTINCT entity) AS entities, count(*) AS rows,
               count(*) FILTER (WHERE code_state IN (''approved'', ''standard'', ''unverified'')) AS rows_settled,
               count(*) FILTER (WHERE code_state = ''proposed'') AS rows_proposed,
               count(DISTINCT patient) AS patients,
               mode() WITHIN GROUP (ORDER BY code)
                   FILTER (WHERE code_state IN (''approved'', ''standard'', ''unverified'')) AS code_in_use,
               min(run_id) AS first_run, max(run_id) AS last_run
        FROM (' || rows_sql || ') r GROUP BY list, source_code' USING of_org_id;
    EXECUTE 'CREATE TEMP TABLE code_unit ON COMMIT DROP AS
        SELECT list, source_code, unit, count(*) AS rows, count(DISTINCT patient) AS patients,
               percentile_cont(ARRAY[0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) WITHIN GROUP (ORDER BY value) AS p
        FROM (' || rows_sql || ') r WHERE value IS NOT NULL GROUP BY list, source_code, unit' USING of_org_id;

    UPDATE mig.local_code SET rows = 0, rows_settled = 0, rows_proposed = 0, patients = 0,
           code_in_use = NULL, refreshed_at = now() WHERE organisation = org;
    INSERT INTO mig.local_code AS old (organisation, list, source_code, source_text, entities, code_system,
            predicate, risk, rows, rows_settled, rows_proposed, patients, code_in_use, units, value_unit,
            value_count, p01, p05, p25, p50, p75, p95, p99, first_run, last_run)
        SELECT org, s.list, s.source_code, s.source_text, s.entities, e.code_system,
               coalesce(e.predicate, 'skos:exactMatch'),
               mig.code_base_risk(s.entities, e.code_system, s.source_text, coalesce(u.several, false)),
               s.rows, s.rows_settled, s.rows_proposed, s.patients, s.code_in_use, coalesce(u.units, '[]'),
               nullif(m.unit, ''), coalesce(m.rows, 0), m.p[1], m.p[2], m.p[3], m.p[4], m.p[5], m.p[6], m.p[7],
               s.first_run, s.last_run
        FROM pg_temp.code_seen s
        LEFT JOIN LATERAL (SELECT r.code_system, r.predicate FROM mig.code_entity r
                           WHERE r.entity = ANY (s.entities)
                           ORDER BY r.code_system IS NULL, r.entity LIMIT 1) e ON true
        LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('unit', unit, 'rows', rows)
                                            ORDER BY rows DESC, unit COLLATE "C") AS units,
                                  count(*) FILTER (WHERE 20 * rows >= total) > 1 AS several
                           FROM (SELECT c.*, sum(c.rows) OVER () AS total FROM pg_temp.code_unit c
                                 WHERE c.list = s.list AND c.source_code = s.source_code) a) u ON true
        LEFT JOIN LATERAL (SELECT unit, rows, CASE WHEN patients >= 5 THEN p END AS p FROM pg_temp.code_unit c
                           WHERE c.list = s.list AND c.source_code = s.source_code
                           ORDER BY rows DESC, unit COLLATE "C" LIMIT 1) m ON true
    ON CONFLICT (organisation, list, source_code) DO UPDATE SET
        source_text = coalesce(excluded.source_text, old.source_text), entities = excluded.entities,
        code_system = coalesce(old.code_system, excluded.code_system), risk = excluded.risk,
        rows = excluded.rows, rows_settled = excluded.rows_settled, rows_proposed = excluded.rows_proposed,
        patients = excluded.patients, code_in_use = excluded.code_in_use, units = excluded.units,
        value_unit = excluded.value_unit, value_count = excluded.value_count, p01 = excluded.p01,
        p05 = excluded.p05, p25 = excluded.p25, p50 = excluded.p50, p75 = excluded.p75, p95 = excluded.p95,
        p99 = excluded.p99, first_run = coalesce(old.first_run, excluded.first_run),
        last_run = excluded.last_run, refreshed_at = now();
    SELECT count(*) INTO found_codes FROM pg_temp.code_seen;
    DROP TABLE pg_temp.code_seen, pg_temp.code_unit;
    RETURN found_codes;
END
$$;

-- How much of the record has its standard code, by list: a patient is covered when all his rows are.
CREATE FUNCTION mig.code_coverage(of_org_id integer)
RETURNS TABLE (list text, codes bigint, codes_given bigint, rows bigint, rows_given bigint,
               patients bigint, patients_covered bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET work_mem = '256MB' AS $$
BEGIN
    PERFORM set_config('hms.org_id', of_org_id::text, true);
    RETURN QUERY EXECUTE
        'SELECT g.list, count(DISTINCT source_code), count(DISTINCT source_code) FILTER (WHERE given),
                count(*), count(*) FILTER (WHERE given), count(DISTINCT patient),
                count(DISTINCT patient) - count(DISTINCT patient) FILTER (WHERE NOT given)
         FROM (SELECT r.*, code_state IN (''approved'', ''standard'', ''unverified'') AS given
               FROM (' || mig.code_rows_sql() || ') r) g
         GROUP BY g.list ORDER BY g.list COLLATE "C"' USING of_org_id;
END
$$;

-- The worklist: each local code in use with what became of it, and its place in the order of review,
-- rows x risk x uncertainty.
CREATE VIEW mig.code_worklist AS
    SELECT i.*, o.state, o.code AS approved_code, s.code AS suggested_code, s.code_label AS suggested_label,
           s.probability,
           i.rows * CASE i.risk WHEN 'high' THEN 9 WHEN 'medium' THEN 3 ELSE 1 END
               * (1 - coalesce(s.probability, 0)) AS priority
    FROM mig.local_code i JOIN mig.code_outcome o USING (item_id)
    LEFT JOIN mig.code_suggestion s ON s.item_id = i.item_id AND s.rank = 1;

-- Codes, and the rows and patients behind them, that are settled; a patient counts once for each of
-- his codes.
CREATE FUNCTION mig.code_progress(org text)
RETURNS TABLE (list text, codes bigint, settled bigint, rows bigint, rows_settled bigint,
               patients bigint, patients_settled bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.list, count(*), count(*) FILTER (WHERE o.state IN ('approved', 'none', 'mapped')),
           sum(i.rows)::bigint,
           sum(CASE WHEN o.state IN ('approved', 'none', 'mapped') THEN i.rows ELSE i.rows_settled END)::bigint,
           sum(i.patients)::bigint,
           sum(CASE WHEN o.state IN ('approved', 'none', 'mapped') THEN i.patients ELSE 0 END)::bigint
    FROM mig.local_code i JOIN mig.code_outcome o USING (item_id)
    WHERE i.organisation = org AND i.rows > 0
    GROUP BY i.list ORDER BY i.list COLLATE "C"
$$;

-- Puts new suggestions, [{code, label, probability, reasons}, ...] best first, in the place of the old.
CREATE FUNCTION mig.code_suggest(of_item bigint, system_name text, system_release text, engine_name text,
                                 answers jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM mig.code_suggestion s WHERE s.item_id = of_item;
    INSERT INTO mig.code_suggestion (item_id, rank, code, code_label, probability, reasons, code_system,
                                     release, engine, justification)
        SELECT of_item, f.rank, f.answer ->> 'code', f.answer ->> 'label',
               (f.answer ->> 'probability')::numeric(7,6), f.answer ->> 'reasons', system_name,
               system_release, engine_name, 'semapv:CompositeMatching'
        FROM jsonb_array_elements(answers) WITH ORDINALITY f (answer, rank);
    UPDATE mig.local_code i
        SET code_system = system_name,
            risk = CASE WHEN mig.code_is_critical(system_name, answers -> 0 ->> 'label') THEN 'high' ELSE i.risk END
        WHERE i.item_id = of_item;
END
$$;

-- ---------------------------------------------------------------- for reviewers

-- The item a reviewer looks at next: the first of the worklist that is not settled and of which he
-- has said nothing.  NULL: there is none.
CREATE FUNCTION mig.code_next(org text, reviewer text, of_list text, of_entity text, skipped bigint[])
RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.item_id FROM mig.code_worklist w
    WHERE w.organisation = org AND w.rows > 0 AND w.state IN ('open', 'second', 'conflict')
      AND (of_list IS NULL OR w.list = of_list) AND (of_entity IS NULL OR of_entity = ANY (w.entities))
      AND w.item_id <> ALL (coalesce(skipped, '{}'))
      AND NOT EXISTS (SELECT FROM mig.code_live l
                      WHERE l.item_id = w.item_id AND mig.person_key(l.author) = mig.person_key(reviewer))
    ORDER BY w.code_system IS NULL, w.priority DESC, w.list COLLATE "C", w.source_code COLLATE "C" LIMIT 1
$$;

-- What others said, for the eyes of a reviewer: nothing until he has said something himself, where
-- the second reader is to be blind.
CREATE FUNCTION mig.code_seen(of_item bigint, reviewer text)
RETURNS TABLE (verdict text, code text, code_label text, author text, comment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.verdict, l.code, l.code_label, l.author, l.comment
    FROM mig.code_live l JOIN mig.local_code i USING (item_id) JOIN mig.code_outcome o USING (item_id)
    WHERE l.item_id = of_item
      AND (i.risk <> 'high' OR o.state IN ('approved', 'none', 'conflict')
           OR EXISTS (SELECT FROM mig.code_live m
                      WHERE m.item_id = of_item AND mig.person_key(m.author) = mig.person_key(reviewer)))
    ORDER BY l.decision_id
$$;

-- One decision of one person; his earlier one that it takes the place of is superseded.  Returns what
-- became of the item.
CREATE FUNCTION mig.code_decide(of_item bigint, reviewer text, said text, chosen text, label text,
                                how text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old bigint;
BEGIN
    PERFORM FROM mig.local_code i WHERE i.item_id = of_item FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such local code' USING ERRCODE = '55000';
    END IF;
    SELECT l.decision_id INTO old FROM mig.code_live l
        WHERE l.item_id = of_item AND mig.person_key(l.author) = mig.person_key(reviewer)
          AND l.verdict <> 'reject' AND said <> 'reject' AND l.code IS DISTINCT FROM chosen;
    INSERT INTO mig.code_decision (item_id, verdict, code, code_label, predicate, author, comment,
                                   decided_on, supersedes)
        SELECT of_item, said, chosen, label, coalesce(how, i.predicate), btrim(reviewer), why, current_date, old
        FROM mig.local_code i WHERE i.item_id = of_item;
    RETURN (SELECT o.state FROM mig.code_outcome o WHERE o.item_id = of_item);
END
$$;

-- ---------------------------------------------------------------- to files

-- One row for each settled local code, as SSSOM wants it: the author is who put the code forward, the
-- reviewers are the others who chose it, in the order in which they did.
CREATE VIEW mig.code_approved AS
    SELECT i.organisation, i.list, i.source_code, i.source_text, s.choice, f.code_label, f.code_system,
           f.release, f.predicate, f.justification, f.confidence, a.author, o.reviewers, o.decided_on, o.comment
    FROM mig.local_code i JOIN mig.code_settled s USING (item_id)
    JOIN LATERAL (SELECT l.* FROM mig.code_live l
                  WHERE l.item_id = i.item_id AND l.verdict <> 'reject' AND coalesce(l.code, '') = s.choice
                  ORDER BY l.decision_id LIMIT 1) f ON true
    CROSS JOIN LATERAL (SELECT coalesce(f.proposed_by, f.author) AS author) a
    CROSS JOIN LATERAL (
        SELECT string_agg(l.author, '|' ORDER BY l.decision_id)
                   FILTER (WHERE mig.person_key(l.author) <> mig.person_key(a.author)) AS reviewers,
               max(l.decided_on) AS decided_on,
               string_agg(l.comment, '; ' ORDER BY l.decision_id) AS comment
        FROM mig.code_live l
        WHERE l.item_id = i.item_id AND l.verdict <> 'reject' AND coalesce(l.code, '') = s.choice) o;

COMMENT ON VIEW mig.code_worklist IS 'Local codes with what became of them, what is suggested first, and their place in the order of review.';
COMMENT ON VIEW mig.code_approved IS 'Settled local codes with author and reviewers, as they are exported.';

-- ---------------------------------------------------------------- from files

-- An item that a file speaks of before any row does; its risk is the highest of what wants that standard.
CREATE FUNCTION mig.code_item(org text, of_list text, of_code text, label text, of_system text, how text)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_item bigint;
BEGIN
    INSERT INTO mig.local_code (organisation, list, source_code, source_text, entities, code_system, predicate, risk)
        SELECT org, of_list, of_code, label, '{}', of_system, how,
               mig.code_base_risk((SELECT array_agg(e.entity) FROM mig.code_entity e WHERE e.code_system = of_system),
                                  of_system, label, false)
    ON CONFLICT (organisation, list, source_code) DO NOTHING;
    SELECT i.item_id INTO found_item FROM mig.local_code i
        WHERE i.organisation = org AND i.list = of_list AND i.source_code = of_code FOR UPDATE;
    RETURN found_item;
END
$$;

-- What one person said in a file.  False: it stands in the store already.
CREATE FUNCTION mig.code_import_one(of_item bigint, said mig.code_decision) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old mig.code_decision;
BEGIN
    SELECT * INTO old FROM mig.code_live l
        WHERE l.item_id = of_item AND mig.person_key(l.author) = mig.person_key(said.author) AND l.verdict <> 'reject';
    IF FOUND AND old.code IS NOT DISTINCT FROM said.code THEN
        RETURN false;
    ELSIF FOUND THEN
        RAISE EXCEPTION 'this person has decided otherwise in the store' USING ERRCODE = '55000';
    END IF;
    INSERT INTO mig.code_decision (item_id, verdict, code, code_label, code_system, release, predicate,
                                   confidence, justification, author, proposed_by, comment, decided_on)
        VALUES (of_item, said.verdict, said.code, said.code_label, said.code_system, said.release,
                said.predicate, said.confidence, said.justification, said.author, said.proposed_by,
                said.comment, said.decided_on);
    RETURN true;
END
$$;

-- One row of a file: said.author names its authors, `reviewers` the others, '|' between names.  A row
-- of a program, or of nobody, becomes a suggestion.  Returns how many decisions were new.
CREATE FUNCTION mig.code_import(org text, of_list text, of_code text, label text, said mig.code_decision,
                                reviewers text) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_item bigint := mig.code_item(org, of_list, of_code, label, said.code_system, said.predicate);
    authors text[] := coalesce(string_to_array(said.author, '|'), '{}');
    people text[] := authors || coalesce(string_to_array(reviewers, '|'), '{}');
    is_program boolean := coalesce(said.author ~* '^hms:', people = '{}');
    person text;
    added integer := 0;
BEGIN
    IF said.code_system IS NULL THEN
        SELECT i.code_system INTO said.code_system FROM mig.local_code i WHERE i.item_id = of_item;
    END IF;
    IF said.code IS NOT NULL AND said.code_system IS NULL THEN
        RAISE EXCEPTION 'nothing says which standard the code is of' USING ERRCODE = '55000';
    END IF;
    IF is_program AND said.code IS NOT NULL THEN
        INSERT INTO mig.code_suggestion (item_id, rank, code, code_label, probability, code_system, release,
                                         engine, justification)
            SELECT of_item, coalesce(max(s.rank), 0) + 1, said.code, said.code_label, said.confidence,
                   said.code_system, said.release, coalesce(said.author, 'hms:import'), said.justification
            FROM mig.code_suggestion s WHERE s.item_id = of_item
        ON CONFLICT (item_id, code) DO NOTHING;
    END IF;
    said.verdict := CASE WHEN said.code IS NULL THEN 'no-match' ELSE 'approve' END;
    said.proposed_by := CASE WHEN is_program THEN NULL ELSE btrim(people[1]) END;
    FOREACH person IN ARRAY people LOOP
        said.author := btrim(person);
        IF said.author <> '' AND said.author !~* '^hms:' AND mig.code_import_one(of_item, said) THEN
            added := added + 1;
            said.comment := NULL;
        END IF;
    END LOOP;
    RETURN added;
END
$$;

-- ---------------------------------------------------------------- who may do what

-- A reviewer reads the worklist and the suggestions; decisions only through the functions above.
DO $$
BEGIN
    PERFORM mig.make_role('hms_reviewer');
END
$$;
-- 'hms code review' takes this role, so that also the owner's program is held by it.
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'hms_reviewer', 'MEMBER') THEN
        EXECUTE format('GRANT hms_reviewer TO %I', current_user);
    END IF;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mig FROM PUBLIC;
DO $$
BEGIN
    PERFORM mig.seal_functions('mig');
END
$$;
GRANT USAGE ON SCHEMA mig TO hms_reviewer;
GRANT SELECT ON mig.local_code, mig.code_suggestion, mig.code_entity TO hms_reviewer;
GRANT EXECUTE ON FUNCTION mig.code_progress, mig.code_next, mig.code_seen, mig.code_decide TO hms_reviewer;
