#include "cli/map_rule.h"

#include "cli/map_verb.h"
#include "core/calendar.h"

#include <string.h>

bool map_rule_needs_raw(const struct map_rule *rule)
{
    for (int i = 0; i < rule->nvia; i++) {
        if (strcmp(rule->via[i].spec->name, "lookup") == 0) {
            return true;
        }
    }
    return false;
}

bool map_rule_open(struct map_rule_run *run, const struct map *map, const struct map_rule *rule,
                   struct error *err)
{
    const char *slash = strrchr(map->path, '/');

    *run = (struct map_rule_run){.map = map};
    run->folder = slash ? xstrndup(map->path, (size_t)(slash - map->path)) : xstrdup(".");
    run->env = (struct step_env){.organisation = map->system,
                                 .system = map->system,
                                 .zone = map->zone,
                                 .folder = run->folder,
                                 .raw_folder = map_options.raw,
                                 .today = calendar_today()};
    return rule_compile(&run->rule, map, rule, &run->env, 1, err);
}

struct cell map_rule_cell(const struct map *map, const char *text)
{
    for (size_t i = 0; text && map->nulls[i]; i++) {
        if (strcmp(map->nulls[i], text) == 0) {
            text = NULL;
        }
    }
    if (!text) {
        return (struct cell){"", 0, CELL_NULL};
    }
    return (struct cell){text, (uint32_t)strlen(text), CELL_TEXT};
}

void map_rule_release(struct map_rule_run *run)
{
    rule_release(&run->rule);
    arena_release(&run->arena);
    free(run->folder);
    *run = (struct map_rule_run){0};
}

/* A step names its own place; a file it needs and cannot read does not. */
static void take_compile_error(const struct map *map, const struct map_rule *rule,
                               const struct error *err, struct map_findings *findings)
{
    size_t len = strlen(map->path);

    if (strncmp(err->message, map->path, len) == 0 && err->message[len] == ':') {
        map_findings_take(findings, map->path, err);
    } else {
        struct map_spot spot = {.yaml = map->yaml, .node = yaml_get(rule->node, "via")};

        map_findings_add(findings, MAP_ERROR, "step.file", spot, "%s", err->message);
    }
}

void map_compile_each(const struct map_set *set, struct map_findings *findings)
{
    for (size_t m = 0; m < set->count; m++) {
        for (int r = 0; r < set->maps[m]->nrules; r++) {
            const struct map_rule *rule = &set->maps[m]->rules[r];
            struct map_rule_run run = {0};
            struct error err = {0};

            if (map_rule_needs_raw(rule) && !map_options.raw) {
                continue;
            }
            if (!map_rule_open(&run, set->maps[m], rule, &err)) {
                take_compile_error(set->maps[m], rule, &err, findings);
            }
            map_rule_release(&run);
        }
    }
}
