#include "mappings/map_lint_set.h"

#include "mappings/map_coverage.h"
#include "mappings/nearest.h"

#include <string.h>

/* The node of source.KEY, or of source.table when the map does not say it. */
static struct map_spot source_spot(const struct map *map, const char *key)
{
    const struct yaml_node *source = yaml_get(yaml_root(map->yaml), "source");
    const struct yaml_node *node = yaml_get(source, key);

    return (struct map_spot){.yaml = map->yaml,
                             .node = node ? node : yaml_get(source, "table")};
}

/* Ordinals are one and the same, whatever their names: they count 1, 2, 3. */
static const char *key_column(const struct map *map, int i)
{
    bool is_ordinal = map->each.nmembers > 0 && strcmp(map->key[i], map->each.ordinal) == 0;

    return is_ordinal ? "" : map->key[i];
}

/* Every column of key `a` is in key `b`. */
static bool key_within(const struct map *a, const struct map *b)
{
    for (int i = 0; i < a->nkey; i++) {
        bool found = false;

        for (int j = 0; j < b->nkey && !found; j++) {
            found = strcmp(key_column(a, i), key_column(b, j)) == 0;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool same_key(const struct map *a, const struct map *b)
{
    return a->nkey == b->nkey && key_within(a, b);
}

static bool same_part(const struct map *a, const struct map *b)
{
    return strcmp(a->part ? a->part : "", b->part ? b->part : "") == 0;
}

static bool same_nulls(const struct map *a, const struct map *b)
{
    size_t i = 0;

    while (a->nulls[i] && b->nulls[i] && strcmp(a->nulls[i], b->nulls[i]) == 0) {
        i++;
    }
    return !a->nulls[i] && !b->nulls[i];
}

static void compare_sources(const struct map *first, const struct map *map,
                            struct map_findings *findings)
{
    if (strcmp(first->zone, map->zone) != 0) {
        map_findings_add(findings, MAP_WARNING, "set.source", source_spot(map, "zone"),
                         "table %s has the zone %s in map %s", map->table, first->zone,
                         first->name);
    }
    if (!same_nulls(first, map)) {
        map_findings_add(findings, MAP_WARNING, "set.source", source_spot(map, "nulls"),
                         "table %s has other null marks in map %s", map->table, first->name);
    }
}

/* Maps of one table that feed one entity: the same key gives the same ids twice, keys of which
 * neither extends the other are ids that nothing keeps apart. */
static void check_keys(const struct map *before, const struct map *map,
                       struct map_findings *findings)
{
    if (before->target != map->target || !same_part(before, map)) {
        return;
    }
    if (!key_within(before, map) && !key_within(map, before)) {
        map_findings_add(findings, MAP_WARNING, "set.key", source_spot(map, "key"),
                         "map %s makes '%s' from this table as well, by another key",
                         before->name, map->target->name);
    }
    if (same_key(before, map) && before->nonly == 0 && map->nonly == 0) {
        map_findings_add(findings, MAP_ERROR, "set.clash", source_spot(map, "key"),
                         "map %s makes rows of '%s' with this key from this table as well, so "
                         "the ids are the same; 'part' gives one of them a word of its own",
                         before->name, map->target->name);
    }
}

void map_lint_set(const struct map_set *set, struct map_findings *findings)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct map *map = set->maps[i];
        bool compared = false;

        for (size_t j = 0; j < i; j++) {
            const struct map *before = set->maps[j];

            if (strcmp(before->name, map->name) == 0) {
                struct map_spot spot = {.yaml = map->yaml,
                                        .node = yaml_get(yaml_root(map->yaml), "map")};

                map_findings_add(findings, MAP_ERROR, "set.name", spot,
                                 "the name '%s' belongs to %s already", map->name,
                                 before->path);
            }
            if (strcmp(before->table, map->table) != 0 ||
                strcmp(before->system, map->system) != 0) {
                continue;
            }
            check_keys(before, map, findings);
            if (!compared) {
                compare_sources(before, map, findings);
                compared = true;
            }
        }
    }
}

struct source_lint {
    const struct raw_tables *raw;
    struct map_findings *findings;
};

static void check_mention(const struct map_mention *mention, void *context)
{
    const struct source_lint *lint = context;
    const struct raw_table *table = raw_table_find(lint->raw, mention->table);
    char phrase[NEAREST_PHRASE_MAX];
    struct nearest nearest;

    if (!table) {
        if (mention->use == USE_LOOKUP) {
            map_findings_add(lint->findings, MAP_ERROR, "table.unknown", mention->spot,
                             "the source has no table '%s' to look up in", mention->table);
        }
        return;
    }
    if (raw_column_find(table, mention->column) ||
        (mention->use != USE_LOOKUP && map_is_optional(mention->map, mention->column))) {
        return;
    }
    nearest_init(&nearest, text_of(mention->column));
    for (uint32_t i = 0; i < table->ncols; i++) {
        nearest_offer(&nearest, table->columns[i].name);
    }
    map_findings_add(lint->findings, MAP_ERROR, "column.unknown", mention->spot,
                     "table '%s' has no column '%s'%s", mention->table, mention->column,
                     nearest_phrase(nearest.best, phrase));
}

static void check_table(const struct map *map, const struct raw_tables *raw,
                        struct map_findings *findings)
{
    char phrase[NEAREST_PHRASE_MAX];
    struct nearest nearest;

    if (raw_table_find(raw, map->table)) {
        return;
    }
    nearest_init(&nearest, text_of(map->table));
    for (size_t i = 0; i < raw->count; i++) {
        nearest_offer(&nearest, raw->tables[i].name);
    }
    map_findings_add(findings, MAP_ERROR, "table.unknown", source_spot(map, "table"),
                     "the source has no table '%s'%s", map->table,
                     nearest_phrase(nearest.best, phrase));
}

static void check_drops(const struct map *map, const struct raw_table *table,
                        struct map_findings *findings)
{
    for (int d = 0; table && d < map->ndrops; d++) {
        const struct map_drop *drop = &map->drops[d];
        bool matched = map_is_optional(map, drop->column);

        for (uint32_t i = 0; i < table->ncols && !matched; i++) {
            matched = strcmp(drop->column, table->columns[i].name) == 0 ||
                      text_match_glob(drop->column, table->columns[i].name);
        }
        if (!matched) {
            struct map_spot spot = {.yaml = map->yaml, .node = drop->node, .at_key = true};

            map_findings_add(findings, MAP_WARNING, "drop.unmatched", spot,
                             "'%s' matches no column of table '%s'", drop->column, table->name);
        }
    }
}

static void unmapped_column(const struct map_coverage *coverage,
                            const struct coverage_table *table,
                            const struct coverage_column *column, struct map_findings *findings)
{
    if (coverage->counted) {
        map_findings_add(
            findings, MAP_ERROR, "column.unmapped", source_spot(table->map, "table"),
            "column '%s' holds something in %llu of %llu rows, but has neither a "
            "rule nor a drop",
            column->name, (unsigned long long)column->filled, (unsigned long long)table->rows);
    } else {
        map_findings_add(findings, MAP_ERROR, "column.unmapped",
                         source_spot(table->map, "table"),
                         "column '%s' has neither a rule nor a drop", column->name);
    }
}

/* Tables that no map reads stand nowhere in the maps: they are shown at the first map. */
static void check_dispositions(const struct map_set *set, const struct raw_tables *raw,
                               struct map_findings *findings)
{
    struct map_coverage coverage;

    map_coverage_make(&coverage, set, raw);
    for (size_t t = 0; t < coverage.ntables; t++) {
        const struct coverage_table *table = &coverage.tables[t];

        for (uint32_t i = 0; i < table->ncols && table->map; i++) {
            if (coverage_is_unmapped(&table->columns[i])) {
                unmapped_column(&coverage, table, &table->columns[i], findings);
            }
        }
        if (!table->map && table->known) {
            map_findings_add(findings, MAP_ERROR, "table.unmapped",
                             source_spot(set->maps[0], "table"),
                             "no map reads the table '%s'; one with only: {when: never} leaves "
                             "it out and says why",
                             table->name);
        }
    }
    map_coverage_release(&coverage);
}

void map_lint_source(const struct map_set *set, const struct raw_tables *raw,
                     struct map_findings *findings)
{
    struct source_lint lint = {raw, findings};

    for (size_t i = 0; i < set->count; i++) {
        check_table(set->maps[i], raw, findings);
        map_each_mention(set->maps[i], check_mention, &lint);
        check_drops(set->maps[i], raw_table_find(raw, set->maps[i]->table), findings);
    }
    if (set->count > 0) {
        check_dispositions(set, raw, findings);
    }
}
