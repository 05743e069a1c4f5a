/*
 * compare_value.h - two different values of one kind: the level at which they agree.
 */
#ifndef HMS_TRANSFORM_DEDUP_COMPARE_VALUE_H
#define HMS_TRANSFORM_DEDUP_COMPARE_VALUE_H

#include "transform/dedup/jaro.h"
#include "transform/dedup/people.h"

/* Both are known and not equal; the order of the two does not matter. */
int compare_values(struct jaro *jaro, enum people_kind kind, const struct people_value *a,
                   const struct people_value *b);
/* Equal, or one edit apart when they are four bytes and longer. */
bool values_are_near(const struct people_value *a, const struct people_value *b);
/* A word of three letters and more that stands in both. */
bool words_share_one(struct text a, struct text b);

#endif
