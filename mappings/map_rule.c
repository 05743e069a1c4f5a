/* The rules of a map, one after the other, and their inline tests. */
#include "mappings/map_load.h"
#include "mappings/nearest.h"

#include <string.h>

/* "M002": capitals, then digits */
static bool is_rule_id(const char *id)
{
    size_t letters = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digits = strspn(id + letters, "0123456789");

    return letters > 0 && digits > 0 && id[letters + digits] == '\0' && letters + digits < 16;
}

static bool column_error(struct map *map, const struct yaml_node *node, const char *name,
                         struct error *err)
{
    char phrase[NEAREST_PHRASE_MAX];
    struct nearest nearest;

    nearest_init(&nearest, text_of(name));
    for (uint32_t i = ENTITY_FIXED_COLUMNS; i < map->target->ncols; i++) {
        nearest_offer(&nearest, map->target->columns[i].name);
    }
    return yaml_error(map->yaml, node, err, "entity '%s' has no column '%s'%s",
                      map->target->name, name, nearest_phrase(nearest.best, phrase));
}

static bool parse_to(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                     struct error *err)
{
    const char *names[MAP_TO_MAX];
    const struct yaml_node *item = node->kind == YAML_LIST ? node->child : node;

    rule->nto = map_texts(map, node, "to", names, MAP_TO_MAX, err);
    for (int i = 0; i < rule->nto; i++, item = item->next) {
        rule->to[i] = entity_column_find(map->target, text_of(names[i]));
        if (rule->to[i] < 0) {
            return column_error(map, item, names[i], err);
        }
    }
    return rule->nto > 0;
}

static bool parse_bad(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                      struct error *err)
{
    static const struct map_outcome_word words[] = {{"quarantine", OUTCOME_QUARANTINED},
                                                    {"reject", OUTCOME_REJECTED},
                                                    {"exclude", OUTCOME_EXCLUDED},
                                                    {"blank", OUTCOME_ISSUE},
                                                    {NULL, OUTCOME_COUNT}};

    rule->bad = (struct map_bad){OUTCOME_QUARANTINED, NULL};
    return !node || map_parse_outcome(map, node, words, &rule->bad, err);
}

static bool parse_risk(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                       struct error *err)
{
    static const char *const risks[] = {"high", "medium", "low", NULL};

    rule->risk = "";
    if (!node) {
        return true;
    }
    for (size_t i = 0; risks[i] && node->kind == YAML_SCALAR; i++) {
        if (strcmp(risks[i], node->text) == 0) {
            rule->risk = risks[i];
            return true;
        }
    }
    return yaml_error(map->yaml, node, err, "'risk' is high, medium or low");
}

static bool parse_why(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                      struct error *err)
{
    rule->why = "";
    return !node || map_text(map, node, "why", &rule->why, err);
}

static bool parse_rule(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                       struct error *err)
{
    static const char *const known[] = {"to",  "from", "via",   "bad",
                                        "why", "risk", "tests", NULL};
    const struct yaml_node *to, *from, *tests;

    *rule = (struct map_rule){.id = node->key, .node = node};
    if (!is_rule_id(rule->id)) {
        return map_key_error(map, node, err,
                             "'%s' is no rule id; one is capitals and digits, like M001",
                             rule->id);
    }
    if (!map_is_map(map, node, rule->id, err) || !map_known_keys(map, node, known, err)) {
        return false;
    }
    to = yaml_get(node, "to");
    from = yaml_get(node, "from");
    tests = yaml_get(node, "tests");
    if (!to) {
        return map_key_error(map, node, err, "rule %s has no 'to'", rule->id);
    }
    if (!parse_to(map, rule, to, err)) {
        return false;
    }
    rule->nfrom = from ? map_texts(map, from, "from", rule->from, MAP_FROM_MAX, err) : 0;
    return rule->nfrom >= 0 && map_parse_via(map, rule, yaml_get(node, "via"), err) &&
           parse_bad(map, rule, yaml_get(node, "bad"), err) &&
           parse_risk(map, rule, yaml_get(node, "risk"), err) &&
           parse_why(map, rule, yaml_get(node, "why"), err) &&
           (!tests || map_parse_tests(map, rule, tests, err));
}

bool map_parse_rules(struct map *map, const struct yaml_node *node, struct error *err)
{
    if (!map_is_map(map, node, "rules", err)) {
        return false;
    }
    if ((node->nchildren == 0 && !map_leaves_all(map)) || node->nchildren > MAP_RULES_MAX) {
        return map_key_error(map, node, err, "a map has 1 to %d rules, this has %zu",
                             MAP_RULES_MAX, node->nchildren);
    }
    map->rules = arena_alloc(&map->arena, node->nchildren * sizeof(*map->rules));
    for (const struct yaml_node *member = node->child; member; member = member->next) {
        if (!parse_rule(map, &map->rules[map->nrules], member, err)) {
            return false;
        }
        map->nrules++;
    }
    return true;
}

/* A value of a test: unquoted null is NULL. */
static bool test_value(const struct map *map, const struct yaml_node *node, const char **out,
                       struct error *err)
{
    if (node->kind != YAML_SCALAR) {
        return yaml_error(map->yaml, node, err, "a value of a test is one text or null");
    }
    if (node->text[0] == '\0' && !node->quoted) {
        return yaml_error(map->yaml, node, err,
                          "an empty value: write \"\" for the empty text, null for no value");
    }
    *out = !node->quoted && strcmp(node->text, "null") == 0 ? NULL : node->text;
    return true;
}

/* `in` or `out`: exactly as many values as the rule has columns. */
static bool test_values(const struct map *map, const struct yaml_node *node, int columns,
                        const char *side, const char **out, struct error *err)
{
    const struct yaml_node *item = node->kind == YAML_LIST ? node->child : node;
    size_t count = node->kind == YAML_LIST ? node->nchildren : 1;

    if (count != (size_t)columns) {
        return yaml_error(map->yaml, node, err,
                          "'%s' has %zu value%s, but '%s' names %d column%s", node->key, count,
                          count == 1 ? "" : "s", side, columns, columns == 1 ? "" : "s");
    }
    for (int i = 0; i < columns; i++, item = item->next) {
        if (!test_value(map, item, &out[i], err)) {
            return false;
        }
    }
    return true;
}

static bool parse_test(const struct map *map, const struct map_rule *rule,
                       struct map_test *test, const struct yaml_node *node, struct error *err)
{
    static const char *const known[] = {"in", "out", "bad", NULL};
    const struct yaml_node *in, *out, *bad;

    *test = (struct map_test){.node = node};
    if (!map_is_map(map, node, "tests", err) || !map_known_keys(map, node, known, err)) {
        return false;
    }
    in = yaml_get(node, "in");
    out = yaml_get(node, "out");
    bad = yaml_get(node, "bad");
    if (!in && rule->nfrom > 0) {
        return yaml_error(map->yaml, node, err, "a test of rule %s needs 'in'", rule->id);
    }
    if ((out == NULL) == (bad == NULL)) {
        return yaml_error(map->yaml, node, err, "a test expects either 'out' or 'bad: true'");
    }
    if (bad && (bad->kind != YAML_SCALAR || strcmp(bad->text, "true") != 0)) {
        return yaml_error(map->yaml, bad, err, "a test that must be refused says 'bad: true'");
    }
    test->bad = bad != NULL;
    test->nin = rule->nfrom;
    test->nout = out ? rule->nto : 0;
    return (!in || test_values(map, in, rule->nfrom, "from", test->in, err)) &&
           (!out || test_values(map, out, rule->nto, "to", test->out, err));
}

bool map_parse_tests(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                     struct error *err)
{
    if (node->kind != YAML_LIST) {
        return map_key_error(map, node, err, "'tests' is a list: - {in: ..., out: ...}");
    }
    rule->tests = arena_alloc(&map->arena, (node->nchildren + 1) * sizeof(*rule->tests));
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        if (!parse_test(map, rule, &rule->tests[rule->ntests], item, err)) {
            return false;
        }
        rule->ntests++;
    }
    return true;
}
