/*
 * dedup_incremental.h - records added to, changed in or taken from a table that stands in memory.
 *
 * Rule      what is learned stays as it is.  A record is matched by the blocking rules of the
 *           table against all others; then only the groups that it leaves or enters are closed
 *           anew.  Nothing else moves, and for those groups the result is that of a full run with
 *           the same learned numbers (dedup_start()).  Which values are those of strangers
 *           (shared_values.h) was found when the table was read.
 * Bounds    those of blocking.h: a block that is too long is met by its further fields only.
 * Verdicts  dedup->constraints hold; of records that came later nothing was said.
 * Cost      follows the record: candidates of its blocks, and of the records of its groups.
 * Numbers   a record keeps its number; new ones get the next.  The numbers of `people` stay.
 * Lifetime  a change is valid until the next call.
 * Errors    ERROR_SOURCE: an empty id; ERROR_LIMIT: more than PEOPLE_MAX records.
 */
#ifndef HMS_TRANSFORM_DEDUP_DEDUP_INCREMENTAL_H
#define HMS_TRANSFORM_DEDUP_DEDUP_INCREMENTAL_H

#include "transform/dedup/dedup.h"

struct dedup_incremental;

struct dedup_place {
    uint32_t record;
    uint32_t person; /* the record of the person whose id comes first */
    bool certain;    /* see clustering.h */
};

struct dedup_change {
    uint32_t record;
    bool is_new;
    bool is_same; /* nothing that the model reads has changed: no pairs, no places */
    const struct pair *pairs; /* of the record (`a`) in the bands link and review, by `b` */
    size_t npairs;
    const struct dedup_place *places; /* of the groups touched, by person, then by id */
    size_t nplaces;
};

/* `dedup` is prepared; it need not be matched.  It must outlive what is made here. */
struct dedup_incremental *dedup_incremental_new(struct dedup *dedup);
void dedup_incremental_free(struct dedup_incremental *incremental);
/* Bytes that it needs beside the table and its blocks. */
uint64_t dedup_incremental_memory(const struct dedup_incremental *incremental);

/* Adds the record, or changes the one with that id.  `cells` as in people_builder.h. */
bool dedup_incremental_put(struct dedup_incremental *incremental, struct text id,
                           const struct text *cells, struct dedup_change *change,
                           struct error *err) MUST_CHECK;
/* False when there is no such record. */
bool dedup_incremental_remove(struct dedup_incremental *incremental, struct text id,
                              struct dedup_change *change);
/* The groups of these records as they are now: after a change of the table from elsewhere, or of
 * verdicts.  change->record and its pairs are not set. */
void dedup_incremental_close(struct dedup_incremental *incremental, const uint32_t *records,
                             uint32_t count, struct dedup_change *change);
/* The pairs of a record as it is now; change->places is not set. */
void dedup_incremental_pairs(struct dedup_incremental *incremental, uint32_t record,
                             struct dedup_change *change);
/* The number of a record, or -1. */
int64_t dedup_incremental_find(const struct dedup_incremental *incremental, struct text id);

#endif
