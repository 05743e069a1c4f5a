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

struct comparer {
    const struct people *people;
    int given; /* fields, or -1 */
    int family;
    int names[PEOPLE_FIELDS_MAX]; /* fields of names that may stand in each other's place */
    int nnames;
    struct jaro jaro;
    struct level_cache *cache; /* levels of value pairs that repeat */
};

void comparer_init(struct comparer *comparer, const struct people *people);
void comparer_release(struct comparer *comparer);

uint64_t compare_rows(struct comparer *comparer, const uint32_t *a, const uint32_t *b);
uint64_t compare_records(struct comparer *comparer, uint32_t a, uint32_t b);
/* Of a row with its like. */
uint64_t row_pattern(const struct people *people, const uint32_t *row);

static inline int pattern_level(uint64_t pattern, int field)
{
    return (int)(pattern >> (4 * field) & 15);
}

#endif
