/*
 * pair_walk.h - the pairs of a rule's blocks that no rule before it has, some hundred at a time.
 *
 * Use       init, then for each rule pair_walk_rule() and its blocks, pair_walk_end().
 * Order     that of the blocks; `take` is called when WALK_PAIRS are found, and at the end.
 * Threads   a walk belongs to one thread.
 */
#ifndef HMS_TRANSFORM_DEDUP_PAIR_WALK_H
#define HMS_TRANSFORM_DEDUP_PAIR_WALK_H

#include "transform/dedup/blocking.h"
#include "transform/dedup/compare.h"

enum { WALK_PAIRS = 256 };

/* A code of rows (block_key.h), in place. */
struct walk_code {
    int word;
    uint32_t mask;
};

/* A rule as bits of codes that must agree. */
struct walk_rule {
    const struct block_rule *rule;
    uint64_t need;
    const struct block_part *crossed; /* a part in any order, which may also agree crosswise */
    uint64_t crossed_bits;
};

enum { WALK_CODES = 64 }; /* four ways to look at each of PEOPLE_FIELDS_MAX fields */

_Static_assert(WALK_CODES >= 4 * PEOPLE_FIELDS_MAX, "a code is a bit of 64");

struct pair_walk {
    const struct blocking *blocking;
    void (*take)(void *context, const struct record_pair *pairs, uint32_t n);
    void *context;
    int rule;
    struct walk_rule rules[BLOCK_RULES_MAX]; /* those in use before it, then itself */
    int nrules;
    struct walk_code codes[WALK_CODES];
    int ncodes;
    struct record_pair pairs[WALK_PAIRS];
    uint32_t npairs;
};

void pair_walk_init(struct pair_walk *walk, const struct blocking *blocking,
                    void (*take)(void *context, const struct record_pair *pairs, uint32_t n),
                    void *context);
void pair_walk_rule(struct pair_walk *walk, int rule);
/* Blocks `from` up to `to`, `to` not included. */
void pair_walk_blocks(struct pair_walk *walk, uint32_t from, uint32_t to);
void pair_walk_end(struct pair_walk *walk);

#endif
