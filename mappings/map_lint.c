#include "mappings/map_lint.h"

#include "mappings/map_check.h"
#include "mappings/map_lint_set.h"

#include <string.h>

void map_lint_load(struct map_set *set, const char *path, struct map_findings *findings)
{
    struct error err = {0};
    struct yaml *yaml = yaml_load(path, &err);
    struct map *map = yaml ? map_parse(yaml, &err) : NULL;

    if (!map) {
        map_findings_take(findings, path, &err);
        return;
    }
    map_check(map, findings);
    map_set_add(set, map);
}

static void lint_required(const struct map *map, struct map_findings *findings)
{
    bool written[ENTITY_COLUMNS_MAX] = {false};

    for (int r = 0; r < map->nrules; r++) {
        for (int i = 0; i < map->rules[r].nto; i++) {
            written[map->rules[r].to[i]] = true;
        }
    }
    for (uint32_t i = ENTITY_FIXED_COLUMNS; i < map->target->ncols; i++) {
        if (map->target->columns[i].required && !written[i]) {
            struct map_spot spot = {.yaml = map->yaml,
                                    .node = yaml_get(yaml_root(map->yaml), "target")};

            map_findings_add(findings, MAP_ERROR, "to.required", spot,
                             "'%s' of entity '%s' is required, but no rule writes it",
                             map->target->columns[i].name, map->target->name);
        }
    }
}

static void lint_rule(const struct map *map, const struct map_rule *rule,
                      struct map_findings *findings)
{
    struct map_spot spot = {.yaml = map->yaml, .node = rule->node, .at_key = true};

    if (rule->why[0] == '\0') {
        map_findings_add(findings, MAP_WARNING, "why.missing", spot,
                         "rule %s has no 'why'; a steward reads it aloud", rule->id);
    }
    if (strcmp(rule->risk, "high") == 0 && rule->ntests == 0) {
        map_findings_add(findings, MAP_ERROR, "risk.untested", spot,
                         "rule %s has high risk, but no test", rule->id);
    }
}

static bool uses_column(const struct map *map, const char *column)
{
    for (int r = 0; r < map->nrules; r++) {
        for (int i = 0; i < map->rules[r].nfrom; i++) {
            if (strcmp(map->rules[r].from[i], column) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void lint_drop(const struct map *map, const struct map_drop *drop,
                      struct map_findings *findings)
{
    struct map_spot spot = {.yaml = map->yaml, .node = drop->node, .at_key = true};

    if (uses_column(map, drop->column)) {
        map_findings_add(findings, MAP_WARNING, "drop.used", spot,
                         "'%s' is dropped and used by a rule as well", drop->column);
    }
    if (drop->by[0] == '\0') {
        map_findings_add(findings, MAP_WARNING, "drop.by", spot,
                         "dropping '%s' does not say who decided it ('by')", drop->column);
    }
}

static void lint_map(const struct map *map, struct map_findings *findings)
{
    const struct yaml_node *root = yaml_root(map->yaml);

    if (!yaml_get(root, "release")) {
        struct map_spot spot = {.yaml = map->yaml, .node = yaml_get(root, "map")};

        map_findings_add(findings, MAP_WARNING, "release.missing", spot,
                         "this map has no 'release'; reports then call it 0.0.0");
    }
    if (!map_leaves_all(map)) {
        lint_required(map, findings);
    }
    for (int i = 0; i < map->nonly; i++) {
        if (map->only[i].why[0] == '\0') {
            struct map_spot spot = {.yaml = map->yaml,
                                    .node = yaml_get(map->only[i].node, "when")};

            map_findings_add(findings, MAP_WARNING, "only.why", spot,
                             "rows are left out as %s without a 'why'", map->only[i].rule);
        }
    }
    for (int i = 0; i < map->nrules; i++) {
        lint_rule(map, &map->rules[i], findings);
    }
    for (int i = 0; i < map->ndrops; i++) {
        lint_drop(map, &map->drops[i], findings);
    }
}

void map_lint(const struct map_set *set, const struct raw_tables *raw,
              struct map_findings *findings)
{
    for (size_t i = 0; i < set->count; i++) {
        lint_map(set->maps[i], findings);
    }
    map_lint_set(set, findings);
    map_lint_refs(set, findings);
    if (raw) {
        map_lint_source(set, raw, findings);
    }
    map_findings_sort(findings);
}
