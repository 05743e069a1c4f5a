/*
 * compare.h - two records, field by field, into a pattern of levels.
 *
 * Pattern   four bits a field, field 0 lowest; 0 is missing.
 * Swapped   when given and family name changed places, the given name carries the level and the
 *           family name counts as missing, so that one fact is weighed once.
 * Threads   the table is shared, a `struct comparer` belongs to one thread.
 */
#ifndef HMS_TRANSFORM_DEDUP_COMPARE_H
#define HMS_TRANSFORM_DEDUP_COMPARE_H

#include "transform/dedup/jaro.h"
#include "transform/dedup/level.h"
#include "transform/dedup/people.h"

struct level_cache;

struct record_pair {
    uint32_t a;
    uint32_t b;
};

struct comparer {
    const struct people *people;
    enum people_kind kinds[PEOPLE_FIELDS_MAX];
    bool looks_up[PEOPLE_FIELDS_MAX]; /* different values are told by their marks */
    int given;                        /* fields, or -1 */
    int family;
    uint32_t swapping;            /* bits of the two */
    uint32_t elsewhere;           /* bits of the fields in names */
    uint32_t implied;             /* bits of the fields that others imply */
    int names[PEOPLE_FIELDS_MAX]; /* fields of names that may stand in each other's place */
    int nnames;
    struct jaro jaro;
    struct level_cache *cache; /* levels of value pairs that repeat */
    uint64_t (*compare)(struct comparer *comparer, const uint32_t *a, const uint32_t *b);
    void (*compare_all)(struct comparer *comparer, const struct record_pair *pairs, uint32_t n,
                        uint64_t *patterns);
};

void comparer_init(struct comparer *comparer, const struct people *people);
void comparer_release(struct comparer *comparer);

static inline uint64_t compare_rows(struct comparer *comparer, const uint32_t *a,
                                    const uint32_t *b)
{
    return comparer->compare(comparer, a, b);
}

static inline uint64_t compare_records(struct comparer *comparer, uint32_t a, uint32_t b)
{
    return compare_rows(comparer, people_row(comparer->people, a),
                        people_row(comparer->people, b));
}

/* The patterns of many pairs, faster than one by one. */
static inline void compare_pairs(struct comparer *comparer, const struct record_pair *pairs,
                                 uint32_t n, uint64_t *patterns)
{
    comparer->compare_all(comparer, pairs, n, patterns);
}

/* Of a row with its like. */
uint64_t row_pattern(const struct people *people, const uint32_t *row);

static inline int pattern_level(uint64_t pattern, int field)
{
    return (int)(pattern >> (4 * field) & 15);
}

#endif
