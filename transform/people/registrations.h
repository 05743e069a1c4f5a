/*
 * registrations.h - the registrations of an index, read from the store into a table of people.
 *
 * Road      one COPY an organisation over the view mpi.registration, the columns that the model
 *           names and no others; each organisation is read as itself (row-level security).
 * Order     by id, which is that of the table's records: registration i is record i.
 * Memory    36 bytes a registration beside the table; nothing of a row is kept.
 * Errors    ERROR_CONFIG: the model names a column that is not there, or its record is not "id".
 */
#ifndef HMS_TRANSFORM_PEOPLE_REGISTRATIONS_H
#define HMS_TRANSFORM_PEOPLE_REGISTRATIONS_H

#include "transform/dedup/people.h"
#include "transform/people/people_index.h"

struct registration {
    struct ident id;
    struct ident content; /* hash of what the model reads of it */
    int32_t org_id;
};

struct registrations {
    struct registration *at;
    uint32_t count;
    uint32_t room;
};

bool registrations_read(struct registrations *registrations, struct people *people,
                        const struct people_model *model, struct pg *pg,
                        const struct people_index *index, int jobs,
                        struct error *err) MUST_CHECK;
void registrations_release(struct registrations *registrations);
/* The record of that id, or -1. */
int64_t registrations_find(const struct registrations *registrations, struct ident id);

#endif
