#include "mappings/map_coverage.h"

#include <string.h>

static struct coverage_table *find_table(struct map_coverage *coverage, const char *name)
{
    for (size_t i = 0; i < coverage->ntables; i++) {
        if (strcmp(coverage->tables[i].name, name) == 0) {
            return &coverage->tables[i];
        }
    }
    return NULL;
}

static struct coverage_table *add_table(struct map_coverage *coverage, const char *name)
{
    coverage->tables =
        xrealloc(coverage->tables, (coverage->ntables + 1) * sizeof(*coverage->tables));
    coverage->tables[coverage->ntables] = (struct coverage_table){.name = name};
    return &coverage->tables[coverage->ntables++];
}

static struct coverage_column *find_column(struct coverage_table *table, const char *name)
{
    for (uint32_t i = 0; i < table->ncols; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

static struct coverage_column *add_column(struct coverage_table *table, const char *name)
{
    table->columns = xrealloc(table->columns, (table->ncols + 1) * sizeof(*table->columns));
    table->columns[table->ncols] = (struct coverage_column){.name = name, .used_by = ""};
    return &table->columns[table->ncols++];
}

static void take_source(struct map_coverage *coverage, const struct raw_tables *raw)
{
    coverage->known = true;
    coverage->counted = !raw->headers_only;
    for (size_t i = 0; i < raw->count; i++) {
        struct coverage_table *table = add_table(coverage, raw->tables[i].name);

        table->known = true;
        table->rows = raw->tables[i].rows;
        for (uint32_t c = 0; c < raw->tables[i].ncols; c++) {
            struct coverage_column *column = add_column(table, raw->tables[i].columns[c].name);

            column->known = true;
            column->filled = raw->tables[i].columns[c].filled;
        }
    }
}

/* What uses the column, in the words of coverage and doc: "key", "only", "each", "M002". */
static const char *user_name(const struct map_mention *mention)
{
    switch (mention->use) {
    case USE_KEY:
        return "key";
    case USE_ONLY:
        return "only";
    case USE_EACH:
        return "each";
    case USE_LOOKUP:
        return "lookup";
    case USE_RULE:
    case USE_DROP:
        break;
    }
    return mention->rule->id;
}

/* Adds ", user" unless the list ends with it. */
static void add_user(struct map_coverage *coverage, struct coverage_column *column,
                     const struct coverage_table *table, const struct map_mention *mention)
{
    const char *map_name = strchr(mention->map->name, '/') + 1;
    const char *user = user_name(mention);
    bool several = table->nmaps > 1 || mention->use == USE_LOOKUP;
    char label[256];
    size_t had = strlen(column->used_by);
    size_t len;

    snprintf(label, sizeof(label), "%s%s%s", several ? map_name : "", several ? " " : "", user);
    len = strlen(label);
    if (had >= len && strcmp(column->used_by + had - len, label) == 0) {
        return;
    }
    column->used_by =
        arena_printf(&coverage->arena, "%s%s%s", column->used_by, had > 0 ? ", " : "", label);
}

static void take_mention(const struct map_mention *mention, void *context)
{
    struct map_coverage *coverage = context;
    struct coverage_table *table = find_table(coverage, mention->table);
    struct coverage_column *column;

    if (!table) {
        table = add_table(coverage, mention->table);
    }
    column = find_column(table, mention->column);
    if (!column) {
        column = add_column(table, mention->column);
        column->known = !coverage->known;
    }
    column->uses |= mention->use;
    add_user(coverage, column, table, mention);
}

static void take_drops(struct map_coverage *coverage, const struct map *map)
{
    struct coverage_table *table = find_table(coverage, map->table);

    for (int d = 0; d < map->ndrops; d++) {
        const struct map_drop *drop = &map->drops[d];

        if (!coverage->known && !find_column(table, drop->column)) {
            add_column(table, drop->column)->known = true;
        }
        for (uint32_t c = 0; c < table->ncols; c++) {
            struct coverage_column *column = &table->columns[c];

            if (strcmp(drop->column, column->name) == 0 ||
                text_match_glob(drop->column, column->name)) {
                column->uses |= USE_DROP;
                column->drop = column->drop ? column->drop : drop;
            }
        }
    }
}

static void take_target(struct map_coverage *coverage, const struct map *map)
{
    struct coverage_entity *entity = NULL;

    for (size_t i = 0; i < coverage->nentities && !entity; i++) {
        if (coverage->entities[i].entity == map->target) {
            entity = &coverage->entities[i];
        }
    }
    if (!entity) {
        coverage->entities = xrealloc(coverage->entities,
                                      (coverage->nentities + 1) * sizeof(*coverage->entities));
        entity = &coverage->entities[coverage->nentities++];
        *entity = (struct coverage_entity){.entity = map->target, .maps = map->name};
    } else {
        entity->maps = arena_printf(&coverage->arena, "%s, %s", entity->maps, map->name);
    }
    for (int r = 0; r < map->nrules; r++) {
        for (int i = 0; i < map->rules[r].nto; i++) {
            entity->filled[map->rules[r].to[i]] = true;
        }
    }
}

void map_coverage_make(struct map_coverage *coverage, const struct map_set *set,
                       const struct raw_tables *raw)
{
    *coverage = (struct map_coverage){0};
    if (raw) {
        take_source(coverage, raw);
    }
    for (size_t i = 0; i < set->count; i++) {
        struct coverage_table *table = find_table(coverage, set->maps[i]->table);

        if (!table) {
            table = add_table(coverage, set->maps[i]->table);
            table->known = !raw;
        }
        table->map = table->map ? table->map : set->maps[i];
        table->nmaps++;
    }
    for (size_t i = 0; i < set->count; i++) {
        map_each_mention(set->maps[i], take_mention, coverage);
        take_target(coverage, set->maps[i]);
    }
    for (size_t i = 0; i < set->count; i++) {
        take_drops(coverage, set->maps[i]);
    }
}

bool coverage_is_unmapped(const struct coverage_column *column)
{
    return column->known && column->uses == 0 && column->filled > 0;
}

const char *coverage_word(const struct coverage_column *column)
{
    if (!column->known) {
        return "unknown";
    }
    if (column->uses & ~(unsigned)USE_DROP) {
        return "used";
    }
    if (column->uses & USE_DROP) {
        return "dropped";
    }
    return column->filled > 0 ? "UNMAPPED" : "empty";
}

void map_coverage_release(struct map_coverage *coverage)
{
    for (size_t i = 0; i < coverage->ntables; i++) {
        free(coverage->tables[i].columns);
    }
    free(coverage->tables);
    free(coverage->entities);
    arena_release(&coverage->arena);
    *coverage = (struct map_coverage){0};
}
