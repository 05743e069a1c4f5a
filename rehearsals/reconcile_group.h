/*
 * reconcile_group.h - some buckets of one entity, fetched from both sides.
 *
 * Order     hashes of the store, then the source's rows that meet none of them, then the store's
 *           rows that were met by none.
 * Overflow  a fetch that returns false and sets `overflow`, but no error, found too many rows.
 */
#ifndef HMS_REHEARSALS_RECONCILE_GROUP_H
#define HMS_REHEARSALS_RECONCILE_GROUP_H

#include "rehearsals/reconcile_drill.h"

enum { GROUP_ID_BYTES = 16 };

/* The rows of one side that differ, as bytes in the arena. */
struct group_side {
    struct text *rows;
    size_t count;
    size_t size;
    struct arena arena;
};

/* A row of the store, by its hash. */
struct group_entry {
    uint8_t id[GROUP_ID_BYTES];
    struct digest128 digest;
    bool matched; /* the source has this very row */
    bool met;     /* the source has the id; on the first entry of an id */
};

struct group {
    const struct drill *drill;
    const struct entity *entity;
    uint16_t number;
    bool wanted[FINGERPRINT_BUCKETS];
    struct bucket_range range; /* from the first wanted to behind the last */
    uint32_t nbuckets;
    struct group_entry *entries; /* sorted by id and digest */
    size_t nentries;
    size_t entries_size;
    struct group_side source;
    struct group_side store;
    uint64_t repeats; /* source rows whose id came before */
    bool overflow;    /* too many rows differ: try with fewer buckets */
};

bool group_fetch_hashes(struct group *group, struct error *err) MUST_CHECK;
bool group_fetch_source(struct group *group, struct error *err) MUST_CHECK;
bool group_fetch_store(struct group *group, struct error *err) MUST_CHECK;
/* The first entry of an id, or NULL. */
struct group_entry *group_entry_of(const struct group *group, const uint8_t *id);
void group_side_release(struct group_side *side);

static inline const uint8_t *group_row_id(struct text row)
{
    return (const uint8_t *)row.at + 6; /* count word, length word */
}

#endif
