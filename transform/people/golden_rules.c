#include "transform/people/golden_rules.h"

#include "core/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { TRUST_MAX = 1000 };

static const struct {
    const char *name;
    enum golden_contradiction contradicts;
} fields[] = {
#define X(name, contradicts) {#name, contradicts},
    GOLDEN_FIELDS(X)
#undef X
};

static const char *const rule_names[] = {"most_recent",   "most_complete",    "most_trusted",
                                         "most_frequent", "most_restrictive", "chosen"};

enum golden_field golden_field_of(const char *name)
{
    int field = 0;

    while (field < GOLDEN_NFIELDS && strcmp(fields[field].name, name) != 0) {
        field++;
    }
    return (enum golden_field)field;
}

const char *golden_field_name(enum golden_field field)
{
    return fields[field].name;
}

enum golden_contradiction golden_field_contradicts(enum golden_field field)
{
    return fields[field].contradicts;
}

const char *golden_rule_name(enum golden_rule rule)
{
    return rule_names[rule];
}

size_t golden_rules_trust(const struct golden_rules *rules, const char *source_system)
{
    size_t place = 0;

    while (place < rules->ntrust && strcmp(rules->trust[place], source_system) != 0) {
        place++;
    }
    return place;
}

static bool read_trust(struct golden_rules *rules, const struct yaml *yaml, struct error *err)
{
    const struct yaml_node *trust = yaml_get(yaml_root(yaml), "trust");

    if (trust == NULL) {
        return true;
    }
    if (trust->kind != YAML_LIST || trust->nchildren > TRUST_MAX) {
        return yaml_error(yaml, trust, err, "trust is a list of at most %d source systems",
                          TRUST_MAX);
    }
    rules->trust = xcalloc(trust->nchildren + 1, sizeof(*rules->trust));
    for (const struct yaml_node *one = trust->child; one != NULL; one = one->next) {
        if (one->kind != YAML_SCALAR || one->text[0] == '\0' ||
            golden_rules_trust(rules, one->text) < rules->ntrust) {
            return yaml_error(yaml, one, err, "a source system stands here, and each once");
        }
        rules->trust[rules->ntrust++] = xstrdup(one->text);
    }
    return true;
}

static bool read_rule(struct golden_rules *rules, const struct yaml *yaml,
                      const struct yaml_node *node, struct error *err)
{
    enum golden_field field = golden_field_of(node->key);
    int rule = 0;

    while (rule < RULE_CHOSEN && strcmp(rule_names[rule], node->text) != 0) {
        rule++;
    }
    if (field == GOLDEN_NFIELDS) {
        return yaml_error(yaml, node, err, "'%s' is not a field of the golden record",
                          node->key);
    }
    if (rule == RULE_CHOSEN) {
        return yaml_error(yaml, node, err, "'%s' is not a survivor rule", node->text);
    }
    if (rule == RULE_MOST_RESTRICTIVE && field != FIELD_confidentiality) {
        return yaml_error(yaml, node, err, "most_restrictive is for confidentiality only");
    }
    rules->of_field[field] = (enum golden_rule)rule;
    return true;
}

static bool read_fields(struct golden_rules *rules, const struct yaml *yaml, struct error *err)
{
    const struct yaml_node *map = yaml_get(yaml_root(yaml), "fields");

    if (map == NULL || map->kind != YAML_MAP) {
        return yaml_error(yaml, map == NULL ? yaml_root(yaml) : map, err,
                          "'fields' gives each field its rule");
    }
    for (const struct yaml_node *one = map->child; one != NULL; one = one->next) {
        if (!read_rule(rules, yaml, one, err)) {
            return false;
        }
    }
    for (int field = 0; field < GOLDEN_NFIELDS; field++) {
        if (yaml_get(map, fields[field].name) == NULL) {
            return yaml_error(yaml, map, err, "field '%s' has no rule", fields[field].name);
        }
    }
    return true;
}

bool golden_rules_load(struct golden_rules *rules, const char *path, struct error *err)
{
    static const char *const known[] = {"golden", "release", "trust", "fields", NULL};
    struct yaml *yaml = yaml_load(path, err);
    bool ok;

    memset(rules, 0, sizeof(*rules));
    if (yaml == NULL) {
        return false;
    }
    ok = yaml_root(yaml)->kind == YAML_MAP ||
         yaml_error(yaml, yaml_root(yaml), err, "survivor rules are a map");
    ok = ok && yaml_only(yaml, yaml_root(yaml), known, err) && read_trust(rules, yaml, err) &&
         read_fields(rules, yaml, err);
    yaml_free(yaml);
    if (!ok) {
        golden_rules_release(rules);
    }
    return ok;
}

void golden_rules_release(struct golden_rules *rules)
{
    for (size_t i = 0; i < rules->ntrust; i++) {
        free(rules->trust[i]);
    }
    free(rules->trust);
    memset(rules, 0, sizeof(*rules));
}
