/*
 * copies.h - records that are alike in every field, each represented by the first of them.
 */
#ifndef HMS_TRANSFORM_DEDUP_COPIES_H
#define HMS_TRANSFORM_DEDUP_COPIES_H

#include "transform/dedup/people.h"

/* Representatives in ascending order; the caller frees them and `*copy_of`.  Values of other
 * copies are no longer counted. */
uint32_t *copies_find(struct people *people, uint32_t **copy_of, uint32_t *nreps);
/* By representative: records that are alike, itself among them.  The caller frees it. */
uint32_t *copies_count(const uint32_t *copy_of, uint32_t n);

#endif
