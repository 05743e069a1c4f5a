-- Takes the whole store away, with everything in it.
DROP SCHEMA aside CASCADE;
DROP SCHEMA hms CASCADE;
DROP SCHEMA mig CASCADE;
DROP SCHEMA recon CASCADE;
DROP SCHEMA ops CASCADE;

-- The role stays: it belongs to the server, and another database may be about to use it.
