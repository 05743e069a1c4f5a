/*
 * reject_list.h - the rejects of a run, as they stand in mig.reject.
 *
 * Privacy   counts and places only, unless `values` asks for keys and bytes.
 */
#ifndef HMS_LOAD_REJECT_LIST_H
#define HMS_LOAD_REJECT_LIST_H

#include "core/pg.h"

struct reject_filter {
    const char *organisation; /* NULL: all */
    const char *rule;         /* NULL: all; may hold '*' and '?' */
};

/* Of each organisation its newest run that ended well.  Columns: organisation, run, entity, outcome,
 * rule, column, rows. */
PGresult *reject_counts(struct pg *pg, const struct reject_filter *filter, struct error *err);
/* Row by row through a cursor, at most so many at a time; NULL values when not asked for.  Columns:
 * organisation, run, map, entity, outcome, rule, column, file, line, offset, length, key, bytes
 * (in hex), row.  Stops when `each` returns false. */
bool reject_each(struct pg *pg, const struct reject_filter *filter, bool values,
                 bool (*each)(const PGresult *rows, int row, void *context, struct error *err),
                 void *context, struct error *err) MUST_CHECK;

#endif
