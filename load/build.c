#include "load/build.h"

#include "core/progress.h"

enum { NUMBER_MAX = 24 };

struct building {
    struct pg *pg;
    const struct load_plan *plan;
    const struct run *run;
    int entity;
    int lane;
    const struct catalogue_entity *columns;
    char leaf[LEAF_NAME_MAX];
    char run_id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    int64_t started_us;
};

/* Says where the time since the last call went. */
static bool lap(struct building *b, const char *work, struct error *err)
{
    int64_t now = clock_us();
    int64_t took = now - b->started_us;

    b->started_us = now;
    return run_time(b->pg, b->run, b->columns->name, b->lane, work, took, err);
}

static bool failed_with(struct error *err, const char *sqlstate)
{
    if (strcmp(err->sqlstate, sqlstate) != 0) {
        return false;
    }
    *err = (struct error){0};
    return true;
}

static bool take_repeats(struct building *b, struct error *err)
{
    const char *const params[] = {b->run_id, b->plan->organisation, b->columns->name,
                                  b->lane_text, b->leaf};
    int64_t taken;

    if (!pg_begin(b->pg, err) ||
        !pg_query_int(b->pg, "SELECT mig.take_repeats($1, $2, $3, $4, $5)", 5, params, &taken,
                      err)) {
        return false;
    }
    if (taken < 0) {
        return error_set(err, ERROR_INTEGRITY,
                         "two source keys of entity '%s' have the same id; neither is loaded",
                         b->columns->name);
    }
    return pg_commit(b->pg, err);
}

static bool build_key(struct building *b, struct error *err)
{
    const char *const params[] = {b->leaf};

    return take_repeats(b, err) && lap(b, "repeats", err) &&
           pg_exec(b->pg, "SELECT mig.leaf_key($1)", 1, params, err) && lap(b, "keys", err);
}

static bool take_orphans(struct building *b, const struct catalogue_reference *reference,
                         const char *parent_leaf, struct error *err)
{
    const char *const params[] = {b->run_id,
                                  b->plan->organisation,
                                  b->columns->name,
                                  b->lane_text,
                                  b->leaf,
                                  reference->column,
                                  reference->parent,
                                  parent_leaf,
                                  reference->required ? "true" : "false"};

    return pg_begin(b->pg, err) &&
           pg_exec(b->pg, "SELECT mig.take_orphans($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9,
                   params, err) &&
           pg_commit(b->pg, err);
}

static bool build_reference(struct building *b, const struct catalogue_reference *reference,
                            struct error *err)
{
    static const char validate[] = "SELECT mig.reference_validate($1, $2)";
    char parent_leaf[LEAF_NAME_MAX];
    const char *const params[] = {b->leaf, reference->column, parent_leaf};

    load_plan_leaf_name(b->plan, catalogue_find(b->plan->catalogue, reference->parent), 0,
                        parent_leaf);
    if (!pg_exec(b->pg, "SELECT mig.reference_add($1, $2, $3)", 3, params, err)) {
        return false;
    }
    if (pg_exec(b->pg, validate, 2, params, err)) {
        return lap(b, "foreign keys", err);
    }
    return failed_with(err, "23503") && lap(b, "foreign keys", err) &&
           take_orphans(b, reference, parent_leaf, err) && lap(b, "orphans", err) &&
           pg_exec(b->pg, validate, 2, params, err) && lap(b, "foreign keys", err);
}

bool build_leaf(struct pg *pg, const struct load_plan *plan, const struct run *run, int entity,
                int lane, struct error *err)
{
    struct building b = {.pg = pg,
                         .plan = plan,
                         .run = run,
                         .entity = entity,
                         .lane = lane,
                         .columns = &plan->catalogue->entities[entity],
                         .started_us = clock_us()};
    const char *const names[] = {b.columns->name, b.leaf};
    bool ok;

    load_plan_leaf_name(plan, entity, lane, b.leaf);
    snprintf(b.run_id, sizeof(b.run_id), "%d", run->id);
    snprintf(b.lane_text, sizeof(b.lane_text), "%d", lane);
    ok = build_key(&b, err);
    for (size_t i = 0; ok && i < b.columns->nreferences; i++) {
        ok = build_reference(&b, &b.columns->references[i], err);
    }
    return (ok && pg_exec(pg, "SELECT mig.leaf_indexes($1, $2)", 2, names, err) &&
            lap(&b, "indexes", err) &&
            pg_exec(pg, "SELECT mig.leaf_analyze($1)", 1, names + 1, err) &&
            lap(&b, "statistics", err)) ||
           error_wrap(err, "building %s", b.columns->name);
}
