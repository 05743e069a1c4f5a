/*
 * group_places.h - the groups of some records, closed anew: whose record is which person's.
 *
 * Use       count = 0 and reach_begin(), then each record, then the naming.
 * Ownership everything but `at` is the caller's.
 */
#ifndef HMS_TRANSFORM_DEDUP_GROUP_PLACES_H
#define HMS_TRANSFORM_DEDUP_GROUP_PLACES_H

#include "transform/dedup/copies.h"
#include "transform/dedup/dedup_incremental.h"
#include "transform/dedup/reach.h"

struct group_places {
    struct dedup *dedup;
    const struct changing_rows *rows;
    struct comparer *comparer;
    struct reach *reach;
    struct dedup_place *at;
    size_t count;
    size_t room;
};

/* The group of a record, unless it was reached already; that of a copy is the group of the record
 * that it follows, or it stays alone. */
void group_places_add(struct group_places *places, uint32_t record);
/* A person is named by its first id, which may be a copy's; places are sorted by person and id. */
void group_places_name(struct group_places *places);
/* What a record and those alike in every field say of each other. */
struct copy_weight group_places_weigh(const struct group_places *places, uint32_t record);
void group_places_release(struct group_places *places);

#endif
