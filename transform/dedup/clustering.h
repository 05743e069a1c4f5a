/*
 * clustering.h - records into people: components, closed, then cut by average linkage.
 *
 * Road      pairs of CLOSURE_WEIGHT bits and more make components, those with a contradiction
 *           in them from one bit more on; each is cut into people by closing.h.
 * Verdicts  hold whatever the weights say (constraints.h).
 * Bounds    a component over CLOSURE_MOST records is first broken at higher weights; what still
 *           is longer stays whole, but for verdicts, and is counted.
 */
#ifndef HMS_TRANSFORM_DEDUP_CLUSTERING_H
#define HMS_TRANSFORM_DEDUP_CLUSTERING_H

#include "transform/dedup/closing.h"
#include "transform/dedup/pairing.h"

#define CLOSURE_WEIGHT 2.0

/* Whether a pair brings two records into one component, at CLOSURE_WEIGHT or more. */
static inline bool pair_joins(const struct pair *pair, double least)
{
    bool contradicts = caution_contradicts((enum caution)pair->caution);

    return (double)pair->weight >= least + (contradicts ? 1.0 : 0.0);
}

struct clustering_input {
    const struct blocking *blocking;
    const struct scorer *scorer;
    const struct pairing *pairing;
    const struct constraints *constraints; /* or NULL: nobody said anything */
};

struct clustering {
    uint32_t *person_of; /* by record: the first record of its person */
    uint8_t *certain;    /* by record: all of its person is joined by links and verdicts */
    uint32_t npeople;
    uint32_t components;
    uint64_t closed_pairs; /* scored inside components */
    uint32_t too_long;     /* components that were broken, or not closed */
    uint32_t longest;      /* records in the longest component */
};

void clustering_run(struct clustering *clustering, const struct clustering_input *input,
                    int jobs);
void clustering_release(struct clustering *clustering);

#endif
