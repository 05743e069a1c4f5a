/*
 * narrow.h - conditions that several resources share, as SQL.
 *
 * Source    FHIR R4, Search, "Prefixes": a value is a time with a beginning and an end; eq holds
 *           when the resource's time lies within that of the search, gt when part of it lies
 *           behind, ge when either.
 */
#ifndef HMS_SERVE_NARROW_H
#define HMS_SERVE_NARROW_H

#include "serve/search.h"
#include "serve/statement.h"

/* For each value of the parameter `name`: the time from `low` to (before) `high`, both constant
 * expressions of type timestamp in UTC, against it. */
void narrow_by_date(const struct search *search, const char *name, const char *low,
                    const char *high, struct statement *statement);
/* r.id is one of the _id. */
void narrow_by_id(const struct search *search, struct statement *statement);
/* The alternatives' values, and their systems as the store names them (NULL: not said). */
char *narrow_values(const struct search_value *value, struct arena *arena);
char *narrow_systems(const struct search_value *value, const char *organisation,
                     struct arena *arena);

#endif
