/*
 * linkage.h - agglomeration by average linkage, cut at 0.
 *
 * Source    nearest-neighbour chains: F. Murtagh, "A survey of recent advances in hierarchical
 *           clustering algorithms", 1983; n² steps and n² floats.
 * Items     may stand for several records: sizes[i] of them, 1 unless the caller sets it.
 * Never     a weight of LINKAGE_NEVER keeps two items, and whatever joins them, apart.
 * Result    group_of[i] is the lowest member of i's group.
 */
#ifndef HMS_TRANSFORM_DEDUP_LINKAGE_H
#define HMS_TRANSFORM_DEDUP_LINKAGE_H

#include <math.h>
#include <stdint.h>

#define LINKAGE_NEVER (-INFINITY)

struct linkage {
    uint32_t n;
    uint32_t *sizes; /* used up by linkage_run() */
    float *weights;  /* n x n, symmetric */
    uint32_t *group_of;
};

void linkage_init(struct linkage *linkage, uint32_t n);
void linkage_set(struct linkage *linkage, uint32_t i, uint32_t k, float weight);
void linkage_run(struct linkage *linkage);
void linkage_release(struct linkage *linkage);

#endif
