-- Fails when a table of the people is missing.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['index', 'index_organisation', 'run', 'person', 'member', 'person_event',
                                'pair', 'verdict', 'contradiction', 'identifier_kind', 'registration'] LOOP
        IF to_regclass('mpi.' || name) IS NULL THEN
            RAISE EXCEPTION 'table mpi.% is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;
END
$$;
