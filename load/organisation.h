/*
 * organisation.h - the hospital organisations of a store.
 *
 * Errors    ERROR_CONFIG for a code that is not one, or whose number another organisation has;
 *           ERROR_STORE when the organisation is loaded already.
 */
#ifndef HMS_LOAD_ORGANISATION_H
#define HMS_LOAD_ORGANISATION_H

#include "core/pg.h"

/* Refuses a bad code, a collision, and, unless `replace`, an organisation with rows. */
bool organisation_check(struct pg *pg, const char *code, bool replace,
                        struct error *err) MUST_CHECK;
/* In the last transaction of a load; `name` NULL keeps the one it has, or else takes the code.
 */
bool organisation_register(struct pg *pg, const char *code, const char *name,
                           struct error *err) MUST_CHECK;

#endif
