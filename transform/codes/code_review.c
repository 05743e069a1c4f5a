#include "transform/codes/code_review.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_MAX = 24 };

#define X(name, sql) sql ", "
static const char item_sql[] =
    "SELECT " CODE_REVIEW_COLUMN_LIST(X) "rows_settled "
                                         "FROM mig.local_code WHERE item_id = $1";
#undef X

#define X(name, sql) #name,
static const char *const item_columns[CODE_REVIEW_COLUMNS] = {CODE_REVIEW_COLUMN_LIST(X)};
#undef X

const char *code_review_column_name(enum code_review_column column)
{
    return item_columns[column];
}

bool code_review_begin(struct pg *pg, struct error *err)
{
    return pg_run(pg, "SET ROLE hms_reviewer", err);
}

bool code_review_next(struct pg *pg, const struct code_filter *filter, const char *reviewer,
                      const char *skipped, int64_t *item, struct error *err)
{
    const char *const params[] = {filter->organisation, reviewer, filter->list, filter->entity,
                                  skipped};

    return pg_query_int(pg, "SELECT coalesce(mig.code_next($1, $2, $3, $4, $5), 0)", 5, params,
                        item, err);
}

bool code_review_open(struct code_review *review, struct pg *pg, int64_t item,
                      const char *reviewer, struct error *err)
{
    char number[NUMBER_MAX];
    const char *const params[] = {number, reviewer};

    *review = (struct code_review){0};
    snprintf(number, sizeof(number), "%" PRId64, item);
    review->item = pg_query(pg, item_sql, 1, params, err);
    if (review->item == NULL) {
        return false;
    }
    if (PQntuples(review->item) == 0) {
        error_set(err, ERROR_CONFIG, "there is no item %s in the worklist", number);
        code_review_release(review);
        return false;
    }
    review->suggestions = pg_query(pg,
                                   "SELECT code, code_label, probability, reasons FROM "
                                   "mig.code_suggestion WHERE item_id = $1 ORDER BY rank",
                                   1, params, err);
    review->seen = pg_query(pg, "SELECT * FROM mig.code_seen($1, $2)", 2, params, err);
    if (review->suggestions == NULL || review->seen == NULL) {
        code_review_release(review);
        return false;
    }
    return true;
}

void code_review_release(struct code_review *review)
{
    PQclear(review->item);
    PQclear(review->suggestions);
    PQclear(review->seen);
    *review = (struct code_review){0};
}

bool code_review_decide(struct pg *pg, const struct code_verdict *decision,
                        char state[CODE_REVIEW_STATE_MAX], struct error *err)
{
    char number[NUMBER_MAX];
    const char *const params[] = {number,           decision->reviewer, decision->verdict,
                                  decision->code,   decision->label,    decision->predicate,
                                  decision->comment};
    PGresult *result;

    snprintf(number, sizeof(number), "%" PRId64, decision->item);
    result = pg_query(pg, "SELECT mig.code_decide($1, $2, $3, $4, $5, $6, $7)", 7, params, err);
    if (result != NULL) {
        snprintf(state, CODE_REVIEW_STATE_MAX, "%s", PQgetvalue(result, 0, 0));
    }
    PQclear(result);
    return result != NULL;
}
