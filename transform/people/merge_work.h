/*
 * merge_work.h - brings people in the store up to date with the merges in force.
 *
 * Shape     the people that merges tie to some registrations are read, worked out by
 *           merge_replay.h and written back, all in the caller's transaction and under the
 *           index's lock.
 * Errors    ERROR_LIMIT for more than MERGE_REGISTRATIONS_MAX registrations; ERROR_STORE.
 */
#ifndef HMS_TRANSFORM_PEOPLE_MERGE_WORK_H
#define HMS_TRANSFORM_PEOPLE_MERGE_WORK_H

#include "core/pg.h"
#include "transform/people/merge_replay.h"

struct merge_work {
    char *ids; /* the registrations, as a PostgreSQL array */
    struct merge_component component;
    struct merge_line *lines;
    struct merge_link *links;
};

/* The registrations tied to `seeds`, a PostgreSQL array, by membership and merges in force. */
bool merge_work_open(struct merge_work *work, struct pg *pg, const char *seeds,
                     struct error *err) MUST_CHECK;
/* Works out who is one person by the merges that are in force now, and writes it. */
bool merge_work_write(struct merge_work *work, struct pg *pg, const char *run,
                      struct error *err) MUST_CHECK;
/* NULL: not among them. */
const struct merge_registration *merge_work_find(const struct merge_work *work, const char *id);
void merge_work_release(struct merge_work *work);

#endif
