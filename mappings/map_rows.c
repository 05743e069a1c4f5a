/* The parts of a map that choose rows and columns: only, each, drop. */
#include "mappings/expr.h"
#include "mappings/map_load.h"

#include <string.h>

static bool parse_condition(struct map *map, struct map_only *only,
                            const struct yaml_node *node, struct error *err)
{
    struct error inner = {0};
    int at = 0;

    if (!map_text(map, node, "when", &only->when_text, err)) {
        return false;
    }
    only->when = expr_parse(only->when_text, &map->arena, &at, &inner);
    return only->when || yaml_error_at(map->yaml, node, at, 1, err, "%s", inner.message);
}

static bool parse_only_member(struct map *map, struct map_only *only,
                              const struct yaml_node *node, struct error *err)
{
    static const char *const known[] = {"when", "otherwise", "why", NULL};
    static const struct map_outcome_word words[] = {{"exclude", OUTCOME_EXCLUDED},
                                                    {"quarantine", OUTCOME_QUARANTINED},
                                                    {"reject", OUTCOME_REJECTED},
                                                    {NULL, OUTCOME_COUNT}};
    const struct yaml_node *when, *otherwise;
    struct map_bad leave = {OUTCOME_EXCLUDED, NULL};

    only->node = node;
    if (!map_is_map(map, node, "only", err) || !map_known_keys(map, node, known, err)) {
        return false;
    }
    when = yaml_get(node, "when");
    otherwise = yaml_get(node, "otherwise");
    if (!when || !otherwise) {
        return map_key_error(map, node, err, "'only' needs '%s'", when ? "otherwise" : "when");
    }
    if (!parse_condition(map, only, when, err) ||
        !map_parse_outcome(map, otherwise, words, &leave, err)) {
        return false;
    }
    if (!leave.rule) {
        return yaml_error(map->yaml, otherwise, err,
                          "'otherwise' names a rule id, so that the rows that leave can be "
                          "counted: 'exclude %s.inactive'",
                          map->target ? map->target->name : "row");
    }
    only->outcome = leave.outcome;
    only->rule = leave.rule;
    only->why = yaml_get_text(node, "why", "");
    return true;
}

bool map_parse_only(struct map *map, const struct yaml_node *node, struct error *err)
{
    size_t count = node->kind == YAML_LIST ? node->nchildren : 1;
    const struct yaml_node *member = node->kind == YAML_LIST ? node->child : node;

    map->only = arena_alloc(&map->arena, (count + 1) * sizeof(*map->only));
    memset(map->only, 0, (count + 1) * sizeof(*map->only));
    for (size_t i = 0; i < count; i++) {
        if (!parse_only_member(map, &map->only[i], member, err)) {
            return false;
        }
        map->nonly++;
        member = member->next;
    }
    return true;
}

bool map_parse_each(struct map *map, const struct yaml_node *node, struct error *err)
{
    static const char *const known[] = {"as", "of", "ordinal", NULL};
    struct map_each *each = &map->each;
    const struct yaml_node *as, *of, *ordinal;

    if (!map_is_map(map, node, "each", err) || !map_known_keys(map, node, known, err)) {
        return false;
    }
    as = yaml_get(node, "as");
    of = yaml_get(node, "of");
    ordinal = yaml_get(node, "ordinal");
    each->ordinal = "EACH";
    if (!as || !of) {
        return map_key_error(map, node, err, "'each' needs '%s'", as ? "of" : "as");
    }
    if (ordinal && !map_text(map, ordinal, "ordinal", &each->ordinal, err)) {
        return false;
    }
    each->nalias = map_texts(map, as, "as", each->alias, MAP_FROM_MAX, err);
    if (each->nalias < 0) {
        return false;
    }
    if (of->kind != YAML_LIST || of->nchildren == 0 || of->nchildren > MAP_EACH_MAX) {
        return yaml_error(map->yaml, of, err, "'of' lists 1 to %d members", MAP_EACH_MAX);
    }
    for (const struct yaml_node *member = of->child; member; member = member->next) {
        int count =
            map_texts(map, member, "of", each->members[each->nmembers], MAP_FROM_MAX, err);

        if (count < 0) {
            return false;
        }
        if (count != each->nalias) {
            return yaml_error(
                map->yaml, member, err, "this member has %d column%s, but 'as' has %d name%s",
                count, count == 1 ? "" : "s", each->nalias, each->nalias == 1 ? "" : "s");
        }
        each->nmembers++;
    }
    return true;
}

bool map_parse_drops(struct map *map, const struct yaml_node *node, struct error *err)
{
    static const char *const known[] = {"why", "by", NULL};

    if (!map_is_map(map, node, "drop", err)) {
        return false;
    }
    map->drops = arena_alloc(&map->arena, (node->nchildren + 1) * sizeof(*map->drops));
    for (const struct yaml_node *member = node->child; member; member = member->next) {
        struct map_drop *drop = &map->drops[map->ndrops];

        *drop = (struct map_drop){.column = member->key, .by = "", .node = member};
        if (member->kind == YAML_SCALAR) {
            return map_key_error(map, member, err,
                                 "a dropped column says why: '%s: {why: ..., by: ...}'",
                                 member->key);
        }
        if (!map_is_map(map, member, member->key, err) ||
            !map_known_keys(map, member, known, err)) {
            return false;
        }
        drop->why = yaml_get_text(member, "why", "");
        drop->by = yaml_get_text(member, "by", "");
        if (text_is_blank(text_of(drop->why))) {
            return map_key_error(map, member, err, "dropping '%s' needs a 'why'", member->key);
        }
        map->ndrops++;
    }
    return true;
}
