#include "rehearsals/reconcile_decisions.h"

#include <sys/mman.h>

enum {
    ID_BYTES = 16,
    BITMAP_BITS = 22,
    BITMAP_BYTES = (1 << BITMAP_BITS) / 8,
    ROW_HASH_COLUMN = 4
};

/* Rows taken out one by one, and fields blanked.  What transform kept back never became a row:
 * it has no row_id.  Bounds are text of uuids; an open end is NULL. */
static const char decisions_sql[] =
    "SELECT entity, row_id::text, outcome, rule, column_name, row_data->>'row_hash', count(*)"
    "  FROM mig.reject"
    " WHERE run_id = $1 AND row_id >= $2::uuid AND ($3::uuid IS NULL OR row_id < $3::uuid)"
    " GROUP BY 1, 2, 3, 4, 5, 6 "
    "UNION ALL "
    "SELECT entity, row_id::text, 'merged', rule, '', row_hash::text, sum(rows)"
    "  FROM mig.merged"
    " WHERE run_id = $1 AND row_id >= $2::uuid AND ($3::uuid IS NULL OR row_id < $3::uuid)"
    " GROUP BY entity, row_id, rule, row_hash "
    "UNION ALL "
    "SELECT entity, row_id::text, NULL, rule, column_name, NULL, 1"
    "  FROM mig.adjustment"
    " WHERE run_id = $1 AND row_id >= $2::uuid AND ($3::uuid IS NULL OR row_id < $3::uuid)";

static uint32_t bit_of(const uint8_t id[ID_BYTES])
{
    return ((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]) >>
           (32 - BITMAP_BITS);
}

static int compare(uint16_t entity_a, const uint8_t *a, uint16_t entity_b, const uint8_t *b)
{
    if (entity_a != entity_b) {
        return entity_a < entity_b ? -1 : 1;
    }
    return memcmp(a, b, ID_BYTES);
}

static int compare_decisions(const void *left, const void *right)
{
    const struct decision *a = left, *b = right;
    int order = compare(a->entity, a->id, b->entity, b->id);
    return order != 0 ? order : a->kind - b->kind;
}

static uint16_t rule_index(struct decisions *decisions, const char *outcome, const char *rule,
                           const char *column)
{
    for (size_t i = 0; i < decisions->nrules; i++) {
        const struct decision_rule *known = &decisions->rules[i];
        if (strcmp(known->rule, rule) == 0 && strcmp(known->column, column) == 0 &&
            strcmp(known->outcome, outcome) == 0) {
            return (uint16_t)i;
        }
    }
    decisions->rules =
        xrealloc(decisions->rules, (decisions->nrules + 1) * sizeof(*decisions->rules));
    decisions->rules[decisions->nrules] = (struct decision_rule){
        .outcome = arena_strdup(&decisions->arena, text_of(outcome)),
        .rule = arena_strdup(&decisions->arena, text_of(rule)),
        .column = arena_strdup(&decisions->arena, text_of(column)),
    };
    return (uint16_t)decisions->nrules++;
}

/* One record of the store becomes one decision; false when it names what does not exist. */
static bool read_decision(struct decisions *decisions, struct decision *item,
                          const PGresult *result, int row)
{
    struct ident id, hash;
    const struct entity *entity = entity_find(text_of(PQgetvalue(result, row, 0)));
    const char *column = PQgetvalue(result, row, 4);
    if (entity == NULL || !ident_parse(text_of(PQgetvalue(result, row, 1)), &id)) {
        return false;
    }
    *item = (struct decision){.entity = (uint16_t)(entity - entity_table), .column = -1};
    memcpy(item->id, id.bytes, ID_BYTES);
    bool blanks = PQgetisnull(result, row, 2);
    item->rule = rule_index(decisions, blanks ? "issue" : PQgetvalue(result, row, 2),
                            PQgetvalue(result, row, 3), column);
    item->rows = (uint32_t)strtoul(PQgetvalue(result, row, 6), NULL, 10);
    item->kind = blanks ? DECISION_BLANKED : DECISION_TAKEN_OUT;
    if (blanks) {
        item->column = (int16_t)entity_column_find(entity, text_of(column));
        return item->column >= 0;
    }
    item->has_hash =
        !PQgetisnull(result, row, 5) && ident_parse(text_of(PQgetvalue(result, row, 5)), &hash);
    if (item->has_hash) {
        memcpy(item->row_hash, hash.bytes, ID_BYTES);
    }
    return true;
}

static bool fetch_some(struct decisions *decisions, struct pg *pg, bool *more,
                       struct error *err)
{
    PGresult *result = pg_query(pg, "FETCH 10000 FROM decisions", 0, NULL, err);
    bool ok = result != NULL;
    int rows = ok ? PQntuples(result) : 0;
    for (int row = 0; ok && row < rows; row++) {
        if (decisions->count == RECONCILE_DECISIONS_MAX) {
            ok = error_set(err, ERROR_LIMIT, "more than %d decisions in one range of ids",
                           RECONCILE_DECISIONS_MAX);
        } else if (!read_decision(decisions, &decisions->items[decisions->count], result,
                                  row)) {
            ok = error_set(err, ERROR_STORE,
                           "mig.reject or mig.adjustment names an entity or column that this "
                           "version does not know");
        } else {
            decisions->count++;
        }
    }
    *more = rows > 0;
    PQclear(result);
    return ok;
}

static void index_decisions(struct decisions *decisions)
{
    qsort(decisions->items, decisions->count, sizeof(*decisions->items), compare_decisions);
    decisions->bitmap = xcalloc(1, BITMAP_BYTES);
    for (size_t i = 0; i < decisions->count; i++) {
        uint32_t bit = bit_of(decisions->items[i].id);
        decisions->bitmap[bit / 8] |= (uint8_t)(1U << bit % 8);
    }
}

bool decisions_load(struct decisions *decisions, struct pg *pg, int64_t run_id,
                    struct bucket_range range, struct error *err)
{
    char run[24], first[37], end[37];
    bool more = true;
    *decisions =
        (struct decisions){.mapped = RECONCILE_DECISIONS_MAX * sizeof(struct decision)};
    decisions->items = mmap(NULL, decisions->mapped, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (decisions->items == MAP_FAILED) {
        decisions->items = NULL;
        return error_set(err, ERROR_LIMIT, "no memory for the decisions of the load");
    }
    snprintf(run, sizeof(run), "%lld", (long long)run_id);
    ident_format(fingerprint_first_id(range.first), first);
    ident_format(fingerprint_first_id(range.end), end);
    const char *const params[] = {run, first, range.end < FINGERPRINT_BUCKETS ? end : NULL};
    char *declare = xasprintf("DECLARE decisions NO SCROLL CURSOR FOR %s", decisions_sql);
    bool ok = pg_exec(pg, declare, 3, params, err);
    while (ok && more) {
        ok = fetch_some(decisions, pg, &more, err);
    }
    ok = ok && pg_run(pg, "CLOSE decisions", err);
    free(declare);
    if (!ok) {
        decisions_release(decisions);
        return error_wrap(err, "reading the decisions of the load");
    }
    index_decisions(decisions);
    return true;
}

void decisions_release(struct decisions *decisions)
{
    if (decisions->items != NULL) {
        munmap(decisions->items, decisions->mapped);
    }
    free(decisions->bitmap);
    free(decisions->rules);
    arena_release(&decisions->arena);
    *decisions = (struct decisions){0};
}

void decisions_reset(struct decisions *decisions)
{
    for (size_t i = 0; i < decisions->count; i++) {
        decisions->items[i].used = 0;
        decisions->items[i].survived = false;
    }
}

/* The first decision about this row, or NULL. */
static struct decision *find(const struct decisions *decisions, uint16_t entity,
                             const uint8_t *id)
{
    uint32_t bit = bit_of(id);
    if ((decisions->bitmap[bit / 8] & 1U << bit % 8) == 0) {
        return NULL;
    }
    size_t low = 0, high = decisions->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct decision *item = &decisions->items[middle];
        if (compare(item->entity, item->id, entity, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct decision *found = &decisions->items[low];
    return low < decisions->count && compare(found->entity, found->id, entity, id) == 0 ? found
                                                                                        : NULL;
}

/* Workers race for the last row of a decision; one gets it. */
static bool use_up(struct decision *decision)
{
    uint32_t used = __atomic_load_n(&decision->used, __ATOMIC_RELAXED);
    while (used < decision->rows) {
        if (__atomic_compare_exchange_n(&decision->used, &used, used + 1, false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
            return true;
        }
    }
    return false;
}

static bool takes_out(struct decision *decision, const struct tuple *tuple)
{
    struct text hash = tuple->fields[ROW_HASH_COLUMN];
    if (decision->kind != DECISION_TAKEN_OUT) {
        return false;
    }
    if (decision->has_hash &&
        (hash.len != ID_BYTES || memcmp(hash.at, decision->row_hash, ID_BYTES) != 0)) {
        return false;
    }
    return use_up(decision);
}

/* The columns to blank that hold something. */
static uint64_t blanked_columns(struct decision *first, const struct decision *end,
                                const struct tuple *tuple)
{
    uint64_t columns = 0;
    for (struct decision *item = first;
         item < end && compare(item->entity, item->id, first->entity, first->id) == 0; item++) {
        if (item->kind == DECISION_BLANKED && tuple->fields[item->column].at != NULL &&
            use_up(item)) {
            columns |= UINT64_C(1) << item->column;
        }
    }
    return columns;
}

enum decided decisions_apply(const struct decisions *decisions, uint16_t entity,
                             const struct tuple *tuple, struct strbuf *scratch,
                             struct tuple *changed)
{
    struct decision *first = find(decisions, entity, tuple_id(tuple));
    const struct decision *end = decisions->items + decisions->count;
    if (first == NULL) {
        return DECIDED_STAYS;
    }
    for (struct decision *item = first; item < end && compare_decisions(item, first) == 0;
         item++) {
        if (takes_out(item, tuple)) {
            return DECIDED_TAKEN_OUT;
        }
    }
    __atomic_store_n(&first->survived, true, __ATOMIC_RELAXED);
    uint64_t columns = blanked_columns(first, end, tuple);
    if (columns == 0) {
        return DECIDED_STAYS;
    }
    strbuf_clear(scratch);
    tuple_write_blanked(tuple, columns, scratch);
    struct text rest = strbuf_text(scratch);
    if (!tuple_take(changed, tuple->nfields, &rest)) {
        abort(); /* it was a tuple a moment ago */
    }
    return DECIDED_CHANGED;
}
