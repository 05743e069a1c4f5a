/*
 * clustering.h - records into people: components, closed, then cut by average linkage.
 *
 * Road      pairs of CLOSURE_WEIGHT bits and more make components; within one every pair is
 *           scored, also those that no rule found; clusters are joined while the average weight
 *           between them is above 0.
 * Bounds    a component over CLOSURE_MOST records is first broken at higher weights; what still
 *           is longer stays whole and is counted.
 */
#ifndef HMS_TRANSFORM_DEDUP_CLUSTERING_H
#define HMS_TRANSFORM_DEDUP_CLUSTERING_H

#include "transform/dedup/pairing.h"

enum { CLOSURE_MOST = 5000 };

struct clustering {
    uint32_t *person_of; /* by record: the first record of its person */
    uint8_t *certain;    /* by record: all of its person is joined by pairs of the link band */
    uint32_t npeople;
    uint32_t components;
    uint64_t closed_pairs; /* scored inside components */
    uint32_t too_long;     /* components that were broken, or not closed */
    uint32_t longest;      /* records in the longest component */
};

void clustering_run(struct clustering *clustering, const struct blocking *blocking,
                    const struct scorer *scorer, const struct pairing *pairing, int jobs);
void clustering_release(struct clustering *clustering);

#endif
