-- Two organisations with a few rows each, in partitions like those that load makes.
-- The numbers are core/ident.h's org_id_of('northgate') and org_id_of('lindenhof').

INSERT INTO hms.organisation (org_id, code, name) VALUES
    (1914137713, 'northgate', 'Northgate Hospital'),
    (1535179373, 'lindenhof', 'Lindenhof');

DO $$
DECLARE
    org record;
    entity text;
    child text;
BEGIN
    FOR org IN SELECT org_id, code FROM hms.organisation LOOP
        FOREACH entity IN ARRAY ARRAY['patient', 'patient_name', 'patient_identifier',
            'patient_address', 'patient_telecom', 'patient_contact', 'encounter'] LOOP
            child := format('hms.%I', entity || '__' || org.code);
            EXECUTE format('CREATE TABLE %s PARTITION OF hms.%I FOR VALUES IN (%s)',
                           child, entity, org.org_id);
            PERFORM mig.protect(child::regclass);
        END LOOP;
        -- two lanes, as load makes of observation
        EXECUTE format('CREATE TABLE hms.observation__%s PARTITION OF hms.observation '
                       'FOR VALUES IN (%s) PARTITION BY RANGE (id)', org.code, org.org_id);
        EXECUTE format('CREATE TABLE hms.observation__%1$s__0 PARTITION OF hms.observation__%1$s '
                       'FOR VALUES FROM (MINVALUE) TO (''80000000-0000-0000-0000-000000000000'')', org.code);
        EXECUTE format('CREATE TABLE hms.observation__%1$s__1 PARTITION OF hms.observation__%1$s '
                       'FOR VALUES FROM (''80000000-0000-0000-0000-000000000000'') TO (MAXVALUE)', org.code);
        PERFORM mig.protect(format('hms.observation__%s', org.code)::regclass);
    END LOOP;
END
$$;

-- Ids that tests can name: the first digits say what it is, the last which one.
CREATE FUNCTION pg_temp.ident(kind text, number integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (kind || '-0000-8000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;

INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, birth_date,
    birth_precision, sex, deceased, deceased_at, deceased_precision, marital_status, language,
    confidentiality, active, practitioner_id, merged_into, run_id)
VALUES
    (pg_temp.ident('aaaaaaaa', 1), 1914137713, 'northgate', 'P1', gen_random_uuid(), 'NG-0001',
     '1980-02-01', 'D', 'female', false, NULL, NULL, 'M', 'en', 'N', true, gen_random_uuid(), NULL, 1),
    (pg_temp.ident('aaaaaaaa', 2), 1914137713, 'northgate', 'P2', gen_random_uuid(), 'NG-0002',
     '1980-01-01', 'Y', 'male', true, '2024-01-04 21:00:00+00', 'D', 'UNK', NULL, NULL, NULL, NULL, NULL, 1),
    (pg_temp.ident('aaaaaaaa', 3), 1914137713, 'northgate', 'P3', gen_random_uuid(), 'NG-0003',
     '1980-02-01', 'M', 'unknown', NULL, '2024-05-06 07:08:09.25+00', 'T', NULL, 'Arabic', 'R', true, NULL,
     pg_temp.ident('aaaaaaaa', 1), 1),
    (pg_temp.ident('bbbbbbbb', 1), 1535179373, 'lindenhof', 'P1', gen_random_uuid(), 'ZZPHI-LH-1',
     '1950-05-05', 'D', 'male', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, sex, run_id)
SELECT pg_temp.ident('cccccccc', n), 1914137713, 'northgate', 'C' || n, gen_random_uuid(),
       'NG-C' || n, 'other', 1
FROM generate_series(1, 620) n;

INSERT INTO hms.patient_name (id, org_id, source_system, source_key, row_hash, patient_id, use,
    family, given, middle, prefix, suffix, text, script, valid_from, valid_to, run_id)
VALUES
    (gen_random_uuid(), 1914137713, 'northgate', 'N1', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'official', 'O''Brien; DROP TABLE hms.patient', 'Mary', 'Ann', 'Dr', 'Jr', NULL, 'Latn', '2001-02-03', NULL, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'N2', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'maiden', 'Smith "quoted" \ back', NULL, NULL, NULL, NULL, NULL, 'Latn', NULL, NULL, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'N3', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 3),
     NULL, 'الحسن', 'محمد', NULL, NULL, NULL, 'محمد الحسن', 'Arab', NULL, NULL, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'N4', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 2),
     NULL, ' ', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1),
    (gen_random_uuid(), 1535179373, 'lindenhof', 'N1', gen_random_uuid(), pg_temp.ident('bbbbbbbb', 1),
     'official', 'ZZPHI-FAMILY', 'ZZPHI-GIVEN', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1);

INSERT INTO hms.patient_identifier (id, org_id, source_system, source_key, row_hash, patient_id, kind,
    system, value, value_norm, use, issuer, valid_from, run_id)
VALUES
    (gen_random_uuid(), 1914137713, 'northgate', 'I1', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'national id', 'national id', 'ab-123 456', 'AB123456', 'official', 'Ministry', '2000-01-01', 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'I2', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     NULL, 'http://hl7.org/fhir/sid/us-ssn', '999-11-2222', '999112222', NULL, NULL, NULL, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'I3', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 2),
     'MR', 'mrn', 'NG-0002', 'NG0002', NULL, NULL, NULL, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'I4', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 3),
     NULL, 'insurance', '77-٨/X', '778', NULL, NULL, NULL, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'I5', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 2),
     NULL, 'insurance', 'q/r-9', 'Q/R9', NULL, NULL, NULL, 1),
    (gen_random_uuid(), 1535179373, 'lindenhof', 'I1', gen_random_uuid(), pg_temp.ident('bbbbbbbb', 1),
     NULL, 'national id', 'ZZPHI-ID', 'ZZPHIID', NULL, NULL, NULL, 1);

INSERT INTO hms.patient_address (id, org_id, source_system, source_key, row_hash, patient_id, use,
    line1, line2, city, district, region, postal_code, country, run_id)
VALUES
    (gen_random_uuid(), 1914137713, 'northgate', 'A1', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'home', '1 High Street' || chr(10) || 'Flat 2', 'Old Town', 'Nairobi', NULL, 'Nairobi County', '00100', 'KE', 1);
INSERT INTO hms.patient_telecom (id, org_id, source_system, source_key, row_hash, patient_id, kind, use,
    value, rank, run_id)
VALUES
    (gen_random_uuid(), 1914137713, 'northgate', 'T1', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'phone', 'mobile', '+254 700 000000', 1, 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'T2', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'email', NULL, 'mary@example.org', 0, 1);
INSERT INTO hms.patient_contact (id, org_id, source_system, source_key, row_hash, patient_id,
    relationship, relationship_source_code, name, phone, address, run_id)
VALUES
    (gen_random_uuid(), 1914137713, 'northgate', 'K1', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'mother', 'MO', 'Ann O''Brien', '+254 711 111111', 'Mombasa', 1),
    (gen_random_uuid(), 1914137713, 'northgate', 'K2', gen_random_uuid(), pg_temp.ident('aaaaaaaa', 1),
     'friend', NULL, NULL, NULL, NULL, 1);

INSERT INTO hms.encounter (id, org_id, source_system, source_key, row_hash, patient_id, encounter_no,
    class, source_class, state, started_at, started_precision, ended_at, ended_precision, code,
    code_system, source_code, source_text, reason_code, reason_system, reason_source_text,
    practitioner_id, location_id, admission_source, discharge_disposition, run_id)
VALUES
    (pg_temp.ident('eeeeeeee', 1), 1914137713, 'northgate', 'E1', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), 'V-1', 'IMP', 'I', 'finished', '2023-03-04 05:06:07+00', 'T',
     '2023-03-09 21:00:00+00', 'D', '185349003', 'snomed', 'CHK', 'check-up', 'E11.9', 'icd10', 'diabetes',
     gen_random_uuid(), gen_random_uuid(), 'referral', 'home', 1),
    (pg_temp.ident('eeeeeeee', 2), 1914137713, 'northgate', 'E2', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), NULL, 'OTHER', NULL, 'unknown', NULL, NULL, NULL, NULL, NULL, NULL,
     'X  Y', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1),
    (pg_temp.ident('ffffffff', 1), 1535179373, 'lindenhof', 'E1', gen_random_uuid(),
     pg_temp.ident('bbbbbbbb', 1), 'ZZPHI-V', 'AMB', NULL, 'finished', '2023-03-04 05:06:07+00', 'T',
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1);

INSERT INTO hms.observation (id, org_id, source_system, source_key, row_hash, patient_id, encounter_id,
    service_order_id, specimen_id, category, code, code_system, source_code, source_text, state,
    value_kind, value_num, comparator, unit_source, unit_ucum, value_num_ucum, value_text, value_code,
    value_system, ref_low, ref_high, ref_text, abnormal, absent_reason, effective_at,
    effective_precision, issued_at, practitioner_id, device, note, run_id)
VALUES
    (pg_temp.ident('dddddddd', 1), 1914137713, 'northgate', 'O1', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), pg_temp.ident('eeeeeeee', 1), gen_random_uuid(), gen_random_uuid(),
     'laboratory', '718-7', 'loinc', 'HB', 'Haemoglobin', 'final', 'quantity', 13.5, NULL, 'g/dl', 'g/dL',
     13.5, NULL, NULL, NULL, 12, 16.25, '12-16.25', 'N', NULL, '2023-03-04 06:00:00+00', 'T',
     '2023-03-04 07:00:00+00', gen_random_uuid(), 'analyser 7', 'fasting', 1),
    (pg_temp.ident('dddddddd', 2), 1914137713, 'northgate', 'O2', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), NULL, NULL, NULL, 'chemistry', NULL, NULL, 'GLU', 'Glucose', 'preliminary',
     'quantity', 0.000001, '<', 'mmol/l', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'very high', NULL,
     '2022-12-31 21:00:00+00', 'D', NULL, NULL, NULL, NULL, 1),
    (pg_temp.ident('dddddddd', 3), 1914137713, 'northgate', 'O3', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unknown',
     'none', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'haemolysed',
     NULL, NULL, NULL, NULL, NULL, NULL, 1),
    (pg_temp.ident('dddddddd', 4), 1914137713, 'northgate', 'O4', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), NULL, NULL, NULL, 'vital-signs', '882-1', 'loinc', NULL, 'Blood group',
     'amended', 'code', NULL, NULL, NULL, NULL, NULL, 'A positive', '112144000', 'snomed', NULL, NULL, NULL,
     NULL, NULL, '2021-01-01 00:00:00+00', 'Y', NULL, NULL, NULL, NULL, 1),
    (pg_temp.ident('dddddddd', 5), 1914137713, 'northgate', 'O5', gen_random_uuid(),
     pg_temp.ident('aaaaaaaa', 1), NULL, NULL, NULL, NULL, '29463-7', 'loinc', NULL, NULL, 'final',
     'text', NULL, NULL, NULL, NULL, NULL, 'line one' || chr(10) || chr(9) || '<b>two</b>', NULL, NULL, NULL,
     NULL, 'see text', NULL, 'unknown', '2021-06-01 00:00:00+00', 'M', NULL, NULL, NULL, NULL, 1),
    ('99999999-0000-8000-8000-000000000001', 1535179373, 'lindenhof', 'O1', gen_random_uuid(),
     pg_temp.ident('bbbbbbbb', 1), NULL, NULL, NULL, NULL, NULL, NULL, 'ZZPHI', 'ZZPHI-TEST', 'final', 'text',
     NULL, NULL, NULL, NULL, NULL, 'ZZPHI-RESULT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, 1);
-- many results of one patient, many at the same time: pages must neither repeat nor skip
INSERT INTO hms.observation (id, org_id, source_system, source_key, row_hash, patient_id, code,
    code_system, state, value_kind, value_num, effective_at, effective_precision, run_id)
SELECT (to_char(n % 10, 'FM0') || substr(md5(n::text), 2, 31))::uuid, 1914137713, 'northgate', 'M' || n,
       gen_random_uuid(), pg_temp.ident('aaaaaaaa', 2), '8867-4', 'loinc', 'final', 'quantity', 60 + n % 40,
       CASE WHEN n % 7 = 0 THEN NULL ELSE timestamptz '2024-01-01 00:00:00.123456+00' + n % 50 * interval '1 hour' END,
       CASE WHEN n % 7 = 0 THEN NULL ELSE 'T' END, 1
FROM generate_series(1, 500) n;
ANALYZE;
