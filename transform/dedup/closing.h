/*
 * closing.h - one group of records that may be one person or several, cut into people.
 *
 * Road      every pair of the group is scored, also those that no rule found; records are joined
 *           while the average weight between their parts is above 0.  Records that must be
 *           together start as one part; parts that must be apart never join (constraints.h).
 * Bounds    a group of more than CLOSURE_MOST records is not scored: its sets become one
 *           person, but for those that must be apart from the ones before them.
 * Order     depends on the order of `records`, which is that of their ids.
 */
#ifndef HMS_TRANSFORM_DEDUP_CLOSING_H
#define HMS_TRANSFORM_DEDUP_CLOSING_H

#include "transform/dedup/constraints.h"
#include "transform/dedup/scorer.h"

enum { CLOSURE_MOST = 5000 };

/* group_of[i] is the place of the first record of records[i]'s person.  `constraints` may be NULL.
 * Returns the pairs scored. */
uint64_t closing_run(const struct scorer *scorer, struct comparer *comparer,
                     const struct constraints *constraints, const uint32_t *records, uint32_t n,
                     uint32_t *group_of);

#endif
