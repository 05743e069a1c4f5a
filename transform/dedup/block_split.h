/*
 * block_split.h - sorted keys into blocks; a block that is too long is split by further fields,
 * and what still is too long into runs.
 */
#ifndef HMS_TRANSFORM_DEDUP_BLOCK_SPLIT_H
#define HMS_TRANSFORM_DEDUP_BLOCK_SPLIT_H

#include "transform/dedup/blocking.h"

/* One rule under work.  An item is a key, and below it a record of `record_bits` bits. */
struct block_building {
    struct blocking *blocking;
    struct block_rule *rule;
    const uint32_t *reps;
    int record_bits;
    uint64_t *items;
    uint64_t *spare;
};

/* Fills in the rule's blocks from `n` sorted items. */
void block_split(struct block_building *building, size_t n);
/* The next field that splits blocks of the rule, from `*splitter` on; -1: there is none. */
int block_splitter(const struct people_model *model, const struct block_rule *rule,
                   int *splitter);

/* Where the run of one key ends that begins at `from`. */
static inline size_t block_run_end(const struct block_building *building, size_t from, size_t n)
{
    uint64_t key = building->items[from] >> building->record_bits;
    size_t end = from + 1;

    while (end < n && building->items[end] >> building->record_bits == key) {
        end++;
    }
    return end;
}

static inline uint64_t pairs_of(uint64_t n)
{
    return n * (n - 1) / 2;
}

#endif
