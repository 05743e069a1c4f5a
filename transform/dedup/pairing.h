/*
 * pairing.h - every pair of the rules, scored by all threads; those worth keeping are kept.
 *
 * Order     pairs are sorted by records, a < b, whatever thread found them.
 * Tail      pairs under the weight of review are only counted, by whole bits of weight.
 */
#ifndef HMS_TRANSFORM_DEDUP_PAIRING_H
#define HMS_TRANSFORM_DEDUP_PAIRING_H

#include "transform/dedup/scorer.h"

enum { WEIGHT_LEAST = -60, WEIGHT_MOST = 60, WEIGHT_BINS = WEIGHT_MOST - WEIGHT_LEAST + 1 };

struct pair {
    uint32_t a;
    uint32_t b;
    float weight;
    uint8_t caution;
    uint8_t band;
};

/* By a, then by b; for qsort(). */
int pair_order(const void *left, const void *right);

struct pairing {
    struct pair *pairs;
    size_t npairs;
    uint64_t scored;
    int64_t scoring_us;         /* CPU time of comparing and weighing, all threads together */
    uint64_t bins[WEIGHT_BINS]; /* of all scored pairs: from WEIGHT_LEAST bits on */
};

void pairing_run(struct pairing *pairing, const struct blocking *blocking,
                 const struct scorer *scorer, int jobs);
/* Adds what is alike in every field but too little to be joined unseen: each such record with the
 * one that represents it. */
void pairing_add_copies(struct pairing *pairing, const struct blocking *blocking,
                        const struct scorer *scorer);
void pairing_release(struct pairing *pairing);

#endif
