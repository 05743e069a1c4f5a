/*
 * random_levels.h - how random pairs of records agree.
 *
 * Exact     shares of exact levels are counted over all pairs; those of the others are sampled.
 * Crowds    a table of one person, or of few with very many records, has no random pairs of two
 *           people to learn from.  When more than ONE_PERSON_LEAST of the pairs agree on more than
 *           strangers ever do (ONE_PERSON_BITS by the expectations of level.h), each pair counts
 *           as far as it is likely to be of two people.
 */
#ifndef HMS_TRANSFORM_DEDUP_RANDOM_LEVELS_H
#define HMS_TRANSFORM_DEDUP_RANDOM_LEVELS_H

#include "transform/dedup/blocking.h"
#include "transform/dedup/level.h"

#define ONE_PERSON_LEAST 0.02
#define ONE_PERSON_BITS  40.0

struct random_levels {
    double counts[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    uint64_t pairs;
    double one_person; /* share of pairs that are one person, when it was looked at, else 0 */
};

void random_levels_count(struct random_levels *random, const struct blocking *blocking,
                         int jobs);

#endif
