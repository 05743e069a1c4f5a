-- Takes the desk away; the queue and its decisions stay.
DROP FUNCTION mpi.review_indexes;
DROP FUNCTION mpi.review_history;
DROP FUNCTION mpi.review_reveal;
DROP FUNCTION mpi.review_learned;
DROP FUNCTION mpi.review_values;
DROP FUNCTION mpi.review_values_of;
DROP FUNCTION mpi.review_slip;
DROP FUNCTION mpi.review_undo;
DROP FUNCTION mpi.review_decide;
DROP FUNCTION mpi.review_settle;
DROP FUNCTION mpi.review_outcome;
DROP FUNCTION mpi.review_key_of;
DROP FUNCTION mpi.review_skip;
DROP FUNCTION mpi.review_renew;
DROP FUNCTION mpi.review_may;
DROP FUNCTION mpi.review_next;
DROP FUNCTION mpi.review_choose;
DROP FUNCTION mpi.review_pick;
REVOKE ALL ON SCHEMA mpi FROM hms_steward;

-- The role stays: it belongs to the server, and another database may be about to use it.
