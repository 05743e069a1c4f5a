/*
 * copy.h - one leaf filled from the files of a stage: made, copied and entered into the ledger
 * in one transaction.
 */
#ifndef HMS_LOAD_COPY_H
#define HMS_LOAD_COPY_H

#include "load/load_plan.h"
#include "load/segments.h"

/* SELECT mig.leaf_create(...) inside the caller's transaction. */
bool copy_create_leaf(struct pg *pg, const struct load_plan *plan, int entity, int lane,
                      struct error *err) MUST_CHECK;
/* `*rows` grows as rows go over, for progress. */
bool copy_leaf(struct pg *pg, const struct load_plan *plan, int entity, int lane,
               volatile uint64_t *rows, struct error *err) MUST_CHECK;

#endif
