-- Takes merges and choices away; people stay as the merges made them.
DROP VIEW hms.patient_link;
DROP FUNCTION mpi.golden_of(uuid);
DROP VIEW mpi.golden_candidate, mpi.person_row, mpi.patient_row;
DROP FUNCTION mpi.row_torn(text, uuid, integer);
DROP FUNCTION mpi.row_take_back(uuid, text);
DROP FUNCTION mpi.row_give(bigint, text, text, uuid, integer, uuid, uuid, text);
DROP FUNCTION mpi.merge_write(integer, jsonb);
DROP FUNCTION mpi.merge_rows(jsonb);
DROP FUNCTION mpi.merge_changes(bigint, uuid[]);
DROP FUNCTION mpi.merge_snapshot(bigint, uuid[]);
DROP FUNCTION mpi.merge_component(uuid[]);
DROP FUNCTION mpi.merges_of(uuid[]);
DROP FUNCTION mpi.make_patient_row();
DROP TABLE mpi.choice, mpi.moved, mpi.merge_member, mpi.merge_row, mpi.merge;
DROP POLICY of_organisation ON mpi.member;
ALTER TABLE mpi.member DISABLE ROW LEVEL SECURITY;
REVOKE SELECT (patient_id, org_id, person_id, certain) ON mpi.member FROM hms_api;
REVOKE USAGE ON SCHEMA mpi FROM hms_api;
