/*
 * code_exchange.h - settled local codes to files and back: SSSOM tables (transform/sssom.h),
 * which code maps are, and FHIR ConceptMaps (transform/codes/concept_map.h).
 *
 * Again     what is exported is sorted and depends on the decisions alone; exported, imported
 *           into an empty store and exported again it is the same, byte for byte.
 * Names     author_id is who put the code forward, a program ("hms:suggest") or a person;
 *           reviewer_id the others who chose it.  A row of a program or of nobody is imported
 *           as a suggestion, what people say as their decisions.
 * None      that there is no such code is sssom:NoTermFound, in a ConceptMap "unmatched".
 * Errors    "file:line: what is wrong"; an import is all or nothing.
 */
#ifndef HMS_TRANSFORM_CODE_EXCHANGE_H
#define HMS_TRANSFORM_CODE_EXCHANGE_H

#include "core/pg.h"
#include "core/strbuf.h"

/* What is known of a mapping. */
#define CODE_MAPPING_LIST(X)                                                                   \
    X(source_code)                                                                             \
    X(source_text)                                                                             \
    X(choice) /* the standard code; empty: there is none */                                    \
    X(code_label)                                                                              \
    X(code_system)                                                                             \
    X(release)                                                                                 \
    X(predicate)                                                                               \
    X(justification)                                                                           \
    X(confidence)                                                                              \
    X(author)                                                                                  \
    X(reviewers)                                                                               \
    X(decided_on)                                                                              \
    X(comment)

#define X(name) CODE_MAPPING_##name,
enum code_mapping_field { CODE_MAPPING_LIST(X) CODE_MAPPING_FIELDS };
#undef X

struct code_mapping {
    struct text at[CODE_MAPPING_FIELDS];
};

struct code_export {
    const char *organisation;
    const char *list;
    bool with_proposed; /* first suggestions for what is not settled, without a reviewer */
};

/* A row of a result whose columns are CODE_MAPPING_LIST. */
struct code_mapping code_mapping_of(const PGresult *rows, int row);

enum { CODE_EXPORT_MAX = 256 << 20 };

/* Lists of the organisation that have something to export, one a row. */
PGresult *code_export_lists(struct pg *pg, const struct code_export *wanted, struct error *err);
/* Adds the file to `out`; `*count` mappings. */
bool code_export_sssom(struct pg *pg, const struct code_export *wanted, struct strbuf *out,
                       int *count, struct error *err) MUST_CHECK;
bool code_export_fhir(struct pg *pg, const struct code_export *wanted, struct strbuf *out,
                      int *count, struct error *err) MUST_CHECK;

struct code_import {
    const char *organisation;
    const char *list;   /* NULL: the file says it */
    const char *system; /* NULL: the file or the item says it */
    const char *path;
    uint64_t nmappings;  /* read */
    uint64_t ndecisions; /* of them new */
};

/* A file that begins with '{' is a ConceptMap, any other one an SSSOM table. */
bool code_import(struct pg *pg, struct code_import *import, struct error *err) MUST_CHECK;

#endif
