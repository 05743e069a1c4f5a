-- Takes the work on codes away, decisions too: export them first.
DROP VIEW mig.code_approved, mig.code_worklist, mig.code_outcome, mig.code_settled, mig.code_choice, mig.code_live;
DROP FUNCTION mig.code_import, mig.code_import_one, mig.code_item;
DROP TABLE mig.code_decision, mig.code_suggestion, mig.local_code, mig.code_critical, mig.code_entity;
DROP FUNCTION mig.code_decide, mig.code_seen, mig.code_next, mig.code_suggest, mig.code_progress,
    mig.code_refresh, mig.code_coverage, mig.code_base_risk, mig.code_rows_sql, mig.code_proposer, mig.code_is_critical,
    mig.code_decision_check, mig.code_item_keep, mig.code_keep;

-- The role stays when another database of this server still grants it something.
REVOKE ALL ON SCHEMA mig FROM hms_reviewer;
DO $$
BEGIN
    DROP ROLE IF EXISTS hms_reviewer;
EXCEPTION
    WHEN dependent_objects_still_exist OR insufficient_privilege THEN
        NULL;
END
$$;
