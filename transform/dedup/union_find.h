/*
 * union_find.h - disjoint sets of the numbers 0 .. n - 1; the lowest member names its set.
 *
 * Shape     sets[i] is a member below i, or i itself when i names its set.
 * Source    R. Tarjan, "Efficiency of a good but not linear set union algorithm", 1975; paths are
 *           halved on the way.
 */
#ifndef HMS_TRANSFORM_DEDUP_UNION_FIND_H
#define HMS_TRANSFORM_DEDUP_UNION_FIND_H

#include <stdint.h>

/* n sets of one; free() them. */
uint32_t *union_find_new(uint32_t n);

static inline uint32_t union_find_root(uint32_t *sets, uint32_t at)
{
    while (sets[at] != at) {
        sets[at] = sets[sets[at]];
        at = sets[at];
    }
    return at;
}

static inline void union_find_join(uint32_t *sets, uint32_t a, uint32_t b)
{
    a = union_find_root(sets, a);
    b = union_find_root(sets, b);
    if (a < b) {
        sets[b] = a;
    } else {
        sets[a] = b;
    }
}

#endif
