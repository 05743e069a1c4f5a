/*
 * blocking.h - which pairs are looked at: records that agree on a few things.
 *
 * Rules     come from the kinds of the model's fields (docs/dedup.md lists them), tight ones
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

#include "transform/dedup/people.h"

enum { BLOCK_RULES_MAX = 24, BLOCK_PARTS_MAX = 3, BLOCK_LONGEST = 1000 };

enum block_how { BLOCK_EXACT, BLOCK_SOUND, BLOCK_INITIAL, BLOCK_YEAR, BLOCK_ANY_ORDER };

struct block_part {
    int field;
    int other; /* of BLOCK_ANY_ORDER: the second field */
    enum block_how how;
};

struct block_rule {
    struct block_part parts[BLOCK_PARTS_MAX];
    int nparts;
    bool loose;
    bool used;
    uint32_t fields; /* bits of the fields that it fixes */
    uint32_t nblocks;
    uint32_t *records; /* of block b: records[starts[b] .. starts[b + 1]) */
    uint32_t *starts;
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
    uint32_t *block_of; /* [record * nrules + rule]: 0 in none, else block + 1 */
};

void blocking_build(struct blocking *blocking, struct people *people, int jobs);
void blocking_release(struct blocking *blocking);
/* "birth date exact, family name by sound" into `out`. */
void block_rule_words(const struct blocking *blocking, const struct block_rule *rule, char *out,
                      size_t size);

static inline const uint32_t *blocking_row(const struct blocking *blocking, uint32_t record)
{
    return blocking->block_of + (size_t)record * (size_t)blocking->nrules;
}

/* Bits of the used rules whose block both records share. */
static inline uint32_t blocking_shared(const struct blocking *blocking, uint32_t a, uint32_t b)
{
    const uint32_t *of_a = blocking_row(blocking, a);
    const uint32_t *of_b = blocking_row(blocking, b);
    uint32_t bits = 0;

    for (int i = 0; i < blocking->nrules; i++) {
        bits |= of_a[i] != 0 && of_a[i] == of_b[i] ? UINT32_C(1) << i : 0;
    }
    return bits;
}

/* Whether no rule before `rule` has the pair. */
static inline bool blocking_is_first(const struct blocking *blocking, int rule, uint32_t a,
                                     uint32_t b)
{
    const uint32_t *of_a = blocking_row(blocking, a);
    const uint32_t *of_b = blocking_row(blocking, b);

    for (int i = 0; i < rule; i++) {
        if (of_a[i] != 0 && of_a[i] == of_b[i]) {
            return false;
        }
    }
    return true;
}

#endif
