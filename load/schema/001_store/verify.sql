-- Fails when something of the store is missing or its protection was taken off.
DO $$
DECLARE
    name text;
    roles bigint;
BEGIN
    FOREACH name IN ARRAY ARRAY['hms', 'aside', 'mig', 'recon', 'ops'] LOOP
        IF to_regnamespace(name) IS NULL THEN
            RAISE EXCEPTION 'schema % is missing', name USING ERRCODE = '3F000';
        END IF;
    END LOOP;

    FOREACH name IN ARRAY ARRAY['mig.deployed', 'mig.entity', 'mig.reference', 'mig.run', 'mig.ledger',
                                'mig.task', 'mig.map', 'mig.run_pack', 'mig.segment', 'mig.taken', 'mig.timing', 'mig.balance', 'mig.reject', 'mig.adjustment', 'mig.finding', 'mig.merged',
                                'hms.organisation'] LOOP
        IF to_regclass(name) IS NULL THEN
            RAISE EXCEPTION 'table % is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;

    FOR name IN SELECT entity FROM mig.entity LOOP
        PERFORM FROM pg_partitioned_table p
          WHERE p.partrelid = to_regclass(format('hms.%I', name)) AND p.partstrat = 'l';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'table hms.% is missing or not split by organisation', name
                USING ERRCODE = '42P01';
        END IF;
    END LOOP;

    SELECT r.entity || '.' || r.column_name INTO name FROM mig.reference r
      WHERE NOT EXISTS (SELECT FROM pg_attribute a
                        WHERE a.attrelid = to_regclass(format('hms.%I', r.entity))
                          AND a.attname = r.column_name AND a.atttypid = 'uuid'::regtype
                          AND NOT a.attisdropped)
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'column % is missing', name USING ERRCODE = '42703';
    END IF;

    -- A table of several lanes cannot be referenced: its key is built lane by lane.
    SELECT r.parent INTO name FROM mig.reference r JOIN mig.entity e ON e.entity = r.parent
      WHERE e.lanes > 1 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entity % has lanes and is referenced', name USING ERRCODE = '55000';
    END IF;

    SELECT c.relname INTO name FROM pg_class c
      WHERE c.relnamespace = 'hms'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                 AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'table hms.% has no forced row-level security', name USING ERRCODE = '55000';
    END IF;

    SELECT c.relname INTO name FROM pg_class c
      WHERE c.relnamespace = 'hms'::regnamespace AND c.relkind IN ('r', 'p') AND c.relispartition
        AND has_table_privilege('hms_api', c.oid, 'SELECT')
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'partition hms.% can be read around its parent', name USING ERRCODE = '55000';
    END IF;

    SELECT count(*) INTO roles FROM pg_roles
      WHERE rolname = 'hms_api' AND NOT rolsuper AND NOT rolbypassrls;
    IF roles <> 1 THEN
        RAISE EXCEPTION 'role hms_api is missing or may see everything' USING ERRCODE = '42704';
    END IF;
    IF has_schema_privilege('hms_api', 'mig', 'USAGE') OR has_schema_privilege('hms_api', 'recon', 'USAGE')
       OR has_schema_privilege('hms_api', 'ops', 'USAGE') OR has_schema_privilege('hms_api', 'aside', 'USAGE') THEN
        RAISE EXCEPTION 'role hms_api may look beyond schema hms' USING ERRCODE = '55000';
    END IF;
END
$$;
