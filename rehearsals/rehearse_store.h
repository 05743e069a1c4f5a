/*
 * rehearse_store.h - the record of a rehearsal in ops.*, and its database.
 *
 * Privacy   commands, variables and paths are recorded as the plan gives them: a plan holds no
 *           patient data and no passwords.
 */
#ifndef HMS_REHEARSALS_REHEARSE_STORE_H
#define HMS_REHEARSALS_REHEARSE_STORE_H

#include "rehearsals/rehearse.h"

/* Takes the next number whose folder is not there, and sets number, folder and database; holds
 * a lock on the number for as long as `pg` lives. */
bool rehearsal_store_number(struct pg *pg, struct rehearsal *rehearsal, const char *home,
                            struct error *err) MUST_CHECK;
bool rehearsal_store_begin(struct pg *pg, const struct rehearsal *rehearsal,
                           struct error *err) MUST_CHECK;
bool rehearsal_store_input(struct pg *pg, const struct rehearsal *rehearsal, const char *name,
                           const char *path, struct error *err) MUST_CHECK;
bool rehearsal_store_step(struct pg *pg, const struct rehearsal *rehearsal, int index,
                          struct error *err) MUST_CHECK;
/* CREATE DATABASE and the schema; sets conninfo. */
bool rehearsal_store_create(struct pg *pg, struct rehearsal *rehearsal, const char *store,
                            struct error *err) MUST_CHECK;
/* Copies balance and reconciliations, and ends the record. */
bool rehearsal_store_end(struct pg *pg, const struct rehearsal *rehearsal,
                         struct error *err) MUST_CHECK;
/* `store` with another database name, as a keyword conninfo; the caller free()s. */
char *conninfo_with_database(const char *store, const char *database, struct error *err);

#endif
