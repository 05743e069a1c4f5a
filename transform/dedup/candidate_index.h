/*
 * candidate_index.h - who must be compared with a record: the blocks of a table, to be looked up.
 *
 * Shape     of each used rule the records in the order of their keys, in blocks that are too long
 *           by the splitting fields below them; what came later hangs in chains by key.
 * Rows      a record whose row changes is first given to candidate_index_leave(), then to
 *           candidate_index_enter(): its old place stays, and is passed over.
 * Bounds    of a block that is too long at most as many as one taken whole, see blocking.h.
 * Memory    4 bytes for each record and rule, 4 for each record.
 */
#ifndef HMS_TRANSFORM_DEDUP_CANDIDATE_INDEX_H
#define HMS_TRANSFORM_DEDUP_CANDIDATE_INDEX_H

#include "transform/dedup/blocking.h"

struct later_entry {
    uint64_t key;
    uint32_t record;
    uint32_t next; /* entry + 1; 0 ends the chain */
};

struct rule_index {
    uint32_t *records; /* by key */
    uint32_t count;
    uint32_t *heads; /* of chains, by hash of the key: entry + 1 */
    uint32_t nheads;
    struct later_entry *later;
    uint32_t nlater;
    uint32_t room;
};

/* The row that a record had when the index was built. */
struct old_row {
    uint32_t record;
    uint32_t *row; /* NULL: free */
};

struct candidate_index {
    struct blocking *blocking;
    const struct people *people;
    struct rule_index rules[BLOCK_RULES_MAX];
    struct old_row *old;
    uint32_t nold;
    uint32_t old_slots;
    uint32_t *marks; /* by record: the last search that found it */
    uint32_t marks_room;
    uint32_t search;
    uint32_t *found;
    uint32_t found_room;
    uint32_t nfound;
};

void candidate_index_build(struct candidate_index *index, struct blocking *blocking);
void candidate_index_release(struct candidate_index *index);
uint64_t candidate_index_memory(const struct candidate_index *index);

/* Call before its row changes. */
void candidate_index_leave(struct candidate_index *index, uint32_t record);
/* Whether its place in the index is that of an earlier row. */
bool candidate_index_has_left(const struct candidate_index *index, uint32_t record);
void candidate_index_enter(struct candidate_index *index, uint32_t record);
/* The row by which a record stands where it stands. */
const uint32_t *candidate_index_row(const struct candidate_index *index, uint32_t record);

/* What a search marks and finds has room; done by the others. */
void candidate_index_make_room(struct candidate_index *index);
/* The chain of a key. */
static inline uint32_t later_head(const struct rule_index *rule, uint64_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (rule->nheads - 1);
}

/* Records that share a block with the row, each once, into index->found; `record` itself is not
 * among them, those who left may be. */
void candidate_index_find(struct candidate_index *index, uint32_t record, const uint32_t *row);

#endif
