/*
 * compare_name.h - two different names: the level at which they agree.
 *
 * Words     names of several words agree word by word: all words of the shorter one in the other
 *           is agreement (Garcia, Garcia Lopez); a word on each side that the other lacks is not
 *           (Maria Isabel, Maria Teresa), however many they share.
 */
#ifndef HMS_TRANSFORM_DEDUP_COMPARE_NAME_H
#define HMS_TRANSFORM_DEDUP_COMPARE_NAME_H

#include "transform/dedup/compare_value.h"

int compare_names(struct jaro *jaro, const struct side *a, const struct side *b);

#endif
