#include "core/json_out.h"
#include "terminology/code_system.h"
#include "transform/codes/concept_map.h"

#define SSSOM_URL "https://w3id.org/sssom/"

const struct concept_map_match concept_map_matches[CONCEPT_MAP_MATCHES] = {
    {"skos:exactMatch", "equivalent"}, {"skos:exactMatch", "equal"},
    {"skos:broadMatch", "wider"},      {"skos:broadMatch", "subsumes"},
    {"skos:narrowMatch", "narrower"},  {"skos:narrowMatch", "specializes"},
    {"skos:closeMatch", "inexact"},    {"skos:relatedMatch", "relatedto"},
};

const struct concept_map_extension concept_map_extensions[CONCEPT_MAP_EXTENSIONS] = {
    {SSSOM_URL "predicate_id", CODE_MAPPING_predicate},
    {SSSOM_URL "mapping_justification", CODE_MAPPING_justification},
    {SSSOM_URL "author_id", CODE_MAPPING_author},
    {SSSOM_URL "reviewer_id", CODE_MAPPING_reviewers},
    {SSSOM_URL "mapping_date", CODE_MAPPING_decided_on},
    {SSSOM_URL "confidence", CODE_MAPPING_confidence},
};

static void put_extensions(struct json_out *out, const struct code_mapping *mapping)
{
    bool has_code = mapping->at[CODE_MAPPING_choice].len > 0;

    json_out_key(out, "extension");
    json_out_array(out);
    for (int i = has_code ? 1 : 0; i < CONCEPT_MAP_EXTENSIONS; i++) {
        struct text value = mapping->at[concept_map_extensions[i].field];
        if (value.len > 0) {
            json_out_object(out);
            json_out_member(out, "url", concept_map_extensions[i].url);
            json_out_member_text(out, "valueString", value);
            json_out_end_object(out);
        }
    }
    json_out_end_array(out);
}

static const char *equivalence_of(const struct code_mapping *mapping)
{
    for (int i = 0; i < CONCEPT_MAP_MATCHES; i++) {
        if (text_is(mapping->at[CODE_MAPPING_predicate], concept_map_matches[i].predicate)) {
            return mapping->at[CODE_MAPPING_choice].len == 0
                       ? "unmatched"
                       : concept_map_matches[i].equivalence;
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
    char *source = xasprintf(CONCEPT_MAP_LIST "%s", list);

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
        struct code_mapping mapping = code_mapping_of(rows, row);
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

void concept_map_write(const PGresult *rows, const char *list, struct strbuf *out)
{
    char *url = xasprintf("urn:hms:code-map:%s", list);
    struct json_out json;

    json_out_init(&json, out);
    json_out_object(&json);
    json_out_member(&json, "resourceType", "ConceptMap");
    json_out_member(&json, "url", url);
    json_out_member(&json, "status", "active");
    json_out_key(&json, "group");
    json_out_array(&json);
    put_groups(&json, rows, list);
    json_out_end_array(&json);
    json_out_end_object(&json);
    strbuf_putc(out, '\n');
    free(url);
}
