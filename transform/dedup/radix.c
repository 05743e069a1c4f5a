#include "transform/dedup/radix.h"

#include <string.h>

enum { DIGIT_MOST = 11, DIGIT_FEW = 8, FEW = 4096, RADIX = 1 << DIGIT_MOST };

/* Counts into places. */
static void add_up(uint32_t *counts, uint32_t radix)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < radix; i++) {
        uint32_t count = counts[i];
        counts[i] = at;
        at += count;
    }
}

void packed_sort(uint64_t *items, uint64_t *spare, size_t n, int low, int high)
{
    int most = n < FEW ? DIGIT_FEW : DIGIT_MOST;
    int passes = (high - low + most - 1) / most;
    uint64_t *from = items;
    uint64_t *to = spare;
    uint32_t counts[RADIX];

    for (int pass = 0; pass < passes && n > 1; pass++) {
        int digit = (high - low + passes - pass - 1) / (passes - pass);
        uint64_t mask = (UINT64_C(1) << digit) - 1;
        uint64_t *swap = from;
        memset(counts, 0, sizeof(counts[0]) << digit);
        for (size_t i = 0; i < n; i++) {
            counts[from[i] >> low & mask]++;
        }
        if (counts[from[0] >> low & mask] == n) {
            low += digit; /* all alike here */
            continue;
        }
        add_up(counts, UINT32_C(1) << digit);
        for (size_t i = 0; i < n; i++) {
            to[counts[from[i] >> low & mask]++] = from[i];
        }
        low += digit;
        from = to;
        to = swap;
    }
    if (from != items) {
        memcpy(items, from, n * sizeof(*items));
    }
}

void keyed_sort(struct keyed *items, struct keyed *spare, size_t n)
{
    struct keyed *from = items;
    struct keyed *to = spare;
    uint64_t all = 0;
    uint32_t counts[RADIX];

    for (size_t i = 1; i < n; i++) {
        all |= items[i].key ^ items[0].key;
    }
    for (int low = 0; low < 64; low += DIGIT_MOST) {
        struct keyed *swap = from;
        if ((all >> low & (RADIX - 1)) == 0) {
            continue; /* all alike here */
        }
        memset(counts, 0, sizeof(counts));
        for (size_t i = 0; i < n; i++) {
            counts[from[i].key >> low & (RADIX - 1)]++;
        }
        add_up(counts, RADIX);
        for (size_t i = 0; i < n; i++) {
            to[counts[from[i].key >> low & (RADIX - 1)]++] = from[i];
        }
        from = to;
        to = swap;
    }
    if (from != items) {
        memcpy(items, from, n * sizeof(*items));
    }
}
