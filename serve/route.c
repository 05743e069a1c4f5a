#include "serve/route.h"

#include "serve/resource.h"
#include "serve/service.h"

const struct route route_table[] = {
    {"GET", "/healthz", SCOPE_PUBLIC, NULL, "", answer_health, NULL},
    {"GET", "/fhir/metadata", SCOPE_PUBLIC, NULL, "capabilities", answer_metadata, NULL},
    {"GET", "/fhir/Patient", SCOPE_READ, &resource_patient, "search-type", begin_search,
     finish_search},
    {"GET", "/fhir/Patient/{id}", SCOPE_READ, &resource_patient, "read", begin_read,
     finish_read},
    {"GET", "/fhir/Encounter", SCOPE_READ, &resource_encounter, "search-type", begin_search,
     finish_search},
    {"GET", "/fhir/Encounter/{id}", SCOPE_READ, &resource_encounter, "read", begin_read,
     finish_read},
    {"GET", "/fhir/Observation", SCOPE_READ, &resource_observation, "search-type", begin_search,
     finish_search},
    {"GET", "/fhir/Observation/{id}", SCOPE_READ, &resource_observation, "read", begin_read,
     finish_read},
};

const size_t route_count = sizeof(route_table) / sizeof(route_table[0]);

static bool pattern_matches(const char *pattern, struct text path, struct text *id)
{
    static const char hole[] = "{id}";
    const char *at = strstr(pattern, hole);
    size_t len = at == NULL ? 0 : (size_t)(at - pattern);

    if (at == NULL) {
        return text_is(path, pattern);
    }
    if (path.len <= len || memcmp(path.at, pattern, len) != 0) {
        return false;
    }
    *id = (struct text){path.at + len, path.len - len};
    return memchr(id->at, '/', id->len) == NULL;
}

const struct route *route_find(struct text path, struct text *id)
{
    *id = (struct text){"", 0};
    for (size_t i = 0; i < route_count; i++) {
        if (pattern_matches(route_table[i].pattern, path, id)) {
            return &route_table[i];
        }
    }
    return NULL;
}
