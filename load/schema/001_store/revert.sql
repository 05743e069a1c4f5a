-- Takes the whole store away, with everything in it.
DROP SCHEMA aside CASCADE;
DROP SCHEMA hms CASCADE;
DROP SCHEMA mig CASCADE;
DROP SCHEMA recon CASCADE;
DROP SCHEMA ops CASCADE;

-- The role stays when another database of this server still grants it something.
DO $$
BEGIN
    DROP ROLE IF EXISTS hms_api;
EXCEPTION
    WHEN dependent_objects_still_exist OR insufficient_privilege THEN
        NULL;
END
$$;
