/*
 * block_key.h - what a record says to a rule: the codes of its parts, and their key.
 *
 * Code      bits of a word of the row (row_facts.h): the value itself, its sound, its initial or
 *           its year; 0: it says nothing.  Equal codes agree.
 * Key       the codes of the parts as digits of one number, so that different codes never share
 *           a key unless the number is longer than 64 bits; 0: in no block of the rule.
 */
#ifndef HMS_TRANSFORM_DEDUP_BLOCK_KEY_H
#define HMS_TRANSFORM_DEDUP_BLOCK_KEY_H

#include "transform/dedup/people.h"

/* Where a code stands in a row. */
struct block_code {
    int word;
    int shift;
    uint32_t mask;
};

struct block_part {
    int field;
    int other; /* of BLOCK_ANY_ORDER: the second field, else -1 */
    enum block_how how;
    struct block_code code;
    struct block_code other_code;
    uint32_t codes; /* codes are below */
};

/* Fills in where the codes are; `room` more values are expected. */
void block_part_place(struct block_part *part, const struct people *people, uint32_t room);

/* Keys of the rule are below this; 0: below 2^64. */
uint64_t parts_keys(const struct block_part *parts, int nparts);
uint64_t parts_key(const struct block_part *parts, int nparts, const uint32_t *row);

static inline uint32_t code_of(const struct block_code *code, const uint32_t *row)
{
    return row[code->word] >> code->shift & code->mask;
}

static inline bool parts_join_any_order(const struct block_part *part, const uint32_t *a,
                                        const uint32_t *b)
{
    uint32_t a1 = code_of(&part->code, a);
    uint32_t a2 = code_of(&part->other_code, a);
    uint32_t b1 = code_of(&part->code, b);
    uint32_t b2 = code_of(&part->other_code, b);

    return a1 != 0 && a2 != 0 && ((a1 == b1 && a2 == b2) || (a1 == b2 && a2 == b1));
}

/* Whether two rows agree on all parts. */
static inline bool parts_join(const struct block_part *parts, int nparts, const uint32_t *a,
                              const uint32_t *b)
{
    for (int i = 0; i < nparts; i++) {
        if (parts[i].how == BLOCK_ANY_ORDER) {
            if (!parts_join_any_order(&parts[i], a, b)) {
                return false;
            }
        } else {
            uint32_t code = code_of(&parts[i].code, a);
            if (code == 0 || code != code_of(&parts[i].code, b)) {
                return false;
            }
        }
    }
    return true;
}

#endif
