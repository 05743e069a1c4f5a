/*
 * compare_date.h - the level at which two different days agree.
 *
 * Day       eight digits of four bits, year first, as row_facts.h has it.
 */
#ifndef HMS_TRANSFORM_DEDUP_COMPARE_DATE_H
#define HMS_TRANSFORM_DEDUP_COMPARE_DATE_H

#include "transform/dedup/level.h"

/* Two neighbours changed about: they hold the same two digits.  `differ` has the lowest bit of
 * each digit that differs. */
static inline bool neighbours_swapped(uint32_t a, uint32_t b, uint32_t differ)
{
    int low = __builtin_ctz(differ);
    uint32_t of_a = a >> low & 0xFF;
    uint32_t of_b = b >> low & 0xFF;

    return differ >> low == 0x11 && of_a >> 4 == (of_b & 15) && of_b >> 4 == (of_a & 15);
}

static inline int compare_dates(uint32_t a, uint32_t b)
{
    uint32_t bits = a ^ b;
    bool year = bits >> 16 == 0;
    int parts = (year ? 1 : 0) + ((bits & 0xFF00) == 0 ? 1 : 0) + ((bits & 0xFF) == 0 ? 1 : 0);
    uint32_t differ = (bits | bits >> 1 | bits >> 2 | bits >> 3) & UINT32_C(0x11111111);
    int digits = __builtin_popcount(differ);

    if (year && (a >> 8 & 0xFF) == (b & 0xFF) && (b >> 8 & 0xFF) == (a & 0xFF)) {
        return DATE_SWAPPED;
    }
    if (digits == 1 || (digits == 2 && neighbours_swapped(a, b, differ))) {
        return DATE_DIGIT;
    }
    if (year && ((a & 0xFFFF) == 0x0101 || (b & 0xFFFF) == 0x0101)) {
        return DATE_JANUARY;
    }
    if (parts == 2 || digits <= 2) {
        return DATE_NEAR;
    }
    return year ? DATE_YEAR : DATE_DIFFERS;
}

#endif
