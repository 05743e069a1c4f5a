-- Fails when something of the codes is missing or a rule of decisions was taken off.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['mig.code_entity', 'mig.code_critical', 'mig.local_code', 'mig.code_suggestion',
                                'mig.code_decision', 'mig.code_live', 'mig.code_choice', 'mig.code_settled',
                                'mig.code_outcome', 'mig.code_worklist', 'mig.code_approved'] LOOP
        IF to_regclass(name) IS NULL THEN
            RAISE EXCEPTION 'table % is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['code_is_critical', 'code_proposer', 'code_rows_sql', 'code_base_risk',
                                'code_refresh', 'code_coverage', 'code_progress', 'code_suggest', 'code_next', 'code_seen',
                                'code_decide', 'code_import'] LOOP
        IF NOT EXISTS (SELECT FROM pg_proc p
                       WHERE p.pronamespace = 'mig'::regnamespace AND p.proname = name) THEN
            RAISE EXCEPTION 'function mig.% is missing', name USING ERRCODE = '42883';
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['keep', 'keep_all', 'check'] LOOP
        IF NOT EXISTS (SELECT FROM pg_trigger t
                       WHERE t.tgrelid = 'mig.code_decision'::regclass AND t.tgname = name
                         AND t.tgenabled = 'O') THEN
            RAISE EXCEPTION 'decisions about codes have lost their trigger %', name USING ERRCODE = '55000';
        END IF;
    END LOOP;
    IF has_table_privilege('hms_reviewer', 'mig.code_decision', 'SELECT, INSERT, UPDATE, DELETE')
       OR has_table_privilege('hms_reviewer', 'mig.code_live', 'SELECT') THEN
        RAISE EXCEPTION 'role hms_reviewer may read or write decisions' USING ERRCODE = '55000';
    END IF;
    SELECT e.entity INTO name FROM mig.entity e
      WHERE EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass(format('hms.%I', e.entity))
                      AND a.attname = 'code_state' AND NOT a.attisdropped)
        AND NOT EXISTS (SELECT FROM mig.code_entity c WHERE c.entity = e.entity)
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the coded entity % has no line in mig.code_entity', name USING ERRCODE = '55000';
    END IF;
END
$$;
