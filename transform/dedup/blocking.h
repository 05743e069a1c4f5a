/*
 * blocking.h - which pairs are looked at: records that agree on a few things.
 *
 * Rules     are those of the model, or come from the kinds of the model's fields (docs/dedup.md lists them), tight ones
 *           first.  They are joined by OR: a pair belongs to the first rule it meets.
 * Copies    records that are alike in every field are represented by one of them, the first;
 *           only representatives stand in blocks.
 * Bounds    a block that is too long is split by further fields; what still is too long is cut
 *           into runs.  A loose rule that would cost too many pairs is left out.  Both are
 *           counted in the rule and said in the report.
 * Order     records, blocks and pairs come in an order that depends on the ids alone.
 */
#ifndef HMS_TRANSFORM_DEDUP_BLOCKING_H
#define HMS_TRANSFORM_DEDUP_BLOCKING_H

#include "transform/dedup/block_key.h"

enum { BLOCK_LONGEST = 1000 };

struct block_rule {
    struct block_part parts[BLOCK_PARTS_MAX];
    int nparts;
    bool loose;
    bool used;
    uint32_t fields; /* bits of the fields that it fixes */
    uint32_t whole;  /* records of a block that is still taken whole */
    uint32_t nblocks;
    uint32_t *records; /* of block b: records[starts[b] .. starts[b + 1]), ascending */
    uint32_t *starts;
    uint32_t *block_of;  /* by record, when a block was split: 0 in none, else block + 1 */
    uint64_t pairs;      /* in its blocks, those of earlier rules among them */
    uint32_t nsplit;     /* blocks that were too long */
    uint32_t longest;    /* records in the longest of them */
    uint64_t pairs_left; /* pairs that splitting left out */
};

struct blocking {
    const struct people *people;
    uint32_t *copy_of; /* by record: its representative, itself for one */
    uint32_t nreps;
    struct block_rule rules[BLOCK_RULES_MAX];
    int nrules;
};

void blocking_build(struct blocking *blocking, struct people *people, int jobs);
void blocking_release(struct blocking *blocking);
/* "birth date exact, family name by sound" into `out`. */
void block_rule_words(const struct blocking *blocking, const struct block_rule *rule, char *out,
                      size_t size);
/* Bytes of blocks. */
uint64_t blocking_memory(const struct blocking *blocking);

/* Whether two records that agree on the rule's parts still are in one block of it. */
static inline bool rule_keeps(const struct block_rule *rule, uint32_t a, uint32_t b)
{
    return rule->block_of == NULL ||
           (rule->block_of[a] != 0 && rule->block_of[a] == rule->block_of[b]);
}

/* Bits of the rules that have the pair. */
static inline uint32_t blocking_shared(const struct blocking *blocking, uint32_t a, uint32_t b)
{
    const uint32_t *row_a = people_row(blocking->people, a);
    const uint32_t *row_b = people_row(blocking->people, b);
    uint32_t bits = 0;

    for (int i = 0; i < blocking->nrules; i++) {
        const struct block_rule *rule = &blocking->rules[i];
        bits |= rule->used && parts_join(rule->parts, rule->nparts, row_a, row_b) &&
                        rule_keeps(rule, a, b)
                    ? UINT32_C(1) << i
                    : 0;
    }
    return bits;
}

#endif
