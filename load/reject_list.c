#include "load/reject_list.h"

#include "core/strbuf.h"

enum { PATTERN_MAX = 4096 };

static const char counts_sql[] =
    "SELECT r.organisation, r.run_id, r.entity, r.outcome, r.rule, r.column_name, count(*) "
    "FROM mig.reject r "
    "JOIN (SELECT organisation, max(run_id) AS run_id FROM mig.run WHERE state = 'done' "
    "      GROUP BY organisation) n USING (organisation, run_id) "
    "WHERE ($1::text IS NULL OR r.organisation = $1) AND ($2::text IS NULL OR r.rule LIKE $2) "
    "GROUP BY r.organisation, r.run_id, r.entity, r.outcome, r.rule, r.column_name "
    "ORDER BY r.organisation, r.entity, count(*) DESC, r.rule, r.column_name";

static const char rows_sql[] =
    "DECLARE reject_rows NO SCROLL CURSOR FOR "
    "SELECT r.organisation, r.run_id, r.map, r.entity, r.outcome, r.rule, r.column_name, "
    "r.file, "
    "r.line, r.byte_offset, r.byte_length, "
    "CASE WHEN $3 THEN r.source_key END, "
    "CASE WHEN $3 THEN encode(r.source_bytes, 'hex') END, "
    "CASE WHEN $3 THEN r.row_data::text END "
    "FROM mig.reject r "
    "JOIN (SELECT organisation, max(run_id) AS run_id FROM mig.run WHERE state = 'done' "
    "      GROUP BY organisation) n USING (organisation, run_id) "
    "WHERE ($1::text IS NULL OR r.organisation = $1) AND ($2::text IS NULL OR r.rule LIKE $2) "
    "ORDER BY r.organisation, r.map, r.file, r.line, r.reject_id";

/* '*' and '?' as people write them, the rest by the letter. */
static char *like_pattern(const char *glob)
{
    struct strbuf out;
    char *pattern;

    if (glob == NULL) {
        return NULL;
    }
    strbuf_init(&out, PATTERN_MAX);
    for (; *glob != '\0'; glob++) {
        if (*glob == '%' || *glob == '_' || *glob == '\\') {
            strbuf_putc(&out, '\\');
        }
        strbuf_putc(&out, *glob == '*' ? '%' : *glob == '?' ? '_' : *glob);
    }
    pattern = xstrndup(out.at == NULL ? "" : out.at, out.len);
    strbuf_release(&out);
    return pattern;
}

PGresult *reject_counts(struct pg *pg, const struct reject_filter *filter, struct error *err)
{
    char *pattern = like_pattern(filter->rule);
    const char *const params[] = {filter->organisation, pattern};
    PGresult *counts = pg_query(pg, counts_sql, 2, params, err);

    free(pattern);
    return counts;
}

bool reject_each(struct pg *pg, const struct reject_filter *filter, bool values,
                 bool (*each)(const PGresult *rows, int row, void *context, struct error *err),
                 void *context, struct error *err)
{
    char *pattern = like_pattern(filter->rule);
    const char *const params[] = {filter->organisation, pattern, values ? "true" : "false"};
    bool ok = pg_begin(pg, err) && pg_exec(pg, rows_sql, 3, params, err);
    int got = ok;

    free(pattern);
    while (ok && got > 0) {
        PGresult *rows = pg_query(pg, "FETCH 1000 FROM reject_rows", 0, NULL, err);
        ok = rows != NULL;
        got = ok ? PQntuples(rows) : 0;
        for (int row = 0; ok && row < got; row++) {
            ok = each(rows, row, context, err);
        }
        PQclear(rows);
    }
    return ok && pg_commit(pg, err);
}
