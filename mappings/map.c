#include "mappings/map.h"

#include "mappings/expr.h"
#include "mappings/map_check.h"
#include "mappings/map_load.h"
#include "mappings/nearest.h"

#include <string.h>

static const char *const default_nulls[] = {"", NULL};
static const char *const no_columns[] = {NULL};

static bool is_name_part(const char *at, size_t len)
{
    return len > 0 && strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_-") >= len;
}

/* "system/name" */
static bool parse_name(struct map *map, const struct yaml_node *node, struct error *err)
{
    const char *slash;

    if (!map_text(map, node, "map", &map->name, err)) {
        return false;
    }
    slash = strchr(map->name, '/');
    if (!slash || !is_name_part(map->name, (size_t)(slash - map->name)) ||
        !is_name_part(slash + 1, strlen(slash + 1))) {
        return yaml_error(map->yaml, node, err,
                          "'map' is system/name, in small letters, digits, '_' and '-'");
    }
    map->system =
        arena_strdup(&map->arena, (struct text){map->name, (size_t)(slash - map->name)});
    return true;
}

static bool parse_target(struct map *map, const struct yaml_node *node, struct error *err)
{
    const char *name = NULL;
    char phrase[NEAREST_PHRASE_MAX];

    if (!map_text(map, node, "target", &name, err)) {
        return false;
    }
    map->target = entity_find(text_of(name));
    return map->target || yaml_error(map->yaml, node, err, "unknown entity '%s'%s", name,
                                     nearest_phrase(entity_nearest(text_of(name)), phrase));
}

/* A list of texts, which may be empty ones; nothing is changed when the key is not there. */
static bool parse_list(struct map *map, const struct yaml_node *node, const char *shape,
                       const char *const **out, struct error *err)
{
    const char **texts;
    size_t count = 0;

    if (!node) {
        return true;
    }
    if (node->kind != YAML_LIST) {
        return yaml_error(map->yaml, node, err, "'%s' is a list: %s", node->key, shape);
    }
    texts = arena_alloc(&map->arena, (node->nchildren + 1) * sizeof(*texts));
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        if (item->kind != YAML_SCALAR) {
            return yaml_error(map->yaml, item, err, "one text is expected here");
        }
        texts[count++] = item->text;
    }
    texts[count] = NULL;
    *out = texts;
    return true;
}

static bool parse_repeats(struct map *map, const struct yaml_node *node, struct error *err)
{
    static const char *const words[] = {"same", "first", "last"};

    map->repeats = REPEAT_SAME;
    if (!node) {
        return true;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (node->kind == YAML_SCALAR && strcmp(node->text, words[i]) == 0) {
            map->repeats = (enum repeat_policy)i;
            return true;
        }
    }
    return yaml_error(
        map->yaml, node, err,
        "'repeats' is same, first or last: which row stays when a key comes again");
}

static bool parse_zone(struct map *map, const struct yaml_node *node, struct error *err)
{
    map->zone = "UTC";
    if (!node) {
        return true;
    }
    if (!map_text(map, node, "zone", &map->zone, err)) {
        return false;
    }
    return strcmp(map->zone, "UTC") == 0 || strchr(map->zone, '/') ||
           yaml_error(map->yaml, node, err,
                      "'%s' is no time zone; one is written like Africa/Nairobi, or UTC",
                      map->zone);
}

static bool parse_source(struct map *map, const struct yaml_node *node, struct error *err)
{
    static const char *const known[] = {"table",   "key",      "nulls", "zone",
                                        "repeats", "optional", "part",  NULL};
    static const char *const bytes[] = {"charset", "delimiter", "quote", "header", "files"};
    const struct yaml_node *table, *key, *part;

    if (!map_is_map(map, node, "source", err)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
        const struct yaml_node *member = yaml_get(node, bytes[i]);

        if (member) {
            return map_key_error(map, member, err,
                                 "'%s' says how bytes are read and belongs into source.yml",
                                 bytes[i]);
        }
    }
    if (!map_known_keys(map, node, known, err)) {
        return false;
    }
    table = yaml_get(node, "table");
    key = yaml_get(node, "key");
    if (!table || !key) {
        return map_key_error(map, node, err, "'source' needs '%s'", table ? "key" : "table");
    }
    part = yaml_get(node, "part");
    map->nkey = map_texts(map, key, "key", map->key, MAP_KEY_MAX, err);
    return map->nkey > 0 && (!part || map_text(map, part, "part", &map->part, err)) &&
           map_text(map, table, "table", &map->table, err) &&
           parse_list(map, yaml_get(node, "nulls"), "[\"\", \"NULL\"]", &map->nulls, err) &&
           parse_list(map, yaml_get(node, "optional"), "[COLUMN, COLUMN]", &map->optional,
                      err) &&
           parse_zone(map, yaml_get(node, "zone"), err) &&
           parse_repeats(map, yaml_get(node, "repeats"), err);
}

static bool parse_root(struct map *map, const struct yaml_node *root, struct error *err)
{
    static const char *const known[] = {"map",  "release", "source", "target", "only",
                                        "each", "rules",   "drop",   NULL};
    static const char *const needed[] = {"map", "source", "target", "rules"};
    const struct yaml_node *only, *each, *drop, *release;

    if (root->kind != YAML_MAP || !yaml_get(root, "map")) {
        return yaml_error(map->yaml, root, err,
                          "not a map: a map starts with 'map: system/name'");
    }
    if (!map_known_keys(map, root, known, err)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (!yaml_get(root, needed[i])) {
            return map_key_error(map, root->child, err, "this map has no '%s'", needed[i]);
        }
    }
    only = yaml_get(root, "only");
    each = yaml_get(root, "each");
    drop = yaml_get(root, "drop");
    release = yaml_get(root, "release");
    map->release = "0.0.0";
    return parse_name(map, yaml_get(root, "map"), err) &&
           (!release || map_text(map, release, "release", &map->release, err)) &&
           parse_source(map, yaml_get(root, "source"), err) &&
           parse_target(map, yaml_get(root, "target"), err) &&
           (!only || map_parse_only(map, only, err)) &&
           (!each || map_parse_each(map, each, err)) &&
           map_parse_rules(map, yaml_get(root, "rules"), err) &&
           (!drop || map_parse_drops(map, drop, err));
}

struct map *map_parse(struct yaml *yaml, struct error *err)
{
    struct map *map = xcalloc(1, sizeof(*map));

    map->yaml = yaml;
    map->nulls = default_nulls;
    map->optional = no_columns;
    map->path = yaml_path(yaml);
    if (!parse_root(map, yaml_root(yaml), err)) {
        map_free(map);
        return NULL;
    }
    return map;
}

struct map *map_load(const char *path, struct error *err)
{
    struct yaml *yaml = yaml_load(path, err);
    struct map *map = yaml ? map_parse(yaml, err) : NULL;
    struct map_findings findings = {0};

    if (map) {
        map_check(map, &findings);
        if (!map_findings_none(&findings, err)) {
            map_free(map);
            map = NULL;
        }
    }
    map_findings_release(&findings);
    return map;
}

void map_free(struct map *map)
{
    if (map) {
        arena_release(&map->arena);
        yaml_free(map->yaml);
        free(map);
    }
}

bool map_is_optional(const struct map *map, const char *column)
{
    for (const char *const *name = map->optional; *name; name++) {
        if (strcmp(*name, column) == 0) {
            return true;
        }
    }
    return false;
}

bool map_leaves_all(const struct map *map)
{
    for (int i = 0; i < map->nonly; i++) {
        if (expr_never(map->only[i].when)) {
            return true;
        }
    }
    return false;
}
