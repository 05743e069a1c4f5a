#include "rehearsals/reconcile_store.h"

#include "load/store.h"

static uint64_t number_at(const PGresult *result, int row, int col)
{
    return strtoull(PQgetvalue(result, row, col), NULL, 10);
}

static bool find_load(struct store_side *side, const char *organisation, struct error *err)
{
    PGresult *result = pg_query(side->pg,
                                "SELECT run_id, source_system FROM mig.run"
                                " WHERE organisation = $1 AND kind = 'load' AND state = 'done'"
                                "   AND NOT dry_run ORDER BY run_id DESC LIMIT 1",
                                1, &organisation, err);
    if (result == NULL) {
        return false;
    }
    bool found = PQntuples(result) == 1;
    if (found) {
        side->run_id = (int64_t)number_at(result, 0, 0);
        side->source = xstrdup(PQgetvalue(result, 0, 1));
    } else {
        error_set(err, ERROR_STORE, "organisation '%s' was never loaded into this store",
                  organisation);
        error_hint(err, "'hms load STAGEDIR --org %s' loads it", organisation);
    }
    PQclear(result);
    return found;
}

/* A leaf is a table without partitions of its own; a key is what makes rows distinct. */
static bool find_tables(struct store_side *side, const char *organisation, struct error *err)
{
    static const char sql[] =
        "SELECT e.entity, t.relid::text, pg_relation_size(t.relid), EXISTS ("
        "   SELECT FROM pg_index i WHERE i.indrelid = t.relid AND i.indisprimary"
        "      AND i.indisvalid AND i.indkey::text = '1 2')"
        "  FROM mig.entity e CROSS JOIN LATERAL"
        "       pg_partition_tree(to_regclass(format('hms.%I', e.entity || '__' || $1))) t"
        " WHERE t.isleaf ORDER BY e.entity, t.relid::text";
    PGresult *result = pg_query(side->pg, sql, 1, &organisation, err);
    if (result == NULL) {
        return false;
    }
    int rows = PQntuples(result);
    bool ok = true;
    side->units = xcalloc((size_t)rows + 1, sizeof(*side->units));
    for (int row = 0; ok && row < rows; row++) {
        const struct entity *entity = entity_find(text_of(PQgetvalue(result, row, 0)));
        if (entity == NULL) {
            ok = error_set(err, ERROR_STORE, "entity '%s' of the store is not of this version",
                           PQgetvalue(result, row, 0));
            break;
        }
        side->units[side->nunits++] = (struct pass_unit){
            .side = UNIT_STORE,
            .path = arena_strdup(&side->arena, text_of(PQgetvalue(result, row, 1))),
            .entity = (uint16_t)(entity - entity_table),
            .weight = number_at(result, row, 2),
        };
        side->nkeyed += PQgetvalue(result, row, 3)[0] == 't' ? 1 : 0;
    }
    PQclear(result);
    return ok;
}

static bool begin_snapshot(struct store_side *side, const char *organisation, struct error *err)
{
    char *begin = xasprintf("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                            "SET LOCAL hms.org_id = '%d'",
                            org_id_of(text_of(organisation)));
    bool ok = pg_run(side->pg, begin, err);
    free(begin);
    if (!ok) {
        return false;
    }
    PGresult *result = pg_query(side->pg, "SELECT pg_export_snapshot()", 0, NULL, err);
    if (result == NULL) {
        return false;
    }
    side->snapshot = xstrdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    return true;
}

bool store_side_open(struct store_side *side, const struct reconcile_options *options,
                     struct error *err)
{
    *side = (struct store_side){0};
    side->pg = pg_open(options->store, err);
    if (side->pg != NULL && store_require(side->pg, err) &&
        begin_snapshot(side, options->organisation, err) &&
        find_load(side, options->organisation, err) &&
        find_tables(side, options->organisation, err)) {
        return true;
    }
    store_side_release(side);
    return false;
}

void store_side_release(struct store_side *side)
{
    pg_free(side->pg);
    free(side->snapshot);
    free(side->source);
    free(side->units);
    arena_release(&side->arena);
    *side = (struct store_side){0};
}

static const char *run_text(const struct store_side *side, char out[24])
{
    snprintf(out, 24, "%lld", (long long)side->run_id);
    return out;
}

bool store_side_decisions(struct store_side *side, uint64_t *count, struct error *err)
{
    char run[24];
    const char *const params[] = {run_text(side, run)};
    int64_t found = 0;
    bool ok = pg_query_int(side->pg,
                           "SELECT (SELECT count(*) FROM mig.reject"
                           "         WHERE run_id = $1 AND row_id IS NOT NULL)"
                           "     + (SELECT count(*) FROM mig.merged WHERE run_id = $1)"
                           "     + (SELECT count(*) FROM mig.adjustment WHERE run_id = $1)",
                           1, params, &found, err);
    *count = (uint64_t)found;
    return ok;
}

static bool read_counts(struct store_side *side, const char *sql, struct store_count **counts,
                        size_t *count, struct error *err)
{
    char run[24];
    const char *const params[] = {run_text(side, run)};
    PGresult *result = pg_query(side->pg, sql, 1, params, err);
    if (result == NULL) {
        return false;
    }
    int rows = PQntuples(result);
    *counts = xcalloc((size_t)rows + 1, sizeof(**counts));
    *count = (size_t)rows;
    for (int row = 0; row < rows; row++) {
        const char *names[4];
        for (int col = 0; col < 4; col++) {
            names[col] = arena_strdup(&side->arena, text_of(PQgetvalue(result, row, col)));
        }
        (*counts)[row] = (struct store_count){names[0],
                                              names[1],
                                              names[2],
                                              names[3],
                                              number_at(result, row, 4),
                                              number_at(result, row, 5)};
    }
    PQclear(result);
    return true;
}

bool store_side_balance(struct store_side *side, struct store_count **counts, size_t *count,
                        struct error *err)
{
    return read_counts(side,
                       "SELECT map, entity, outcome, rule, sum(rows), max(rows_read)"
                       "  FROM mig.balance WHERE run_id = $1"
                       " GROUP BY map, entity, outcome, rule ORDER BY map, outcome, rule",
                       counts, count, err);
}

bool store_side_rejects(struct store_side *side, struct store_count **counts, size_t *count,
                        struct error *err)
{
    return read_counts(side,
                       "SELECT map, min(entity), outcome, rule, count(*), 0 FROM mig.reject"
                       " WHERE run_id = $1 AND row_id IS NULL"
                       " GROUP BY map, outcome, rule ORDER BY map, outcome, rule",
                       counts, count, err);
}

/* References that load called missing, by column; each is looked up in its parent's table. */
static const char references_sql[] =
    "SELECT 'adjustment', entity, column_name, parent, count(*) FROM mig.adjustment"
    " WHERE run_id = $1 GROUP BY 2, 3, 4 "
    "UNION ALL "
    "SELECT 'reject', j.entity, j.column_name, f.parent, count(*)"
    "  FROM mig.reject j JOIN mig.reference f USING (entity, column_name)"
    " WHERE j.run_id = $1 AND j.row_id IS NOT NULL AND j.rule = 'reference.missing'"
    " GROUP BY 2, 3, 4";

static bool count_untrue(struct store_side *side, int32_t org_id, const char *const row[4],
                         uint64_t *untrue, struct error *err)
{
    char run[24], org[16];
    char *parent = pg_quote_name(side->pg, row[3]);
    bool is_reject = strcmp(row[0], "reject") == 0;
    char *sql = xasprintf(
        "SELECT count(*) FROM mig.%s d JOIN hms.%s p"
        " ON p.id = %s AND p.org_id = $2::integer"
        " WHERE d.run_id = $1 AND d.entity = $3 AND d.column_name = $4%s",
        row[0], parent, is_reject ? "(d.row_data->>$4)::uuid" : "d.old_id",
        is_reject ? " AND d.row_id IS NOT NULL AND d.rule = 'reference.missing'" : "");
    int64_t found = 0;
    snprintf(org, sizeof(org), "%d", org_id);
    const char *const params[] = {run_text(side, run), org, row[1], row[2]};
    bool ok = pg_query_int(side->pg, sql, 4, params, &found, err);
    *untrue += (uint64_t)found;
    free(sql);
    free(parent);
    return ok;
}

bool store_side_untrue(struct store_side *side, int32_t org_id, uint64_t *checked,
                       uint64_t *untrue, struct error *err)
{
    char run[24];
    const char *const params[] = {run_text(side, run)};
    PGresult *result = pg_query(side->pg, references_sql, 1, params, err);
    bool ok = result != NULL;
    *checked = *untrue = 0;
    for (int row = 0; ok && row < PQntuples(result); row++) {
        const char *names[4];
        for (int col = 0; col < 4; col++) {
            names[col] = PQgetvalue(result, row, col);
        }
        *checked += number_at(result, row, 4);
        ok = count_untrue(side, org_id, names, untrue, err);
    }
    PQclear(result);
    return ok;
}
