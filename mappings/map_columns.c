#include "mappings/map_columns.h"

#include "mappings/expr.h"
#include "mappings/map_check.h"

#include <string.h>

struct walk {
    struct map_mention mention;
    void (*visit)(const struct map_mention *mention, void *context);
    void *context;
};

bool map_is_alias(const struct map *map, const char *name)
{
    for (int i = 0; i < map->each.nalias; i++) {
        if (strcmp(map->each.alias[i], name) == 0) {
            return true;
        }
    }
    return map->each.nmembers > 0 && strcmp(map->each.ordinal, name) == 0;
}

static void mention(struct walk *walk, const char *column, const struct yaml_node *node)
{
    if (map_is_alias(walk->mention.map, column)) {
        return;
    }
    walk->mention.column = column;
    walk->mention.spot = (struct map_spot){.yaml = walk->mention.map->yaml, .node = node};
    walk->visit(&walk->mention, walk->context);
}

/* A scalar, or each scalar of a list. */
static void mention_names(struct walk *walk, const struct yaml_node *node)
{
    if (node->kind == YAML_SCALAR) {
        mention(walk, node->text, node);
    }
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        mention_names(walk, item);
    }
}

struct condition {
    struct walk *walk;
    const struct yaml_node *node;
};

static void mention_condition(const char *column, void *context)
{
    struct condition *condition = context;

    mention(condition->walk, column, condition->node);
}

static void mention_lookup(struct walk *walk, const struct map_step *step)
{
    const char *own_table = walk->mention.table;

    walk->mention.use = USE_LOOKUP;
    walk->mention.table = step->args[0];
    walk->mention.spot = (struct map_spot){walk->mention.map->yaml, step->node, step->offset,
                                           step->width, false};
    for (int i = 1; i < step->nargs; i++) {
        walk->mention.column = step->args[i];
        walk->visit(&walk->mention, walk->context);
    }
    walk->mention.table = own_table;
}

static void mention_rule(struct walk *walk, const struct map_rule *rule)
{
    const struct yaml_node *from = yaml_get(rule->node, "from");

    walk->mention.rule = rule;
    walk->mention.use = USE_RULE;
    if (from) {
        mention_names(walk, from);
    }
    for (int i = 0; i < rule->nvia; i++) {
        if (strcmp(rule->via[i].spec->name, "lookup") == 0) {
            mention_lookup(walk, &rule->via[i]);
        }
    }
    walk->mention.rule = NULL;
}

void map_each_mention(const struct map *map,
                      void (*visit)(const struct map_mention *mention, void *context),
                      void *context)
{
    struct walk walk = {
        .mention = {.map = map, .table = map->table}, .visit = visit, .context = context};
    const struct yaml_node *root = yaml_root(map->yaml);

    walk.mention.use = USE_KEY;
    mention_names(&walk, yaml_get(yaml_get(root, "source"), "key"));
    walk.mention.use = USE_ONLY;
    for (int i = 0; i < map->nonly; i++) {
        struct condition condition = {&walk, yaml_get(map->only[i].node, "when")};

        expr_each_column(map->only[i].when, mention_condition, &condition);
    }
    walk.mention.use = USE_EACH;
    if (map->each.nmembers > 0) {
        mention_names(&walk, yaml_get(yaml_get(root, "each"), "of"));
    }
    for (int i = 0; i < map->nrules; i++) {
        mention_rule(&walk, &map->rules[i]);
    }
}
