#include "load/load_plan.h"

#include "core/ident.h"
#include "core/strbuf.h"

enum { COPY_SQL_MAX = 16 << 10 };

void load_plan_init(struct load_plan *plan, const struct catalogue *catalogue,
                    const char *organisation)
{
    *plan = (struct load_plan){.catalogue = catalogue,
                               .organisation = organisation,
                               .org_id = org_id_of(text_of(organisation))};
    plan->entities = xcalloc(catalogue->count + 1, sizeof(*plan->entities));
}

void load_plan_release(struct load_plan *plan)
{
    for (size_t i = 0; i < plan->nfiles; i++) {
        free(plan->files[i]);
        free(plan->within[i]);
    }
    free(plan->files);
    free(plan->within);
    free(plan->entities);
    *plan = (struct load_plan){0};
}

size_t load_plan_add_file(struct load_plan *plan, const char *path)
{
    size_t at = plan->nfiles++;

    plan->files = xrealloc(plan->files, plan->nfiles * sizeof(*plan->files));
    plan->within = xrealloc(plan->within, plan->nfiles * sizeof(*plan->within));
    plan->files[at] = xstrdup(path);
    plan->within[at] = xcalloc(plan->catalogue->count + 1, sizeof(**plan->within));
    return at;
}

static bool other_schema(const struct batch_table *table, const char *what, struct error *err)
{
    error_set(err, ERROR_CONFIG,
              "map %s: %s of entity '%s' in the stage is not what the store has", table->map,
              what, table->name);
    error_hint(err, "the stage was made for another version of the schema: transform again");
    return false;
}

static bool check_columns(const struct batch_table *table,
                          const struct catalogue_entity *entity, struct error *err)
{
    if (table->ncols != entity->ncolumns) {
        return other_schema(table, "the number of columns", err);
    }
    for (uint32_t i = 0; i < table->ncols; i++) {
        if (strcmp(table->columns[i], entity->columns[i]) != 0) {
            return other_schema(table, "a column", err);
        }
    }
    return true;
}

bool load_plan_add_table(struct load_plan *plan, const struct batch_table *table, int *entity,
                         struct error *err)
{
    uint8_t lanes = table->lanes;
    struct load_plan_entity *planned;

    *entity = catalogue_find(plan->catalogue, table->name);
    if (*entity < 0) {
        return other_schema(table, "the name", err);
    }
    if (strcmp(table->organisation, plan->organisation) != 0) {
        return error_set(err, ERROR_CONFIG,
                         "the stage is of organisation '%s', to be loaded as '%s'",
                         table->organisation, plan->organisation);
    }
    if (lanes == 0 || lanes > LANES_MAX || (lanes & (lanes - 1)) != 0) {
        return error_set(err, ERROR_INTEGRITY, "map %s: a stage cannot have %d lanes",
                         table->map, lanes);
    }
    planned = &plan->entities[*entity];
    if (planned->lanes != 0 && planned->lanes != lanes) {
        return error_set(err, ERROR_INTEGRITY,
                         "the maps of entity '%s' disagree on the number of lanes",
                         table->name);
    }
    planned->lanes = lanes;
    return check_columns(table, &plan->catalogue->entities[*entity], err);
}

void load_plan_add_parents(struct load_plan *plan)
{
    const struct catalogue *catalogue = plan->catalogue;
    bool added = true;

    while (added) {
        added = false;
        for (size_t i = 0; i < catalogue->count; i++) {
            const struct catalogue_entity *entity = &catalogue->entities[i];
            for (size_t r = 0; plan->entities[i].lanes > 0 && r < entity->nreferences; r++) {
                int parent = catalogue_find(catalogue, entity->references[r].parent);
                if (parent >= 0 && plan->entities[parent].lanes == 0) {
                    plan->entities[parent].lanes = 1;
                    added = true;
                }
            }
        }
    }
}

void load_plan_leaf_name(const struct load_plan *plan, int entity, int lane,
                         char out[LEAF_NAME_MAX])
{
    const char *name = plan->catalogue->entities[entity].name;

    if (plan->entities[entity].lanes > 1) {
        snprintf(out, LEAF_NAME_MAX, "%s__%s__%d", name, plan->organisation, lane);
    } else {
        snprintf(out, LEAF_NAME_MAX, "%s__%s", name, plan->organisation);
    }
}

char *load_plan_copy_sql(const struct load_plan *plan, struct pg *pg, int entity, int lane)
{
    const struct catalogue_entity *columns = &plan->catalogue->entities[entity];
    char leaf[LEAF_NAME_MAX];
    struct strbuf sql;
    char *quoted;
    char *copy;

    load_plan_leaf_name(plan, entity, lane, leaf);
    quoted = pg_quote_name(pg, leaf);
    strbuf_init(&sql, COPY_SQL_MAX);
    strbuf_addf(&sql, "COPY aside.%s (", quoted);
    free(quoted);
    for (uint32_t i = 0; i < columns->ncolumns; i++) {
        quoted = pg_quote_name(pg, columns->columns[i]);
        strbuf_addf(&sql, "%s%s", i == 0 ? "" : ", ", quoted);
        free(quoted);
    }
    strbuf_puts(&sql, ") FROM STDIN (FORMAT binary, FREEZE)");
    copy = xstrdup(sql.at);
    strbuf_release(&sql);
    return copy;
}
