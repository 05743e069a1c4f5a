-- Takes the queue and its decisions away; the verdicts stay with the people.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT p.oid FROM pg_proc p
                    WHERE p.pronamespace = 'mpi'::regnamespace AND p.proname LIKE 'review\_%' AND p.proname <> 'review_outcome' LOOP
        EXECUTE format('DROP FUNCTION %s', function);
    END LOOP;
END
$$;
DROP FUNCTION mpi.review_outcome;
DROP TABLE mpi.review_candidate, mpi.review_key, mpi.review_frame, mpi.reveal, mpi.review_skip, mpi.review_decision, mpi.review_task,
    mpi.review_policy;
REVOKE ALL ON SCHEMA mpi FROM hms_steward;

-- The role stays when another database of this server still grants it something.
DO $$
BEGIN
    DROP ROLE IF EXISTS hms_steward;
EXCEPTION
    WHEN dependent_objects_still_exist OR insufficient_privilege THEN
        NULL;
END
$$;
