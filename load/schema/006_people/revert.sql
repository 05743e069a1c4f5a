-- Takes people and the stewards' verdicts away; write the verdicts to a file first ('hms people verdicts').
DROP SCHEMA mpi CASCADE;
