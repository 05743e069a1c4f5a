/*
 * radix.h - stable sorts of numbers by some of their bits.
 */
#ifndef HMS_TRANSFORM_DEDUP_RADIX_H
#define HMS_TRANSFORM_DEDUP_RADIX_H

#include "core/text.h"

struct keyed {
    uint64_t key;
    uint32_t record;
};

/* Both: `spare` has room for n, the result is in `items`. */
void keyed_sort(struct keyed *items, struct keyed *spare, size_t n);
/* By the bits from `low` up to `high`, `high` not included. */
void packed_sort(uint64_t *items, uint64_t *spare, size_t n, int low, int high);

/* Bits that numbers below `count` take. */
static inline int bits_below(uint64_t count)
{
    return count <= 1 ? 0 : 64 - __builtin_clzll(count - 1);
}

#endif
