/*
 * store.h - the schema of a database: its steps are deployed, verified and reverted.
 *
 * Shape     the steps of load/schema (load/schema_files.h) in the order of their numbers.  The
 *           ledger mig.deployed holds the steps that are there and the checksum of the
 *           deploy.sql that made each.
 * Safety    steps and ledger change in one transaction, which is still open when a function
 *           failed: the caller pg_free()s.  Two deploys at once wait for each other.  A step
 * whose deploy.sql was edited after it was deployed is refused. Errors    ERROR_STORE with the
 * step's name; ERROR_INTEGRITY for an edited or unknown step.
 */
#ifndef HMS_LOAD_STORE_H
#define HMS_LOAD_STORE_H

#include "core/pg.h"

#include <stddef.h>

/* Deploys the steps that are missing; `*count` of them. */
bool store_deploy(struct pg *pg, size_t *count, struct error *err) MUST_CHECK;
/* Runs the verify.sql of every step; all must be deployed. */
bool store_verify(struct pg *pg, struct error *err) MUST_CHECK;
/* Takes all deployed steps away, the last first; `*count` of them. */
bool store_revert(struct pg *pg, size_t *count, struct error *err) MUST_CHECK;
/* How many steps are deployed, of how many that this program knows. */
bool store_deployed(struct pg *pg, size_t *deployed, size_t *known,
                    struct error *err) MUST_CHECK;
/* False, with the hint "hms store deploy", when a step is missing. */
bool store_require(struct pg *pg, struct error *err) MUST_CHECK;

#endif
