/*
 * people_run.h - one run of dedup over an index of the store: read, match, write.
 *
 * Shape     one transaction: people_run_open() begins it and takes the index's lock,
 *           people_run_end() ends it.  A run that fails leaves the store as it was.
 * Steps     open (registrations, people of before, verdicts), then people_match() for all of
 *           the index or people_match_delta() for what changed since the last run, then
 *           people_write().
 * Verdicts  hold.  Contradictions are in `constraints` and in mpi.contradiction.
 * Memory    see docs/benchmarks.md; nothing of a registration is kept but what is compared.
 * Errors    those of people_index.h, registrations.h, and ERROR_STORE.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_RUN_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_RUN_H

#include "transform/dedup/dedup.h"
#include "transform/people/people_before.h"
#include "transform/people/store_model.h"
#include "transform/people/verdicts.h"

/* Which registrations may have another person now, and which sets they make. */
struct division {
    uint32_t *records; /* ascending */
    uint32_t *set_of;  /* by place in `records`: a place that names its set */
    uint8_t *certain;  /* by place */
    uint32_t n;
};

struct people_run {
    struct pg *pg;
    struct people_index index;
    struct people_model model;
    char checksum[MODEL_CHECKSUM_SIZE];
    struct registrations records;
    struct people_before before;
    struct verdicts verdicts;
    struct constraints constraints;
    struct people people; /* until matching takes it over */
    struct dedup dedup;
    int jobs;

    struct division division;
    struct person_ids ids; /* by place in the division that names a set */
    struct pair *pairs;    /* of the bands link and review that are new or all, a < b */
    size_t npairs;
    uint64_t npairs_scored;
    uint32_t *changed; /* of a delta: records whose pairs are given anew, ascending */
    uint32_t nchanged;
    uint32_t nnew, ngone; /* registrations that came, that went */
    bool is_delta;
    int64_t run_id; /* after people_write() */
};

struct people_request {
    const char *org; /* one of these two */
    const char *index;
    const char *model; /* a file, or NULL for the program's own */
    int jobs;
};

bool people_run_open(struct people_run *run, struct pg *pg,
                     const struct people_request *request, struct error *err) MUST_CHECK;
/* Matches everybody with everybody. */
void people_match(struct people_run *run);
/* Ids and events for the division; what people_write() writes. */
void people_run_decide(struct people_run *run);
/* Commits, or takes everything back. */
bool people_run_end(struct people_run *run, bool keep, struct error *err) MUST_CHECK;
void people_run_release(struct people_run *run);

#endif
