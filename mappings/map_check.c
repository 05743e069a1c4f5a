#include "mappings/map_check.h"

#include <string.h>

const struct yaml_node *map_rule_name_node(const struct map_rule *rule, const char *key,
                                           int index)
{
    const struct yaml_node *node = yaml_get(rule->node, key);

    if (!node || node->kind != YAML_LIST) {
        return node ? node : rule->node;
    }
    node = node->child;
    for (int i = 0; i < index && node->next; i++) {
        node = node->next;
    }
    return node;
}

static struct map_spot target_spot(const struct map *map, const struct map_rule *rule,
                                   int index)
{
    return (struct map_spot){.yaml = map->yaml, .node = map_rule_name_node(rule, "to", index)};
}

static struct map_spot step_spot(const struct map *map, const struct map_step *step)
{
    return (struct map_spot){map->yaml, step->node, step->offset, step->width, false};
}

static void check_fixed(const struct map *map, const struct map_rule *rule, int index,
                        struct map_findings *findings)
{
    if (rule->to[index] < ENTITY_FIXED_COLUMNS) {
        map_findings_add(findings, MAP_ERROR, "to.fixed", target_spot(map, rule, index),
                         "'%s' is filled by hms itself; a map cannot write it",
                         map->target->columns[rule->to[index]].name);
    }
}

static void check_reference(const struct map *map, const struct map_rule *rule, int index,
                            struct map_findings *findings)
{
    const struct entity_column *column = &map->target->columns[rule->to[index]];
    const struct map_step *last = rule->nvia > 0 ? &rule->via[rule->nvia - 1] : NULL;
    bool is_ref = last && strcmp(last->spec->name, "ref") == 0;

    if (rule->to[index] < ENTITY_FIXED_COLUMNS) {
        return;
    }
    if (column->references && !is_ref) {
        map_findings_add(findings, MAP_ERROR, "ref.missing", target_spot(map, rule, index),
                         "'%s' refers to %s, so its pipe ends with: ref '%s'", column->name,
                         column->references, column->references);
    } else if (column->references && strcmp(last->args[0], column->references) != 0) {
        map_findings_add(findings, MAP_ERROR, "ref.entity", step_spot(map, last),
                         "'%s' refers to %s, not to '%s'", column->name, column->references,
                         last->args[0]);
    } else if (!column->references && is_ref) {
        map_findings_add(findings, MAP_ERROR, "ref.entity", step_spot(map, last),
                         "'%s' refers to no entity, so 'ref' cannot fill it", column->name);
    }
}

static bool is_allowed(const struct entity_column *column, const char *word)
{
    for (const char *const *allowed = column->allowed; *allowed; allowed++) {
        if (strcmp(*allowed, word) == 0) {
            return true;
        }
    }
    return false;
}

static void set_words(const struct entity_column *column, char *out, size_t size)
{
    size_t len = 0;

    out[0] = '\0';
    for (const char *const *allowed = column->allowed; *allowed && len < size; allowed++) {
        len += (size_t)snprintf(out + len, size - len, "%s%s", len ? ", " : "", *allowed);
    }
}

/* The words that the last step writes by itself: constant 'x', default 'x', map 'a' 'x'. */
static void check_value_set(const struct map *map, const struct map_rule *rule,
                            struct map_findings *findings)
{
    const struct entity_column *column = &map->target->columns[rule->to[0]];
    const struct map_step *last = rule->nvia > 0 ? &rule->via[rule->nvia - 1] : NULL;
    bool is_map;
    char words[256];

    if (!last || rule->nto != 1 || !column->allowed) {
        return;
    }
    is_map = strcmp(last->spec->name, "map") == 0;
    if (!is_map && strcmp(last->spec->name, "constant") != 0 &&
        strcmp(last->spec->name, "default") != 0) {
        return;
    }
    set_words(column, words, sizeof(words));
    for (int i = is_map ? 1 : 0; i < last->nargs; i += is_map ? 2 : 1) {
        if (!is_allowed(column, last->args[i])) {
            map_findings_add(findings, MAP_ERROR, "value.set", step_spot(map, last),
                             "'%s' is none of the values of '%s': %s", last->args[i],
                             column->name, words);
        }
    }
}

static void check_twice(const struct map *map, const struct map_rule *rule, int index,
                        const struct map_rule **writer, struct map_findings *findings)
{
    int column = rule->to[index];

    if (writer[column]) {
        map_findings_add(findings, MAP_ERROR, "to.twice", target_spot(map, rule, index),
                         "'%s' is already written by rule %s",
                         map->target->columns[column].name, writer[column]->id);
    }
    writer[column] = rule;
}

void map_check(const struct map *map, struct map_findings *findings)
{
    const struct map_rule *writer[ENTITY_COLUMNS_MAX] = {0};

    for (int i = 0; i < map->nrules; i++) {
        const struct map_rule *rule = &map->rules[i];

        for (int to = 0; to < rule->nto; to++) {
            check_fixed(map, rule, to, findings);
            check_twice(map, rule, to, writer, findings);
            check_reference(map, rule, to, findings);
        }
        check_value_set(map, rule, findings);
    }
}
