# merge_people.bash - a store with a few registrations, for the cases of merges: read by
# `. "$HMS_ROOT/tests/pg/merge_people.bash"`.
#
#   merge_store     northgate and lindenhof share the index 'city'; every registration is a person of
#                   its own, but C1 and C2, whom dedup holds for one
#   A1 A2 A3 C1 C2  registrations of northgate, L1 of lindenhof
. "$HMS_ROOT/tests/pg/load.bash"

A1=aaaaaaaa-0000-8000-8000-000000000001
A2=aaaaaaaa-0000-8000-8000-000000000002
A3=aaaaaaaa-0000-8000-8000-000000000003
C1=cccccccc-0000-8000-8000-000000000001
C2=cccccccc-0000-8000-8000-000000000002
L1=bbbbbbbb-0000-8000-8000-000000000001
NORTHGATE=1914137713
LINDENHOF=1535179373
GOLDEN=$HMS_ROOT/mappings/golden.yml

merge_store() {
    hms store deploy -q
    sql -f "$HMS_ROOT/tests/serve/rows.sql" >rows.log
    sql >rows.log <<SQL
CREATE TABLE hms.allergy__northgate PARTITION OF hms.allergy FOR VALUES IN ($NORTHGATE);
CREATE TABLE hms.allergy__lindenhof PARTITION OF hms.allergy FOR VALUES IN ($LINDENHOF);
SELECT mig.protect(leaf::regclass) FROM unnest(ARRAY['hms.allergy__northgate', 'hms.allergy__lindenhof',
    'hms.observation__northgate__0', 'hms.observation__northgate__1',
    'hms.observation__lindenhof__0', 'hms.observation__lindenhof__1']) leaf;
INSERT INTO mig.run (kind, organisation, org_id, purpose, state, dry_run, source_system, stage_checksum, tool_version)
VALUES ('load', 'northgate', $NORTHGATE, 'x', 'done', false, 'northgate', 'x', 'x');
INSERT INTO mpi.index (index_name) VALUES ('city'), ('village');
INSERT INTO mpi.index_organisation (org_id, organisation, index_name)
SELECT org_id, code, 'city' FROM hms.organisation;
INSERT INTO mpi.run (index_name, kind, state, model_name, model_checksum, link_probability, review_probability, tool_version, ended_at)
VALUES ('city', 'full', 'done', 'm', 'm', 0.9, 0.5, 'x', now());
INSERT INTO mpi.person (person_id, index_name, since_run) SELECT id, 'city', 1 FROM hms.patient WHERE id <> '$C2';
INSERT INTO mpi.member (patient_id, org_id, person_id, since_run, certain)
SELECT id, org_id, CASE id WHEN '$C2' THEN '$C1' ELSE id END, 1, true FROM hms.patient;
INSERT INTO mpi.pair VALUES ('$C1', '$C2', 1, 12, 0.999, 'link', 'name', 'x');
SQL
}

# Everything of the record and of membership, as one sum of its bytes.
state() {
    for entity in patient patient_name patient_identifier patient_address patient_telecom patient_contact \
        allergy encounter observation; do
        sql -c "COPY (SELECT * FROM hms.$entity ORDER BY id, org_id) TO STDOUT (FORMAT binary)"
    done | cat - <(sql -c "COPY (SELECT * FROM mpi.member ORDER BY patient_id) TO STDOUT (FORMAT binary)") \
        <(sql -c "COPY (SELECT * FROM mpi.person WHERE retired_run IS NULL ORDER BY person_id) TO STDOUT (FORMAT binary)") |
        md5sum
}

person_of() { sql -c "SELECT person_id FROM mpi.member WHERE patient_id = '$1'"; }

# live ID PATIENT [COLUMN VALUE]: a visit that the live system recorded
live() {
    sql -c "INSERT INTO hms.encounter (id, org_id, source_system, source_key, row_hash, patient_id, class, state, started_at, note, run_id)
            VALUES ('$1', $NORTHGATE, 'live', '$1', '$1', '$2', 'AMB', 'finished', '2026-01-02 03:04Z', 'CANARY', 0)"
}
# loaded ID PATIENT: the same from the source
loaded() {
    live "$1" "$2"
    sql -c "UPDATE hms.encounter SET source_system = 'northgate', run_id = 1 WHERE id = '$1'"
}
as_api() { # ORG_ID SQL: what the API's role sees
    sql -c "SET ROLE hms_api; SET hms.org_id = '$1'; $2"
}
