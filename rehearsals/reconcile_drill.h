/*
 * reconcile_drill.h - from buckets that differ to rows, and from rows to fields.
 *
 * Shape     buckets are taken in groups of at most RECONCILE_DRILL_BYTES_MAX bytes of rows a
 *           side (or one bucket, if that is larger); of each group both sides are fetched by id
 *           range, sorted by id and compared as bytes; pairs that differ are compared field by
 *           field.
 * Repeats   several rows of one id: equal ones cancel out, the others are paired as they come.
 */
#ifndef HMS_REHEARSALS_RECONCILE_DRILL_H
#define HMS_REHEARSALS_RECONCILE_DRILL_H

#include "rehearsals/reconcile_pass.h"

struct drill {
    struct pg *pg; /* in the snapshot */
    const char *const *stage_files;
    size_t nstage_files;
    const char *organisation;
    struct decisions *decisions;
    struct bucket_range range; /* of the pass */
    uint32_t show;
    bool values;
};

/* Adds what differs to `result` and names the first rows in `recon`.  `*repeats` counts the
 * expected rows whose id came before. */
bool drill_entity(const struct drill *drill, const struct pass_entity *work,
                  struct reconcile_entity *result, struct reconciliation *recon,
                  uint64_t *repeats, struct error *err) MUST_CHECK;

#endif
