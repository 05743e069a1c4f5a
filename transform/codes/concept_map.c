/* concept_map.c - settled codes as a FHIR R4 ConceptMap, and back. */
#include "core/json_out.h"
#include "core/yaml.h"
#include "terminology/code_system.h"
#include "transform/codes/code_exchange.h"

#include <stdio.h>

#define SSSOM_URL "https://w3id.org/sssom/"
#define LIST_URN  "urn:hms:codes:"

/* SSSOM's predicate, and R4's equivalence; the first of a predicate is written, all are read. */
static const struct {
    const char *predicate;
    const char *equivalence;
} matches[] = {
    {"skos:exactMatch", "equivalent"}, {"skos:exactMatch", "equal"},
    {"skos:broadMatch", "wider"},      {"skos:broadMatch", "subsumes"},
    {"skos:narrowMatch", "narrower"},  {"skos:narrowMatch", "specializes"},
    {"skos:closeMatch", "inexact"},    {"skos:relatedMatch", "relatedto"},
};

enum { MATCHES = sizeof(matches) / sizeof(matches[0]) };

static const struct {
    const char *name;
    enum code_mapping_field field;
} extensions[] = {
    {"predicate_id", CODE_MAPPING_predicate}, /* only where there is no code */
    {"mapping_justification", CODE_MAPPING_justification},
    {"author_id", CODE_MAPPING_author},
    {"reviewer_id", CODE_MAPPING_reviewers},
    {"mapping_date", CODE_MAPPING_decided_on},
    {"confidence", CODE_MAPPING_confidence},
};

enum { EXTENSIONS = sizeof(extensions) / sizeof(extensions[0]) };

/* ---- writing */

static void put_extensions(struct json_out *out, const struct code_mapping *mapping)
{
    bool has_code = mapping->at[CODE_MAPPING_choice].len > 0;

    json_out_key(out, "extension");
    json_out_array(out);
    for (int i = has_code ? 1 : 0; i < EXTENSIONS; i++) {
        struct text value = mapping->at[extensions[i].field];
        if (value.len > 0) {
            char url[64];
            snprintf(url, sizeof(url), SSSOM_URL "%s", extensions[i].name);
            json_out_object(out);
            json_out_member(out, "url", url);
            json_out_member_text(out, "valueString", value);
            json_out_end_object(out);
        }
    }
    json_out_end_array(out);
}

static const char *equivalence_of(const struct code_mapping *mapping)
{
    for (int i = 0; i < MATCHES; i++) {
        if (text_is(mapping->at[CODE_MAPPING_predicate], matches[i].predicate)) {
            return mapping->at[CODE_MAPPING_choice].len == 0 ? "unmatched"
                                                             : matches[i].equivalence;
        }
    }
    return "relatedto";
}

static void put_if_any(struct json_out *out, const char *key, struct text value)
{
    if (value.len > 0) {
        json_out_member_text(out, key, value);
    }
}

static void put_element(struct json_out *out, const struct code_mapping *mapping)
{
    strbuf_putc(out->sb, '\n'); /* a line of a diff each */
    json_out_object(out);
    json_out_member_text(out, "code", mapping->at[CODE_MAPPING_source_code]);
    put_if_any(out, "display", mapping->at[CODE_MAPPING_source_text]);
    json_out_key(out, "target");
    json_out_array(out);
    json_out_object(out);
    put_extensions(out, mapping);
    put_if_any(out, "code", mapping->at[CODE_MAPPING_choice]);
    put_if_any(out, "display", mapping->at[CODE_MAPPING_code_label]);
    json_out_member(out, "equivalence", equivalence_of(mapping));
    put_if_any(out, "comment", mapping->at[CODE_MAPPING_comment]);
    json_out_end_object(out);
    json_out_end_array(out);
    json_out_end_object(out);
}

static void begin_group(struct json_out *out, const struct code_mapping *mapping,
                        const char *list)
{
    struct text name = mapping->at[CODE_MAPPING_code_system];
    const struct code_system *system = code_system_find(name);
    char *source = xasprintf(LIST_URN "%s", list);

    json_out_object(out);
    json_out_member(out, "source", source);
    if (system != NULL) {
        json_out_member(out, "target", system->uri);
    } else {
        put_if_any(out, "target", name);
    }
    put_if_any(out, "targetVersion", mapping->at[CODE_MAPPING_release]);
    json_out_key(out, "element");
    json_out_array(out);
    free(source);
}

static void put_groups(struct json_out *out, const PGresult *rows, const char *list)
{
    struct code_mapping last;

    for (int row = 0; row < PQntuples(rows); row++) {
        struct code_mapping mapping = code_export_mapping(rows, row);
        bool is_new =
            row == 0 ||
            !text_equal(last.at[CODE_MAPPING_code_system],
                        mapping.at[CODE_MAPPING_code_system]) ||
            !text_equal(last.at[CODE_MAPPING_release], mapping.at[CODE_MAPPING_release]);
        if (is_new && row > 0) {
            json_out_end_array(out);
            json_out_end_object(out);
        }
        if (is_new) {
            begin_group(out, &mapping, list);
        }
        put_element(out, &mapping);
        last = mapping;
    }
    if (PQntuples(rows) > 0) {
        json_out_end_array(out);
        json_out_end_object(out);
    }
}

bool code_export_fhir(struct pg *pg, const struct code_export *wanted, struct strbuf *out,
                      int *count, struct error *err)
{
    PGresult *rows = code_export_rows(pg, wanted, true, err);
    char *url = xasprintf("urn:hms:code-map:%s", wanted->list);
    struct json_out json;

    if (rows != NULL) {
        json_out_init(&json, out);
        json_out_object(&json);
        json_out_member(&json, "resourceType", "ConceptMap");
        json_out_member(&json, "url", url);
        json_out_member(&json, "status", "active");
        json_out_key(&json, "group");
        json_out_array(&json);
        put_groups(&json, rows, wanted->list);
        json_out_end_array(&json);
        json_out_end_object(&json);
        strbuf_putc(out, '\n');
        *count = PQntuples(rows);
    }
    free(url);
    PQclear(rows);
    return rows != NULL &&
           (!strbuf_is_full(out) || error_set(err, ERROR_LIMIT, "%s: larger than %d bytes",
                                              wanted->list, CODE_EXPORT_MAX));
}

/* ---- reading */

struct reader {
    struct pg *pg;
    struct code_import *import;
    struct yaml *yaml;
    const char *list;
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
        for (int i = 0; i < EXTENSIONS; i++) {
            char known[64];
            snprintf(known, sizeof(known), SSSOM_URL "%s", extensions[i].name);
            if (text_is(url, known)) {
                mapping->at[extensions[i].field] = value;
            }
        }
    }
    return true;
}

/* "unmatched" and "disjoint" say that there is no code. */
static bool read_equivalence(const struct reader *reader, const struct yaml_node *target,
                             struct code_mapping *mapping, struct error *err)
{
    struct text word;
    bool has_code = mapping->at[CODE_MAPPING_choice].len > 0;

    if (!text_under(reader, target, "equivalence", &word, err)) {
        return false;
    }
    if (!has_code && (text_is(word, "unmatched") || text_is(word, "disjoint"))) {
        if (mapping->at[CODE_MAPPING_predicate].len == 0) {
            mapping->at[CODE_MAPPING_predicate] = text_of("skos:exactMatch");
        }
        return true;
    }
    for (int i = 0; has_code && i < MATCHES; i++) {
        if (text_is(word, matches[i].equivalence)) {
            mapping->at[CODE_MAPPING_predicate] = text_of(matches[i].predicate);
            return true;
        }
    }
    return yaml_error(reader->yaml, target, err,
                      has_code ? "'equivalence' is none that a code can have"
                               : "a target without a code is 'unmatched'");
}

static bool read_element(const struct reader *reader, const struct yaml_node *element,
                         struct error *err)
{
    struct code_mapping mapping;
    const struct yaml_node *target;

    for (int i = 0; i < CODE_MAPPING_FIELDS; i++) {
        mapping.at[i] = (struct text){"", 0};
    }
    mapping.at[CODE_MAPPING_code_system] = reader->system;
    mapping.at[CODE_MAPPING_release] = reader->release;
    mapping.at[CODE_MAPPING_justification] = text_of("semapv:UnspecifiedMatching");
    if (element->kind != YAML_MAP || !list_under(reader, element, "target", &target, err)) {
        return yaml_error(reader->yaml, element, err, "an element has 'code' and 'target'");
    }
    if (target == NULL || target->next != NULL || target->kind != YAML_MAP) {
        return yaml_error(reader->yaml, element, err, "an element has one target here");
    }
    if (!text_under(reader, element, "code", &mapping.at[CODE_MAPPING_source_code], err) ||
        !text_under(reader, element, "display", &mapping.at[CODE_MAPPING_source_text], err) ||
        !text_under(reader, target, "code", &mapping.at[CODE_MAPPING_choice], err) ||
        !text_under(reader, target, "display", &mapping.at[CODE_MAPPING_code_label], err) ||
        !text_under(reader, target, "comment", &mapping.at[CODE_MAPPING_comment], err) ||
        !read_extensions(reader, target, &mapping, err) ||
        !read_equivalence(reader, target, &mapping, err)) {
        return false;
    }
    if (mapping.at[CODE_MAPPING_source_code].len == 0) {
        return yaml_error(reader->yaml, element, err, "an element has a 'code'");
    }
    return code_import_mapping(reader->pg, reader->import, reader->list, &mapping, err) ||
           error_wrap(err, "%s:%d", reader->import->path, element->line);
}

static bool read_group(struct reader *reader, const struct yaml_node *group, struct error *err)
{
    const struct code_system *system;
    const struct yaml_node *element;
    struct text source;

    if (group->kind != YAML_MAP) {
        return yaml_error(reader->yaml, group, err, "a group is an object");
    }
    if (!text_under(reader, group, "source", &source, err) ||
        !text_under(reader, group, "target", &reader->system, err) ||
        !text_under(reader, group, "targetVersion", &reader->release, err) ||
        !list_under(reader, group, "element", &element, err)) {
        return false;
    }
    system = code_system_find(reader->system);
    reader->system = system == NULL ? reader->system : text_of(system->name);
    reader->list = reader->import->list;
    if (reader->list == NULL && strncmp(source.at, LIST_URN, strlen(LIST_URN)) == 0) {
        reader->list = source.at + strlen(LIST_URN);
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

bool code_import_fhir(struct pg *pg, struct code_import *import, struct error *err)
{
    struct reader reader = {.pg = pg, .import = import};
    bool ok;

    reader.yaml = yaml_load(import->path, err);
    ok = reader.yaml != NULL && read_map(&reader, err);
    yaml_free(reader.yaml);
    return ok;
}
