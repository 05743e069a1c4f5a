#include "transform/map_run.h"

#include "core/ident.h"
#include "mappings/expr.h"

static int slot_by_name(const char *name, void *context)
{
    return view_slot(context, name);
}

/* Which rule fills which column of the entity. */
static void place_columns(struct map_run *run)
{
    run->columns = xcalloc(run->map->target->ncols, sizeof(*run->columns));
    run->pieces = xcalloc(run->map->target->ncols, sizeof(*run->pieces));
    for (uint32_t i = 0; i < run->map->target->ncols; i++) {
        run->columns[i].rule = -1;
    }
    for (int r = 0; r < run->map->nrules; r++) {
        for (int o = 0; o < run->map->rules[r].nto; o++) {
            run->columns[run->map->rules[r].to[o]].rule = r;
            run->columns[run->map->rules[r].to[o]].output = o;
        }
    }
}

static bool compile_rules(struct map_run *run, uint32_t rows_max, struct error *err)
{
    int nrules = run->map->nrules;

    run->rules = xcalloc((size_t)nrules, sizeof(*run->rules));
    run->rule_slots = xcalloc((size_t)nrules * MAP_FROM_MAX, sizeof(*run->rule_slots));
    for (int r = 0; r < nrules; r++) {
        const struct map_rule *rule = &run->map->rules[r];
        for (int i = 0; i < rule->nfrom; i++) {
            run->rule_slots[r * MAP_FROM_MAX + i] = view_slot(&run->view, rule->from[i]);
        }
        if (!rule_compile(&run->rules[r], run->map, rule, run->env, rows_max, err)) {
            return false;
        }
    }
    return true;
}

static bool bind_only(struct map_run *run, struct error *err)
{
    const char *unknown = NULL;

    for (int i = 0; i < run->map->nonly; i++) {
        if (!expr_bind(run->map->only[i].when, slot_by_name, &run->view, &unknown)) {
            return error_set(err, ERROR_CONFIG, "%s: unknown column '%s' in only",
                             run->map->path, unknown);
        }
    }
    return true;
}

bool map_run_open(struct map_run *run, const struct map *map, const struct step_env *env,
                  const struct table_shape *shape, uint32_t rows_max, struct error *err)
{
    *run = (struct map_run){.map = map, .env = env};
    run->org_id = org_id_of(text_of(env->organisation));
    balance_init(&run->balance, env->organisation, map->name, map->release, map->table,
                 map->target->name);
    view_init(&run->view, map);
    row_key_init(&run->key, &run->view);
    place_columns(run);
    map_run_place_coding(run, rows_max);
    run->fate = xcalloc(rows_max, sizeof(*run->fate));
    run->bad = xcalloc(rows_max, sizeof(*run->bad));
    run->flag = xcalloc(rows_max, sizeof(*run->flag));
    run->keys = xcalloc(rows_max, sizeof(*run->keys));
    run->first = xcalloc(rows_max, sizeof(*run->first));
    run->each = xcalloc(rows_max, sizeof(*run->each));
    for (uint32_t row = 0; row < rows_max; row++) {
        run->each[row] = (uint16_t)row;
    }
    strbuf_init(&run->encoded, BLOCK_BYTES_MAX);
    strbuf_init(&run->fields, BLOCK_BYTES_MAX);
    strbuf_init(&run->rejects, BLOCK_BYTES_MAX);
    for (int i = 0; i < LANES_MAX; i++) {
        strbuf_init(&run->lanes[i].tuples, BLOCK_BYTES_MAX);
    }
    return compile_rules(run, rows_max, err) && bind_only(run, err) &&
           view_bind(&run->view, shape, rows_max, err);
}

void map_run_release(struct map_run *run)
{
    for (int r = 0; run->rules != NULL && r < run->map->nrules; r++) {
        rule_release(&run->rules[r]);
    }
    free(run->rules);
    free(run->rule_slots);
    for (uint32_t i = 0; run->columns != NULL && i < run->map->target->ncols; i++) {
        distinct_release(&run->columns[i].distinct);
    }
    free(run->columns);
    free(run->pieces);
    coding_release(&run->coding);
    free(run->fate);
    free(run->bad);
    free(run->flag);
    free(run->keys);
    free(run->first);
    free(run->each);
    view_release(&run->view);
    arena_release(&run->arena);
    strbuf_release(&run->encoded);
    strbuf_release(&run->fields);
    strbuf_release(&run->rejects);
    for (int i = 0; i < LANES_MAX; i++) {
        strbuf_release(&run->lanes[i].tuples);
    }
    balance_release(&run->balance);
    *run = (struct map_run){0};
}

/* Rows that extract could not read properly leave first. */
static void depart_unreadable(struct map_run *run, const struct batch *batch)
{
    for (size_t i = 0; i < batch->nissues; i++) {
        const struct issue *issue = &batch->issues[i];
        if (run->fate[issue->row] == NULL) {
            const char *column = issue->col < 0 ? "" : batch->shape->columns[issue->col];
            map_run_depart(run, batch, issue->row,
                           (struct departure){OUTCOME_REJECTED, issue->rule, column});
        }
    }
}

static void depart_blank_members(struct map_run *run, const struct batch *batch)
{
    char rule[RULE_ID_MAX + 1];

    if (run->map->each.nmembers == 0) {
        return;
    }
    snprintf(rule, sizeof(rule), "%s.blank", run->map->target->name);
    for (uint32_t row = 0; row < batch->nrows; row++) {
        if (run->fate[row] == NULL && view_member_is_blank(&run->view, row)) {
            run->fate[row] = "blank"; /* counted, but no record: there is nothing to see */
            balance_count(&run->balance, OUTCOME_EXCLUDED, rule, "", 1);
        }
    }
}

static struct cell only_cell(void *context, int column)
{
    struct map_run *run = context;

    return view_cells(&run->view, column)[run->row_at];
}

static void depart_by_only(struct map_run *run, const struct batch *batch)
{
    for (int i = 0; i < run->map->nonly; i++) {
        const struct map_only *only = &run->map->only[i];
        for (run->row_at = 0; run->row_at < batch->nrows; run->row_at++) {
            if (run->fate[run->row_at] == NULL && !expr_eval(only->when, only_cell, run)) {
                map_run_depart(run, batch, run->row_at,
                               (struct departure){only->outcome, only->rule, ""});
            }
        }
    }
}

/* Keys come before `only`, so that the record of a row left out on purpose can name it. */
static void make_keys(struct map_run *run, const struct batch *batch)
{
    for (uint32_t row = 0; row < batch->nrows; row++) {
        run->keys[row] = (struct text){"", 0};
        run->bad[row] = run->fate[row] == NULL
                            ? row_key_make(&run->key, row, &run->arena, &run->keys[row])
                            : NULL;
    }
}

static void depart_without_key(struct map_run *run, const struct batch *batch)
{
    for (uint32_t row = 0; row < batch->nrows; row++) {
        if (run->fate[row] == NULL && run->bad[row] != NULL) {
            map_run_depart(
                run, batch, row,
                (struct departure){OUTCOME_REJECTED, run->bad[row], run->map->key[0]});
        }
    }
}

static bool check_limits(const struct map_run *run, struct error *err)
{
    bool is_full = strbuf_is_full(&run->encoded);

    for (int lane = 0; lane < run->map->target->lanes; lane++) {
        is_full = is_full || strbuf_is_full(&run->lanes[lane].tuples);
    }
    if (is_full) {
        return error_set(err, ERROR_LIMIT, "map %s: a batch of more than %d bytes",
                         run->map->name, BLOCK_BYTES_MAX);
    }
    if (strbuf_is_full(&run->rejects)) {
        return error_set(err, ERROR_LIMIT, "map %s: rejects of a batch exceed %d bytes",
                         run->map->name, BLOCK_BYTES_MAX);
    }
    return true;
}

bool map_run_batch(struct map_run *run, const struct batch *batch, struct error *err)
{
    int members = run->map->each.nmembers == 0 ? 1 : run->map->each.nmembers;

    strbuf_clear(&run->rejects);
    run->nrejects = 0;
    for (int lane = 0; lane < run->map->target->lanes; lane++) {
        strbuf_clear(&run->lanes[lane].tuples);
        run->lanes[lane].rows = 0;
    }
    arena_clear(&run->arena);
    for (int member = 0; member < members; member++) {
        run->balance.rows_read += batch->nrows;
        memset(run->fate, 0, batch->nrows * sizeof(*run->fate));
        view_turn(&run->view, batch, member);
        memset(run->keys, 0, batch->nrows * sizeof(*run->keys));
        depart_unreadable(run, batch);
        make_keys(run, batch);
        depart_blank_members(run, batch);
        depart_by_only(run, batch);
        depart_without_key(run, batch);
        for (int r = 0; r < run->map->nrules; r++) {
            map_run_rule(run, batch, r);
        }
        map_run_judge_codes(run, batch->nrows);
        map_run_encode(run, batch);
    }
    return check_limits(run, err);
}
