/*
 * record_sort.h - records into the order of their ids; a radix sort of keyed numbers.
 */
#ifndef HMS_TRANSFORM_DEDUP_RECORD_SORT_H
#define HMS_TRANSFORM_DEDUP_RECORD_SORT_H

#include "transform/dedup/people.h"

struct keyed {
    uint64_t key;
    uint32_t record;
};

/* By key, then in the order given (so by record when they came so).  `spare` has room for n;
 * the result is in `items`. */
void keyed_sort(struct keyed *items, struct keyed *spare, size_t n);

/* False, and ERROR_SOURCE, when two records have one id. */
bool record_sort(struct people *people, struct error *err) MUST_CHECK;

#endif
