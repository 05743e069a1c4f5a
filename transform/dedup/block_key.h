/*
 * block_key.h - what a record says to a rule: codes of its values, and their key.
 *
 * Code      of a value for one way of agreeing: the value itself, its sound, its initial or its
 *           year; 0: it says nothing.  Equal codes agree.
 * Key       the codes of the parts as digits of one number, so that different codes never share
 *           a key unless the number is longer than 64 bits; 0: in no block of the rule.
 */
#ifndef HMS_TRANSFORM_DEDUP_BLOCK_KEY_H
#define HMS_TRANSFORM_DEDUP_BLOCK_KEY_H

#include "transform/dedup/people.h"

enum { BLOCK_PARTS_MAX = 3 };

enum block_how { BLOCK_EXACT, BLOCK_SOUND, BLOCK_INITIAL, BLOCK_YEAR, BLOCK_ANY_ORDER };

enum { BLOCK_HOWS = BLOCK_ANY_ORDER }; /* the last takes the codes of sounds */

struct block_part {
    int field;
    int other; /* of BLOCK_ANY_ORDER: the second field */
    enum block_how how;
};

struct block_codes {
    uint32_t *of[PEOPLE_FIELDS_MAX][BLOCK_HOWS];    /* by value; NULL: the value is the code */
    uint32_t rooms[PEOPLE_FIELDS_MAX][BLOCK_HOWS];  /* values that `of` has room for */
    uint32_t counts[PEOPLE_FIELDS_MAX][BLOCK_HOWS]; /* codes are below */
};

/* Makes the codes of a part's values from number `from` on. */
void block_codes_make(struct block_codes *codes, const struct people *people,
                      const struct block_part *part, uint32_t from);
void block_codes_release(struct block_codes *codes);
uint64_t block_codes_memory(const struct block_codes *codes, const struct people *people);

/* Keys of the rule are below this; 0: below 2^64. */
uint64_t rule_keys(const struct block_codes *codes, const struct block_part *parts, int nparts);
uint64_t rule_key(const struct block_codes *codes, const struct block_part *parts, int nparts,
                  const uint32_t *row);

static inline uint32_t code_of(const struct block_codes *codes, int field, enum block_how how,
                               const uint32_t *row)
{
    const uint32_t *of = codes->of[field][how];

    return of == NULL ? row[field] : of[row[field]];
}

static inline bool parts_join(const struct block_codes *codes, const struct block_part *part,
                              const uint32_t *a, const uint32_t *b)
{
    uint32_t a1, a2, b1, b2;

    if (part->how != BLOCK_ANY_ORDER) {
        a1 = code_of(codes, part->field, part->how, a);
        return a1 != 0 && a1 == code_of(codes, part->field, part->how, b);
    }
    a1 = code_of(codes, part->field, BLOCK_SOUND, a);
    a2 = code_of(codes, part->other, BLOCK_SOUND, a);
    b1 = code_of(codes, part->field, BLOCK_SOUND, b);
    b2 = code_of(codes, part->other, BLOCK_SOUND, b);
    return a1 != 0 && a2 != 0 && ((a1 == b1 && a2 == b2) || (a1 == b2 && a2 == b1));
}

static inline bool rule_joins(const struct block_codes *codes, const struct block_part *parts,
                              int nparts, const uint32_t *a, const uint32_t *b)
{
    for (int i = 0; i < nparts; i++) {
        if (!parts_join(codes, &parts[i], a, b)) {
            return false;
        }
    }
    return true;
}

#endif
