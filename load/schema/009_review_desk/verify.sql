-- Fails when something of the desk is missing, or when a steward may do more than its functions let him.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['review_indexes', 'review_next', 'review_renew', 'review_skip', 'review_decide',
                                'review_undo', 'review_values', 'review_reveal', 'review_history'] LOOP
        IF NOT EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = 'mpi'::regnamespace AND p.proname = name) THEN
            RAISE EXCEPTION 'function mpi.% is missing', name USING ERRCODE = '42883';
        END IF;
    END LOOP;
    SELECT c.relname INTO name FROM pg_class c
      WHERE c.relnamespace = 'mpi'::regnamespace AND c.relkind IN ('r', 'p', 'v')
        AND has_table_privilege('hms_steward', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a steward can reach table mpi.% around the functions', name USING ERRCODE = '55000';
    END IF;

    -- a caller's own types must not stand before ours in what runs with the owner's rights
    SELECT p.pronamespace::regnamespace || '.' || p.proname INTO name FROM pg_proc p
      WHERE p.pronamespace IN ('hms'::regnamespace, 'mig'::regnamespace, 'mpi'::regnamespace, 'recon'::regnamespace, 'ops'::regnamespace)
        AND (p.prosecdef AND NOT coalesce('debug_print_plan=off' = ANY (p.proconfig), false)
             OR NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), p.proname = 'merge_rows'))
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'function % is not sealed', name USING ERRCODE = '55000';
    END IF;
END
$$;
