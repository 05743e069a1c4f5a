#include "serve/fhir_metadata.h"

#include "core/calendar.h"
#include "core/json_out.h"
#include "serve/resource.h"
#include "serve/route.h"

static const char *search_type_name(enum search_type type)
{
    static const char *const names[] = {
        [SEARCH_END] = "special",   [SEARCH_ID] = "token",  [SEARCH_TOKEN] = "token",
        [SEARCH_STRING] = "string", [SEARCH_DATE] = "date", [SEARCH_REFERENCE] = "reference"};

    return names[type];
}

static void write_interactions(struct json_out *out, const struct resource *resource)
{
    json_out_key(out, "interaction");
    json_out_array(out);
    for (size_t i = 0; i < route_count; i++) {
        if (route_table[i].resource == resource) {
            json_out_object(out);
            json_out_member(out, "code", route_table[i].interaction);
            json_out_end_object(out);
        }
    }
    json_out_end_array(out);
}

static void write_params(struct json_out *out, const struct resource *resource)
{
    json_out_key(out, "searchParam");
    json_out_array(out);
    for (const struct search_param *param = resource->params; param->type != SEARCH_END;
         param++) {
        json_out_object(out);
        json_out_member(out, "name", param->name);
        json_out_member(out, "type", search_type_name(param->type));
        json_out_member(out, "documentation", param->help);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

/* Each resource once, where the table first names it. */
static void write_resources(struct json_out *out)
{
    const struct resource *before = NULL;

    json_out_key(out, "resource");
    json_out_array(out);
    for (size_t i = 0; i < route_count; i++) {
        const struct resource *resource = route_table[i].resource;
        if (resource == NULL || resource == before) {
            continue;
        }
        json_out_object(out);
        json_out_member(out, "type", resource->type);
        write_interactions(out, resource);
        json_out_member(out, "versioning", "no-version");
        json_out_member(out, "conditionalRead", "not-match");
        write_params(out, resource);
        json_out_end_object(out);
        before = resource;
    }
    json_out_end_array(out);
}

static void write_rest(struct json_out *out)
{
    json_out_key(out, "rest");
    json_out_array(out);
    json_out_object(out);
    json_out_member(out, "mode", "server");
    json_out_key(out, "security");
    json_out_object(out);
    json_out_key(out, "service");
    json_out_array(out);
    json_out_object(out);
    json_out_member(out, "text", "bearer token, one organisation a token");
    json_out_end_object(out);
    json_out_end_array(out);
    json_out_member(out, "description",
                    "Every request but this one needs 'Authorization: Bearer ...'. A token "
                    "stands for one organisation and sees nothing of another.");
    json_out_end_object(out);
    write_resources(out);
    json_out_end_object(out);
    json_out_end_array(out);
}

void fhir_metadata_write(const char *base_url, struct strbuf *out)
{
    struct json_out json;
    char now[32];

    calendar_now(now);
    json_out_init(&json, out);
    json_out_object(&json);
    json_out_member(&json, "resourceType", "CapabilityStatement");
    json_out_member(&json, "status", "active");
    json_out_member(&json, "date", now);
    json_out_member(&json, "kind", "instance");
    json_out_key(&json, "software");
    json_out_object(&json);
    json_out_member(&json, "name", "hms");
    json_out_member(&json, "version", HMS_VERSION);
    json_out_end_object(&json);
    json_out_key(&json, "implementation");
    json_out_object(&json);
    json_out_member(&json, "description", "the canonical store of hms, read only");
    json_out_member(&json, "url", base_url);
    json_out_end_object(&json);
    json_out_member(&json, "fhirVersion", "4.0.1");
    json_out_key(&json, "format");
    json_out_array(&json);
    json_out_string(&json, "application/fhir+json");
    json_out_string(&json, "json");
    json_out_end_array(&json);
    write_rest(&json);
    json_out_end_object(&json);
}
