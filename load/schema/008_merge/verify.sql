-- Fails when something of the merges is missing, or an organisation could see another's people.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['mpi.merge', 'mpi.merge_row', 'mpi.merge_member', 'mpi.moved', 'mpi.choice',
                                'mpi.patient_row', 'mpi.person_row', 'mpi.golden_candidate',
                                'hms.patient_link'] LOOP
        IF to_regclass(name) IS NULL THEN
            RAISE EXCEPTION '% is missing', name USING ERRCODE = '42P01';
        END IF;
    END LOOP;

    SELECT c.relname INTO name FROM pg_class c
      WHERE c.oid = 'mpi.member'::regclass
        AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'table mpi.% has no row-level security', name USING ERRCODE = '55000';
    END IF;

    SELECT c.relname INTO name FROM pg_class c
      WHERE c.oid IN ('mpi.patient_row'::regclass, 'mpi.person_row'::regclass,
                      'mpi.golden_candidate'::regclass, 'hms.patient_link'::regclass)
        AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'view % does not read as its reader', name USING ERRCODE = '55000';
    END IF;

    SELECT c.relname INTO name FROM pg_class c
      WHERE c.relnamespace = 'mpi'::regnamespace AND c.relkind = 'r'
        AND has_table_privilege('hms_api', c.oid, 'SELECT')
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'role hms_api may read all of mpi.%', name USING ERRCODE = '55000';
    END IF;

    SELECT r.entity INTO name FROM mig.reference r
      WHERE r.parent = 'patient' AND r.entity <> 'patient'
        AND strpos(pg_get_viewdef('mpi.patient_row'), format('%L::text AS entity', r.entity)) = 0
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'mpi.patient_row does not know %', name USING ERRCODE = '55000';
    END IF;
END
$$;
