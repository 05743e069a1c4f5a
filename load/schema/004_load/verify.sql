DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['leaf_name', 'lane_start', 'leaf_create', 'leaf_key', 'leaf_indexes',
                                'leaf_analyze', 'origin', 'origin_map', 'origin_join', 'take_repeats',
                                'reference_add', 'reference_validate', 'take_orphans', 'check_claims', 'balance_close', 'run_clear', 'task_take',
                                'organisation_drop', 'aside_drop', 'leaf_attach'] LOOP
        IF NOT EXISTS (SELECT FROM pg_proc p
                       WHERE p.pronamespace = 'mig'::regnamespace AND p.proname = name) THEN
            RAISE EXCEPTION 'function mig.% is missing', name USING ERRCODE = '42883';
        END IF;
    END LOOP;
END
$$;
