/*
 * jaro.h - Jaro-Winkler similarity and one-edit tests of short texts, by bits.
 *
 * Source    W. Winkler, "String comparator metrics", 1990; prefix scale 0.1, at most four.
 * Limits    JARO_MAX bytes of each text are looked at; the rest counts for nothing.
 * Threads   a `struct jaro` belongs to one thread; zeroed before first use, zero between calls.
 */
#ifndef HMS_TRANSFORM_DEDUP_JARO_H
#define HMS_TRANSFORM_DEDUP_JARO_H

#include "core/text.h"

enum { JARO_MAX = 64 };

struct jaro {
    uint64_t places[256]; /* where in the second text a byte stands */
};

/* 0 to 1; 1 only for equal texts of JARO_MAX bytes and less.  The same for (b, a). */
double jaro_winkler(struct jaro *jaro, struct text a, struct text b);
/* An upper bound from the two bags (letter_bag). */
double jaro_winkler_bound(uint64_t bag_a, struct text a, uint64_t bag_b, struct text b);
/* One byte put in, left out or changed, or two neighbours changed about; not equal. */
bool text_one_edit(struct text a, struct text b);

#endif
