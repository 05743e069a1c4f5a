-- Fails when something of the queue is missing.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['review_policy', 'review_task', 'review_decision', 'review_skip', 'reveal',
                                'review_frame', 'review_key', 'review_candidate'] LOOP
        IF to_regclass('mpi.' || name) IS NULL THEN
            RAISE EXCEPTION 'table mpi.% is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['review_draw', 'review_who', 'review_fill', 'review_refresh', 'review_plant'] LOOP
        IF NOT EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = 'mpi'::regnamespace AND p.proname = name) THEN
            RAISE EXCEPTION 'function mpi.% is missing', name USING ERRCODE = '42883';
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['review_decision_once', 'review_task_pair'] LOOP
        IF to_regclass('mpi.' || name) IS NULL THEN
            RAISE EXCEPTION 'index mpi.% is missing', name USING ERRCODE = '42704';
        END IF;
    END LOOP;
END
$$;
