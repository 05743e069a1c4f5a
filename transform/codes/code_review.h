/*
 * code_review.h - people decide about local codes, one at a time; the rules are kept by the schema
 * step 005_codes, this only asks.
 *
 * Blind     a connection on which code_review_begin() was called is that of the role hms_reviewer:
 *           it cannot read decisions, but for those that code_review_open() is given for the
 *           reviewer's eyes.
 * Names     a reviewer is a name; names are alike without case.
 * Errors    ERROR_STORE with the store's sentence when a rule is broken, such as "the author of
 *           a proposal does not approve it, and nobody approves twice".
 */
#ifndef HMS_TRANSFORM_CODE_REVIEW_H
#define HMS_TRANSFORM_CODE_REVIEW_H

#include "transform/codes/worklist.h"

bool code_review_begin(struct pg *pg, struct error *err) MUST_CHECK;

/* The item to look at next; 0: the reviewer has nothing left to do.  `skipped` items, "{12,7}",
 * are left out; NULL: none. */
bool code_review_next(struct pg *pg, const struct code_filter *filter, const char *reviewer,
                      const char *skipped, int64_t *item, struct error *err) MUST_CHECK;

/* column of struct code_review.item, its SQL */
#define CODE_REVIEW_COLUMN_LIST(X)                                                             \
    X(item, "item_id")                                                                         \
    X(organisation, "organisation")                                                            \
    X(list, "list")                                                                            \
    X(source_code, "source_code")                                                              \
    X(source_text, "source_text")                                                              \
    X(entities, "array_to_string(entities, ' ')")                                              \
    X(code_system, "code_system")                                                              \
    X(risk, "risk")                                                                            \
    X(rows, "rows")                                                                            \
    X(patients, "patients")                                                                    \
    X(units, "(SELECT string_agg((u ->> 'unit') || '=' || (u ->> 'rows'), ' ' ORDER BY n) "    \
             "FROM jsonb_array_elements(units) WITH ORDINALITY e (u, n))")                     \
    X(value_unit, "value_unit")                                                                \
    X(p05, "p05")                                                                              \
    X(p50, "p50")                                                                              \
    X(p95, "p95")

#define X(name, sql) CODE_REVIEW_##name,
enum code_review_column { CODE_REVIEW_COLUMN_LIST(X) CODE_REVIEW_COLUMNS };
#undef X

struct code_review {
    PGresult *item;        /* one row */
    PGresult *suggestions; /* code, label, probability, reasons; best first */
    PGresult *seen; /* verdict, code, label, author, comment: what this reviewer may see */
};

const char *code_review_column_name(enum code_review_column column);
/* ERROR_CONFIG when there is no such item. */
bool code_review_open(struct code_review *review, struct pg *pg, int64_t item,
                      const char *reviewer, struct error *err) MUST_CHECK;
void code_review_release(struct code_review *review);

struct code_verdict {
    int64_t item;
    const char *reviewer;
    const char *verdict;   /* "approve", "reject", "no-match" */
    const char *code;      /* NULL for no-match */
    const char *label;     /* of the code, or NULL */
    const char *predicate; /* "skos:broadMatch"; NULL: what is usual for the entity */
    const char *comment;   /* or NULL */
};

enum { CODE_REVIEW_STATE_MAX = 16 };

/* `state`: what became of the item, such as "approved" or "second" (one more person is wanted).
 */
bool code_review_decide(struct pg *pg, const struct code_verdict *decision,
                        char state[CODE_REVIEW_STATE_MAX], struct error *err) MUST_CHECK;

#endif
