#include "transform/codes/suggest_items.h"

#include "core/json_out.h"

#include <stdio.h>

#define ENGINE "hms:suggest"

enum { ANSWERS_MAX_BYTES = 1 << 20, NUMBER_MAX = 32 };

/* Columns of both queries: what the engine is asked, then the item or the settled code. */
#define QUERY_COLUMNS                                                                          \
    "i.source_code, i.source_text, i.value_unit, i.rows, i.value_count, i.p05, i.p50, i.p95"

enum { COLUMN_KEY = 8 };

static const char settled_sql[] =
    "SELECT " QUERY_COLUMNS ", CASE o.state WHEN 'mapped' THEN i.code_in_use ELSE o.code END "
    "FROM mig.local_code i JOIN mig.code_outcome o USING (item_id) "
    "WHERE i.code_system = $1 AND o.state IN ('approved', 'none', 'mapped') ORDER BY i.item_id";

static const char open_sql[] =
    "SELECT " QUERY_COLUMNS ", i.item_id "
    "FROM mig.local_code i JOIN mig.code_outcome o USING (item_id) "
    "WHERE i.organisation = $2 AND i.rows > 0 AND o.state IN ('open', 'second', 'conflict') "
    "AND (i.code_system = $1 AND $3::text IS NULL OR i.list = $3) "
    "AND ($4::text IS NULL OR $4 = ANY (i.entities)) ORDER BY i.item_id";

static struct text cell(const PGresult *rows, int row, int col)
{
    return (struct text){PQgetvalue(rows, row, col), (size_t)PQgetlength(rows, row, col)};
}

static struct suggest_query query_of(const PGresult *rows, int row)
{
    struct suggest_query query = {.local_code = cell(rows, row, 0),
                                  .name = cell(rows, row, 1),
                                  .unit = cell(rows, row, 2),
                                  .specimen = {"", 0},
                                  .context = {"", 0},
                                  .frequency = strtoull(PQgetvalue(rows, row, 3), NULL, 10)};

    if (query.name.len == 0) { /* free text, and codes that nobody named */
        query.name = query.local_code;
    }
    if (!PQgetisnull(rows, row, 6)) {
        query.count = strtoull(PQgetvalue(rows, row, 4), NULL, 10);
        query.p05 = strtod(PQgetvalue(rows, row, 5), NULL);
        query.p50 = strtod(PQgetvalue(rows, row, 6), NULL);
        query.p95 = strtod(PQgetvalue(rows, row, 7), NULL);
    }
    return query;
}

struct normal_code {
    char form[CODE_FORM_MAX];
};

static bool train(struct suggester *suggester, const struct code_pack *pack,
                  const PGresult *settled, struct error *err)
{
    size_t count = (size_t)PQntuples(settled);
    struct suggest_decision *decisions = xcalloc(count + 1, sizeof(*decisions));
    struct normal_code *normal = xcalloc(count + 1, sizeof(*normal));
    bool ok;

    for (size_t i = 0; i < count; i++) {
        decisions[i].query = query_of(settled, (int)i);
        decisions[i].code = code_normal(code_pack_dialect(pack),
                                        cell(settled, (int)i, COLUMN_KEY), normal[i].form);
    }
    ok = count == 0 || suggester_train(suggester, decisions, count, err);
    free(decisions);
    free(normal);
    return ok;
}

/* The answers as mig.code_suggest() takes them. */
static void put_answers(struct strbuf *sb, const struct code_pack *pack,
                        const struct suggester *suggester, struct suggest_scratch *scratch,
                        const struct suggest_answer *answers, size_t count)
{
    struct strbuf reasons;
    struct json_out out;

    strbuf_init(&reasons, ANSWERS_MAX_BYTES);
    json_out_init(&out, sb);
    json_out_array(&out);
    for (size_t i = 0; i < count; i++) {
        struct code_entry entry = code_pack_entry(pack, answers[i].row);
        char probability[NUMBER_MAX];
        char form[CODE_FORM_MAX];
        snprintf(probability, sizeof(probability), "%.6f", answers[i].probability);
        strbuf_clear(&reasons);
        suggest_reasons(suggester, scratch, answers[i].row, &reasons);
        json_out_object(&out);
        json_out_member_text(&out, "code",
                             code_dotted(code_pack_dialect(pack), entry.code, form));
        json_out_member_text(&out, "label", entry.display);
        json_out_member(&out, "probability", probability);
        json_out_member_text(&out, "reasons", strbuf_text(&reasons));
        json_out_end_object(&out);
    }
    json_out_end_array(&out);
    strbuf_release(&reasons);
}

/* A text of the pack as PostgreSQL takes it. */
static char *meta(const struct code_pack *pack, const char *key)
{
    struct text value = code_pack_meta(pack, key, 0);

    return xstrndup(value.at, value.len);
}

static bool ask_about(struct pg *pg, struct suggest_items *job,
                      const struct suggester *suggester, const PGresult *items,
                      struct error *err)
{
    struct suggest_scratch *scratch = suggest_scratch_new(suggester);
    char *system = meta(job->pack, "name");
    char *release = meta(job->pack, "version");
    struct strbuf found;
    bool ok = true;

    strbuf_init(&found, ANSWERS_MAX_BYTES);
    for (int row = 0; ok && row < PQntuples(items); row++) {
        struct suggest_answer answers[SUGGEST_ITEMS_ANSWERS];
        struct suggest_query query = query_of(items, row);
        size_t count = suggest(suggester, scratch, &query, answers, SUGGEST_ITEMS_ANSWERS);
        const char *params[] = {PQgetvalue(items, row, COLUMN_KEY), system, release, ENGINE,
                                NULL};
        strbuf_clear(&found);
        put_answers(&found, job->pack, suggester, scratch, answers, count);
        params[4] = found.at;
        ok = pg_exec(pg, "SELECT mig.code_suggest($1, $2, $3, $4, $5)", 5, params, err);
        job->nfound += count > 0;
    }
    strbuf_release(&found);
    free(system);
    free(release);
    suggest_scratch_free(scratch);
    return ok;
}

bool suggest_items(struct pg *pg, struct suggest_items *job, struct error *err)
{
    char *system = meta(job->pack, "name");
    const char *const params[] = {system, job->filter.organisation, job->filter.list,
                                  job->filter.entity};
    struct suggester *suggester = suggester_new(job->pack);
    PGresult *settled = NULL;
    PGresult *items = NULL;
    bool ok = pg_begin(pg, err) &&
              (settled = pg_query(pg, settled_sql, 1, params, err)) != NULL &&
              (items = pg_query(pg, open_sql, 4, params, err)) != NULL &&
              train(suggester, job->pack, settled, err);

    job->nfound = 0;
    ok = ok && ask_about(pg, job, suggester, items, err) && pg_commit(pg, err);
    job->ntrained = ok ? (size_t)PQntuples(settled) : 0;
    job->nitems = ok ? (size_t)PQntuples(items) : 0;
    PQclear(settled);
    PQclear(items);
    suggester_free(suggester);
    free(system);
    return ok;
}
