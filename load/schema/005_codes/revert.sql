-- Takes the work on codes away, decisions too: export them first.
DROP VIEW mig.code_approved, mig.code_worklist, mig.code_outcome, mig.code_settled, mig.code_choice, mig.code_live;
DROP FUNCTION mig.code_import, mig.code_import_one, mig.code_item;
DROP TABLE mig.code_decision, mig.code_suggestion, mig.local_code, mig.code_critical, mig.code_entity;
DROP FUNCTION mig.code_decide, mig.code_seen, mig.code_next, mig.code_suggest, mig.code_progress,
    mig.code_refresh, mig.code_coverage, mig.code_base_risk, mig.code_rows_sql, mig.code_proposer, mig.code_is_critical,
    mig.code_decision_check, mig.code_item_keep, mig.code_keep, mig.person_key;

-- The role stays: it belongs to the server, and another database may be about to use it.
REVOKE ALL ON SCHEMA mig FROM hms_reviewer;
