/*
 * reconcile_drill.h - from buckets that differ to rows, and from rows to fields.
 *
 * Shape     buckets that differ are taken in groups.  Of a group the store's rows are fetched by
 *           id range and kept as hashes; the stage streams past them, and only source rows that
 *           meet no equal hash are kept; then the store's rows that nothing met are fetched by
 *           id, and pairs are compared field by field.
 * Memory    at most RECONCILE_DRILL_BYTES_MAX of hashes, and of rows a side: when more rows
 *           differ, the group is tried again with half of its buckets; one bucket always fits.
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
