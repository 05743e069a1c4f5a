/* References against the keys of the maps that make what they refer to. */
#include "mappings/map_lint_set.h"

#include <string.h>

/* How many values come into the last step of the rule. */
static int values_into_last(const struct map_rule *rule)
{
    int values = rule->nfrom;

    for (int i = 0; i + 1 < rule->nvia; i++) {
        int out = rule->via[i].spec->out;

        values = out == STEP_OUT_SAME ? values : out;
    }
    return values;
}

static bool key_fits(const struct map *made_by, const struct map_step *ref, int values)
{
    const char *part = ref->nargs > 1 ? ref->args[1] : "";

    return made_by->nkey == values && strcmp(made_by->part ? made_by->part : "", part) == 0;
}

static void check_ref(const struct map_set *set, const struct map *map,
                      const struct map_rule *rule, struct map_findings *findings)
{
    const struct map_step *ref = &rule->via[rule->nvia - 1];
    struct map_spot spot = {map->yaml, ref->node, ref->offset, ref->width, false};
    int values = values_into_last(rule);
    const struct map *maker = NULL;

    for (size_t i = 0; i < set->count; i++) {
        const struct map *other = set->maps[i];

        if (strcmp(other->system, map->system) != 0 ||
            strcmp(other->target->name, ref->args[0]) != 0 || map_leaves_all(other)) {
            continue;
        }
        if (key_fits(other, ref, values)) {
            return;
        }
        maker = other;
    }
    if (!maker) {
        map_findings_add(findings, MAP_WARNING, "ref.nobody", spot,
                         "no map of this system makes '%s', so this refers to nothing",
                         ref->args[0]);
    } else {
        map_findings_add(findings, MAP_ERROR, "ref.key", spot,
                         "%d value%s come%s into 'ref', but map %s makes '%s' with a key of %d "
                         "column%s%s%s%s",
                         values, values == 1 ? "" : "s", values == 1 ? "s" : "", maker->name,
                         ref->args[0], maker->nkey, maker->nkey == 1 ? "" : "s",
                         maker->part ? " and the part '" : "", maker->part ? maker->part : "",
                         maker->part ? "'" : "");
    }
}

void map_lint_refs(const struct map_set *set, struct map_findings *findings)
{
    if (set->count < 2) {
        return; /* one map alone says nothing about the others */
    }
    for (size_t m = 0; m < set->count; m++) {
        const struct map *map = set->maps[m];

        for (int r = 0; r < map->nrules; r++) {
            const struct map_rule *rule = &map->rules[r];

            if (rule->nvia > 0 && strcmp(rule->via[rule->nvia - 1].spec->name, "ref") == 0) {
                check_ref(set, map, rule, findings);
            }
        }
    }
}
