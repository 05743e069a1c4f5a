/*
 * record_sort.h - records into the order of their ids.
 */
#ifndef HMS_TRANSFORM_DEDUP_RECORD_SORT_H
#define HMS_TRANSFORM_DEDUP_RECORD_SORT_H

#include "transform/dedup/people.h"

/* False, and ERROR_SOURCE, when two records have one id. */
bool record_sort(struct people *people, struct error *err) MUST_CHECK;

#endif
