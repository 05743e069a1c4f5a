/*
 * fhir.h - the data types of FHIR R4 as they are written from columns of the store.
 *
 * Source    FHIR R4, Data Types (hl7.org/fhir/R4/datatypes.html).
 * Rule      FHIR has no empty strings: a blank field writes nothing, key included.
 * Systems   the store's short names become the URIs that FHIR gives them; a name of a source
 *           becomes urn:hms:<organisation>:<name>.
 */
#ifndef HMS_SERVE_FHIR_H
#define HMS_SERVE_FHIR_H

#include "core/arena.h"
#include "core/json_out.h"

struct fhir {
    struct json_out out;
    const char *organisation;
    const char *version; /* of the resource being written */
};

/* A coded field: the standard's code and what the source said. */
struct fhir_concept {
    struct text code;
    struct text system; /* of the standard: "loinc" */
    struct text source_code;
    struct text source_system; /* whose code that is */
    struct text source_text;
};

bool fhir_is_blank(struct text value);
/* A list whose first item opens it: no item, no list. */
void fhir_list_item(struct fhir *fhir, const char *key, bool *is_open);
void fhir_list_end(struct fhir *fhir, bool is_open);
void fhir_text(struct fhir *fhir, const char *key, struct text value);
/* A list of one string, as HumanName.prefix. */
void fhir_text_list(struct fhir *fhir, const char *key, struct text value);
/* The type `code` of FHIR: no blanks but single ones inside; another text writes nothing. */
void fhir_code(struct fhir *fhir, const char *key, struct text value);
bool fhir_is_code(struct text value);
void fhir_bool(struct fhir *fhir, const char *key, struct text value); /* "true", "false" */
/* {"system": ..., "code": ...} */
void fhir_coding(struct fhir *fhir, const char *system_uri, struct text code);
bool fhir_concept_is_blank(const struct fhir_concept *concept);
/* A CodeableConcept as a value, nothing before it. */
void fhir_concept_value(struct fhir *fhir, const struct fhir_concept *concept);
void fhir_concept(struct fhir *fhir, const char *key, const struct fhir_concept *concept);
/* {"text": ...} */
void fhir_concept_text(struct fhir *fhir, const char *key, struct text text);
/* {"reference": "Patient/..."} */
void fhir_reference(struct fhir *fhir, const char *key, const char *type, struct text id);
/* To a thing that this API does not serve: by identifier, not by address. */
void fhir_elsewhere_value(struct fhir *fhir, const char *type, struct text id);
void fhir_reference_elsewhere(struct fhir *fhir, const char *key, const char *type,
                              struct text id);
/* A date of the store (YYYY-MM-DD) as far as it is known: precision Y, M, D. */
void fhir_date(struct fhir *fhir, const char *key, struct text date, struct text precision);
/* A time of the store: precision Y, M, D or T (or none: T).  See FHIR_WHEN. */
void fhir_when(struct fhir *fhir, const char *key, struct text at, struct text precision);
void fhir_period(struct fhir *fhir, const char *key, struct text from, struct text to);
/* A number exactly as it is; what is no number writes nothing. */
void fhir_decimal(struct fhir *fhir, const char *key, struct text number);
/* resourceType, id and meta: every resource begins with them, and ends with the caller's
 * json_out_end_object(). */
void fhir_begin(struct fhir *fhir, const char *type, struct text id, struct text source_system,
                struct text confidentiality);

/* Appends the URI of a name of a code system or identifier system. */
void fhir_system_uri(struct strbuf *out, const char *organisation, struct text name);
/* What fhir_system_uri() made a URI of, or the text itself: for searches. */
struct text fhir_system_name(struct arena *arena, struct text uri, const char *organisation);

/* A timestamptz for fhir_when(), in SQL.  With precision Y, M or D the store holds the midnight
 * that began the day in the source's zone, which is unknown here: of all zones from UTC-11 to
 * UTC+12 that day is the one that is 12 hours later in UTC. */
#define FHIR_WHEN(at, precision)                                                               \
    "CASE WHEN " precision " IN ('Y', 'M', 'D')"                                               \
    " THEN ((" at " + interval '12 hours') AT TIME ZONE 'UTC')::date::text ELSE " at           \
    "::text END"

/* The codes of a row, in SQL: one that the release in force calls wrong (code_state, docs/store.md)
 * is served as the source's own, never as one of the standard. */
#define FHIR_CODE " CASE WHEN r.code_state = 'invalid' THEN NULL ELSE r.code END"
#define FHIR_SOURCE_CODE                                                                       \
    " coalesce(r.source_code, CASE WHEN r.code_state = 'invalid' THEN r.code END)"

#endif
