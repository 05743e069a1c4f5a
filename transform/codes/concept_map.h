/*
 * concept_map.h - FHIR R4 ConceptMaps (hl7.org/fhir/R4/conceptmap.html) of local codes.
 *
 * Shape     one map a list; a group is of one standard and one release of it, an element has
 *           one target.  Where there is no code the target is "unmatched" and has none.
 * R5        is read, too: `relationship`, `noMap`, and "system|version".
 * Names     author, reviewers, date, justification and confidence are extensions of the target
 *           whose URLs are SSSOM's properties.
 * Errors    ERROR_CONFIG "path:line:col: what is wrong".
 * Limits    those of core/yaml.h, which reads the JSON.
 */
#ifndef HMS_TRANSFORM_CONCEPT_MAP_H
#define HMS_TRANSFORM_CONCEPT_MAP_H

#include "transform/codes/code_exchange.h"

#define CONCEPT_MAP_LIST "urn:hms:codes:" /* in front of a list, the group's source */

/* SSSOM's predicate and R4's equivalence; the first of a predicate is written, all are read. */
struct concept_map_match {
    const char *predicate;
    const char *equivalence;
};

/* What is kept in an extension. */
struct concept_map_extension {
    const char *url;
    enum code_mapping_field field;
};

enum { CONCEPT_MAP_MATCHES = 8, CONCEPT_MAP_EXTENSIONS = 6 };

extern const struct concept_map_match concept_map_matches[CONCEPT_MAP_MATCHES];
/* The first, the predicate, is only written where there is no code. */
extern const struct concept_map_extension concept_map_extensions[CONCEPT_MAP_EXTENSIONS];

/* `rows` of CODE_MAPPING_LIST, those of one standard and release together. */
void concept_map_write(const PGresult *rows, const char *list, struct strbuf *out);

struct concept_map_visit {
    const char *list; /* NULL: the group's source names it */
    bool (*take)(const char *list, const struct code_mapping *mapping, void *context,
                 struct error *err);
    void *context;
};

/* Calls take() with each element; its error gets the place of the element.  `path` names the
 * content. */
bool concept_map_read(const char *path, struct text content,
                      const struct concept_map_visit *visit, struct error *err) MUST_CHECK;

#endif
