/*
 * build.h - a filled leaf made ready to be attached: key, references, indexes, statistics.
 *
 * Repeats   rows whose key comes twice are sorted out first, as the maps say
 *           (mig.take_repeats); which they may be was seen while they were copied
 *           (repeat_watch.h).
 * Orphans   a reference cannot be validated when a row points at nothing: then those rows are
 * taken out or their column is emptied (mig.take_orphans), and it is validated again.  Parents
 *           are built before children, so an orphan's own children are orphans in their turn.
 * Locks     each statement is a transaction: adding a reference locks the parent's table, which
 *           other workers want too.
 */
#ifndef HMS_LOAD_BUILD_H
#define HMS_LOAD_BUILD_H

#include "load/load_plan.h"
#include "load/run.h"

bool build_leaf(struct pg *pg, const struct load_plan *plan, const struct run *run, int entity,
                int lane, struct error *err) MUST_CHECK;

#endif
