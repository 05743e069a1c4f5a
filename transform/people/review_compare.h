/*
 * review_compare.h - how two values of one kind agree, as dedup sees it, and what that weighs.
 *
 * Level     those of transform/dedup/level.h.
 * Weight    log2(m / u) of the level in bits: of what the last run of dedup learned, else of what
 *           level.h expects before any data.  Without the part for rare values, which only a run
 *           over all registrations knows.
 */
#ifndef HMS_TRANSFORM_PEOPLE_REVIEW_COMPARE_H
#define HMS_TRANSFORM_PEOPLE_REVIEW_COMPARE_H

#include "transform/dedup/jaro.h"
#include "transform/dedup/level.h"
#include "transform/dedup/value_form.h"

struct review_comparer {
    struct value_former former;
    struct jaro jaro;
    double weights[PEOPLE_KIND_COUNT][LEVELS_MAX];
};

/* learned: text as transform/dedup/learned_file.h has it, or empty; lines that mean nothing here
 * are passed over. */
void review_comparer_init(struct review_comparer *comparer, struct text learned);
void review_comparer_release(struct review_comparer *comparer);

/* LEVEL_MISSING when one of them says nothing. */
int review_compare(struct review_comparer *comparer, enum people_kind kind, struct text a,
                   struct text b);

#endif
