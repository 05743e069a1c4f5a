-- Takes the queue and its decisions away; the verdicts stay with the people.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT p.oid FROM pg_proc p
                    WHERE p.pronamespace = 'mpi'::regnamespace AND p.proname LIKE 'review\_%' LOOP
        EXECUTE format('DROP FUNCTION %s', function);
    END LOOP;
END
$$;
DROP TABLE mpi.review_candidate, mpi.review_key, mpi.review_frame, mpi.reveal, mpi.review_skip, mpi.review_decision, mpi.review_task,
    mpi.review_policy;
