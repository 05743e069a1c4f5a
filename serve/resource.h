/*
 * resource.h - one kind of FHIR resource: how it is asked for and how it is written.
 *
 * To add one: write serve/fhir_NAME.c with `const struct resource resource_NAME`, and its lines
 * in route.c; reading, searching, paging, totals and the CapabilityStatement follow from them.
 *
 * Statements `r` is the resource's row.  `select` is "SELECT id, source_system, row_hash, ...":
 *           every column text or text[][] (see row.h), the first three these.
 */
#ifndef HMS_SERVE_RESOURCE_H
#define HMS_SERVE_RESOURCE_H

#include "serve/fhir.h"
#include "serve/row.h"
#include "serve/search.h"
#include "serve/statement.h"

enum { COLUMN_ID, COLUMN_SOURCE_SYSTEM, COLUMN_ROW_HASH, COLUMN_OWN };

struct resource {
    const char *type;
    const char *select;
    const char *from; /* "hms.patient" */
    const char *read; /* the whole statement: $1 is the id */
    const char *time; /* expression that searches order by, newest first; NULL: by id only */
    const char
        *patient; /* column; searches must name a patient or an _id.  NULL: they need not */
    const struct search_param *params;
    /* Adds " AND ..." for what was asked, but _id and patient. */
    void (*narrow)(const struct search *search, const char *organisation,
                   struct statement *statement);
    void (*write)(struct fhir *fhir, struct row row);
};

/* The statement that reads one by id. */
#define RESOURCE_READ(select, from)                                                            \
    select " FROM " from " r WHERE r.org_id = {org} AND r.id = $1::uuid"

extern const struct resource resource_patient;
extern const struct resource resource_encounter;
extern const struct resource resource_observation;

/* Changes when anything of the row, its children or this program's version does. */
void resource_version(struct row row, char out[33]);

#endif
