/*
 * verdicts.h - what stewards said of pairs of registrations: read for a run, and carried from one
 * store to another.
 *
 * Key       organisation, source system, key in the source: a verdict is about two of these and
 *           outlives every run and every load.  One whose registration is not in the store now is
 *           dormant: it stays, and holds again when the registration is back.
 * File      CSV, one line a verdict, with a header:
 *               a_organisation,a_system,a_key,b_organisation,b_system,b_key,answer,origin,by,at,why,
 *               withdrawn_by,withdrawn_at
 *           answer is same or different; at is in UTC with microseconds; withdrawn verdicts are
 *           in it, too.  What is exported and imported again is the same, line for line.  Keys of
 *           registrations are patient data: the file has mode 0600.
 * Import    a line that is there already is counted and left alone; one that says the opposite of
 *           a verdict in force is a conflict, and nothing is imported.
 * Errors    ERROR_SOURCE with the line for a file that is none; ERROR_STORE.
 * Limits    VERDICTS_MAX.
 */
#ifndef HMS_TRANSFORM_PEOPLE_VERDICTS_H
#define HMS_TRANSFORM_PEOPLE_VERDICTS_H

#include "transform/dedup/constraints.h"
#include "transform/people/registrations.h"

struct verdicts {
    struct verdict_pair *pairs; /* of records; the verdict is its number in the store */
    size_t npairs;
    uint64_t dormant;
};

/* Those in force between registrations of the index. */
bool verdicts_read(struct verdicts *verdicts, struct pg *pg, const struct people_index *index,
                   const struct registrations *records, struct error *err) MUST_CHECK;
void verdicts_release(struct verdicts *verdicts);

struct verdict_import {
    uint64_t added;
    uint64_t there;
};

bool verdicts_export(struct pg *pg, const char *path, uint64_t *count,
                     struct error *err) MUST_CHECK;
bool verdicts_import(struct pg *pg, const char *path, struct verdict_import *done,
                     struct error *err) MUST_CHECK;

/* Verdicts on records of CSV tables: record_a,record_b,answer with a header. */
bool verdicts_read_csv(struct verdicts *verdicts, const struct people *people, const char *path,
                       struct error *err) MUST_CHECK;

#endif
