#include "core/yaml.h"
#include "terminology/code_system.h"
#include "transform/codes/concept_map.h"

struct reader {
    const char *path;
    const struct concept_map_visit *visit;
    struct yaml *yaml;
    const char *list; /* of the group */
    struct text system;
    struct text release;
};

/* Nothing but text may stand under `key`. */
static bool text_under(const struct reader *reader, const struct yaml_node *map,
                       const char *key, struct text *value, struct error *err)
{
    const struct yaml_node *node = yaml_get(map, key);

    *value = (struct text){"", 0};
    if (node != NULL && node->kind != YAML_SCALAR) {
        return yaml_error(reader->yaml, node, err, "'%s' is no text", key);
    }
    if (node != NULL) {
        *value = text_of(node->text);
    }
    return true;
}

static bool list_under(const struct reader *reader, const struct yaml_node *map,
                       const char *key, const struct yaml_node **first, struct error *err)
{
    const struct yaml_node *node = yaml_get(map, key);

    *first = node == NULL ? NULL : node->child;
    return node == NULL || node->kind == YAML_LIST ||
           yaml_error(reader->yaml, node, err, "'%s' is no list", key);
}

static bool read_extensions(const struct reader *reader, const struct yaml_node *target,
                            struct code_mapping *mapping, struct error *err)
{
    const struct yaml_node *extension;
    struct text url;
    struct text value;

    if (!list_under(reader, target, "extension", &extension, err)) {
        return false;
    }
    for (; extension != NULL; extension = extension->next) {
        if (!text_under(reader, extension, "url", &url, err) ||
            !text_under(reader, extension, "valueString", &value, err)) {
            return false;
        }
        for (int i = 0; i < CONCEPT_MAP_EXTENSIONS; i++) {
            if (text_is(url, concept_map_extensions[i].url)) {
                mapping->at[concept_map_extensions[i].field] = value;
            }
        }
    }
    return true;
}

/* R5 says the same in other words; "not-related-to" and its like with a code are refused. */
static struct text r4_word(struct text relationship)
{
    static const char *const words[][2] = {
        {"related-to", "relatedto"},
        {"equivalent", "equivalent"},
        {"source-is-narrower-than-target", "wider"},
        {"source-is-broader-than-target", "narrower"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_is(relationship, words[i][0])) {
            return text_of(words[i][1]);
        }
    }
    return relationship;
}

/* "unmatched" and "disjoint" say that there is no code. */
static bool read_equivalence(const struct reader *reader, const struct yaml_node *target,
                             struct code_mapping *mapping, struct error *err)
{
    struct text word;
    struct text relationship;
    bool has_code = mapping->at[CODE_MAPPING_choice].len > 0;

    if (!text_under(reader, target, "equivalence", &word, err) ||
        !text_under(reader, target, "relationship", &relationship, err)) {
        return false;
    }
    word = word.len > 0 ? word : r4_word(relationship);
    if (!has_code && (text_is(word, "unmatched") || text_is(word, "disjoint"))) {
        if (mapping->at[CODE_MAPPING_predicate].len == 0) {
            mapping->at[CODE_MAPPING_predicate] = text_of("skos:exactMatch");
        }
        return true;
    }
    for (int i = 0; has_code && i < CONCEPT_MAP_MATCHES; i++) {
        if (text_is(word, concept_map_matches[i].equivalence)) {
            mapping->at[CODE_MAPPING_predicate] = text_of(concept_map_matches[i].predicate);
            return true;
        }
    }
    return yaml_error(reader->yaml, target, err,
                      has_code ? "'equivalence' is none that a code can have"
                               : "a target without a code is 'unmatched'");
}

static bool take(const struct reader *reader, const struct yaml_node *element,
                 const struct code_mapping *mapping, struct error *err)
{
    if (mapping->at[CODE_MAPPING_source_code].len == 0) {
        return yaml_error(reader->yaml, element, err, "an element has a 'code'");
    }
    return reader->visit->take(reader->list, mapping, reader->visit->context, err) ||
           error_wrap(err, "%s:%d", reader->path, element->line);
}

static bool read_element(const struct reader *reader, const struct yaml_node *element,
                         struct error *err)
{
    struct code_mapping mapping;
    const struct yaml_node *target;
    struct text no_map;

    for (int i = 0; i < CODE_MAPPING_FIELDS; i++) {
        mapping.at[i] = (struct text){"", 0};
    }
    mapping.at[CODE_MAPPING_code_system] = reader->system;
    mapping.at[CODE_MAPPING_release] = reader->release;
    mapping.at[CODE_MAPPING_justification] = text_of("semapv:UnspecifiedMatching");
    if (element->kind != YAML_MAP || !list_under(reader, element, "target", &target, err)) {
        return yaml_error(reader->yaml, element, err, "an element has 'code' and 'target'");
    }
    if (!text_under(reader, element, "noMap", &no_map, err) ||
        !text_under(reader, element, "code", &mapping.at[CODE_MAPPING_source_code], err) ||
        !text_under(reader, element, "display", &mapping.at[CODE_MAPPING_source_text], err)) {
        return false;
    }
    if (target == NULL && text_is(no_map, "true")) {
        mapping.at[CODE_MAPPING_predicate] = text_of("skos:exactMatch");
        return take(reader, element, &mapping, err);
    }
    if (target == NULL || target->next != NULL || target->kind != YAML_MAP) {
        return yaml_error(reader->yaml, element, err, "an element has one target here");
    }
    if (!text_under(reader, target, "code", &mapping.at[CODE_MAPPING_choice], err) ||
        !text_under(reader, target, "display", &mapping.at[CODE_MAPPING_code_label], err) ||
        !text_under(reader, target, "comment", &mapping.at[CODE_MAPPING_comment], err) ||
        !read_extensions(reader, target, &mapping, err) ||
        !read_equivalence(reader, target, &mapping, err)) {
        return false;
    }
    return take(reader, element, &mapping, err);
}

static bool read_group(struct reader *reader, const struct yaml_node *group, struct error *err)
{
    const struct code_system *system;
    const struct yaml_node *element;
    struct text source;
    const char *bar;

    if (group->kind != YAML_MAP) {
        return yaml_error(reader->yaml, group, err, "a group is an object");
    }
    if (!text_under(reader, group, "source", &source, err) ||
        !text_under(reader, group, "target", &reader->system, err) ||
        !text_under(reader, group, "targetVersion", &reader->release, err) ||
        !list_under(reader, group, "element", &element, err)) {
        return false;
    }
    bar = reader->system.len == 0 ? NULL : memchr(reader->system.at, '|', reader->system.len);
    if (bar != NULL) { /* R5: "system|version" */
        size_t len = (size_t)(bar - reader->system.at);
        reader->release = reader->release.len > 0
                              ? reader->release
                              : (struct text){bar + 1, reader->system.len - len - 1};
        reader->system.len = len;
    }
    system = code_system_find(reader->system);
    reader->system = system == NULL ? reader->system : text_of(system->name);
    reader->list = reader->visit->list;
    if (reader->list == NULL &&
        strncmp(source.at, CONCEPT_MAP_LIST, strlen(CONCEPT_MAP_LIST)) == 0) {
        reader->list = source.at + strlen(CONCEPT_MAP_LIST);
    }
    if (reader->list == NULL || reader->list[0] == '\0') {
        return yaml_error(reader->yaml, group, err,
                          "neither the group's source nor --list names the list");
    }
    for (; element != NULL; element = element->next) {
        if (!read_element(reader, element, err)) {
            return false;
        }
    }
    return true;
}

static bool read_map(struct reader *reader, struct error *err)
{
    const struct yaml_node *root = yaml_root(reader->yaml);
    const struct yaml_node *group;
    struct text type;

    if (root->kind != YAML_MAP) {
        return yaml_error(reader->yaml, root, err, "not a ConceptMap");
    }
    if (!text_under(reader, root, "resourceType", &type, err)) {
        return false;
    }
    if (!text_is(type, "ConceptMap")) {
        return yaml_error(reader->yaml, root, err, "'resourceType' is not ConceptMap");
    }
    if (!list_under(reader, root, "group", &group, err)) {
        return false;
    }
    for (; group != NULL; group = group->next) {
        if (!read_group(reader, group, err)) {
            return false;
        }
    }
    return true;
}

bool concept_map_read(const char *path, struct text content,
                      const struct concept_map_visit *visit, struct error *err)
{
    struct reader reader = {.path = path, .visit = visit};
    bool ok;

    reader.yaml = yaml_parse_data(path, content, err);
    ok = reader.yaml != NULL && read_map(&reader, err);
    yaml_free(reader.yaml);
    return ok;
}
