-- Fails when a table of the rehearsals is missing.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ops.rehearsal_number', 'ops.rehearsal', 'ops.rehearsal_variable',
                                'ops.rehearsal_input', 'ops.rehearsal_step', 'ops.rehearsal_balance', 'ops.rehearsal_coverage',
                                'ops.rehearsal_reconciliation'] LOOP
        IF to_regclass(name) IS NULL THEN
            RAISE EXCEPTION 'table % is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;
END
$$;
