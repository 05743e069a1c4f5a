/*
 * record_sort.h - records into the order of their ids; rows get the width that they have from then
 * on, and their facts (row_facts.h).
 */
#ifndef HMS_TRANSFORM_DEDUP_RECORD_SORT_H
#define HMS_TRANSFORM_DEDUP_RECORD_SORT_H

#include "transform/dedup/people.h"

/* False, and ERROR_SOURCE, when two records have one id. */
bool record_sort(struct people *people, int jobs, struct error *err) MUST_CHECK;

#endif
