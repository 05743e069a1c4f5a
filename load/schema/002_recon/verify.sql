-- Fails when a table of the comparisons is missing.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['recon.run', 'recon.proof', 'recon.entity', 'recon.total',
                                'recon.explanation', 'recon.difference'] LOOP
        IF to_regclass(name) IS NULL THEN
            RAISE EXCEPTION 'table % is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;
END
$$;
