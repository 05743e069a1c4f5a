/*
 * worklist.h - the local codes that an organisation's rows use: mig.local_code of the schema
 * step 005_codes, whose SQL has the rules.
 *
 * Item      one local code of one list.  A list is what one code map holds, "lindenhof/lab.tsv";
 *           of an entity without a code map it is SYSTEM/ENTITY, "lindenhof/allergy".
 * Refresh   reads all coded rows of the organisation, so that counts are of what is loaded now.
 * Privacy   counts, units and percentiles; percentiles only of five patients and more.
 * Ownership a PGresult is the caller's to PQclear(); texts, "" where a value is NULL.
 */
#ifndef HMS_TRANSFORM_WORKLIST_H
#define HMS_TRANSFORM_WORKLIST_H

#include "core/pg.h"

struct code_filter {
    const char *organisation;
    const char *list;   /* NULL: all */
    const char *entity; /* NULL: all */
};

/* column of worklist_read(), its SQL */
#define WORKLIST_COLUMN_LIST(X)                                                                \
    X(item, "item_id")                                                                         \
    X(list, "list")                                                                            \
    X(source_code, "source_code")                                                              \
    X(source_text, "source_text")                                                              \
    X(entities, "array_to_string(entities, ' ')")                                              \
    X(code_system, "code_system")                                                              \
    X(state, "state")                                                                          \
    X(approved_code, "approved_code")                                                          \
    X(code_in_use, "code_in_use")                                                              \
    X(suggested_code, "suggested_code")                                                        \
    X(suggested_label, "suggested_label")                                                      \
    X(probability, "probability")                                                              \
    X(risk, "risk")                                                                            \
    X(rows, "rows")                                                                            \
    X(rows_settled, "rows_settled")                                                            \
    X(rows_proposed, "rows_proposed")                                                          \
    X(patients, "patients")                                                                    \
    X(units, "(SELECT string_agg((u ->> 'unit') || '=' || (u ->> 'rows'), ' ' ORDER BY n) "    \
             "FROM jsonb_array_elements(units) WITH ORDINALITY e (u, n))")                     \
    X(value_unit, "value_unit")                                                                \
    X(value_count, "value_count")                                                              \
    X(p01, "p01")                                                                              \
    X(p05, "p05")                                                                              \
    X(p25, "p25")                                                                              \
    X(p50, "p50")                                                                              \
    X(p75, "p75")                                                                              \
    X(p95, "p95")                                                                              \
    X(p99, "p99")                                                                              \
    X(first_run, "first_run")                                                                  \
    X(last_run, "last_run")

#define X(name, sql) WORKLIST_##name,
enum worklist_column { WORKLIST_COLUMN_LIST(X) WORKLIST_COLUMNS };
#undef X

/* ERROR_CONFIG for an organisation that is not in the store. */
bool worklist_refresh(struct pg *pg, const char *organisation, struct error *err) MUST_CHECK;
/* Codes in use, in the order of review. */
PGresult *worklist_read(struct pg *pg, const struct code_filter *filter, struct error *err);
const char *worklist_column_name(enum worklist_column column);

/* One row a list: list, codes, settled, rows, rows_settled, patients, patients_settled. */
PGresult *worklist_progress(struct pg *pg, const char *organisation, struct error *err);

#endif
