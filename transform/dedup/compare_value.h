/*
 * compare_value.h - two different values of one kind: the level at which they agree.
 */
#ifndef HMS_TRANSFORM_DEDUP_COMPARE_VALUE_H
#define HMS_TRANSFORM_DEDUP_COMPARE_VALUE_H

#include "transform/dedup/jaro.h"
#include "transform/dedup/people.h"

/* A value as it is compared. */
struct side {
    struct text form;
    uint64_t bag; /* value_mark(); of a street without what is above the letters, if need be */
    uint32_t sound;
    const uint16_t *nicknames; /* two, or NULL */
};

static inline struct side side_of(const struct people_dict *dict, uint32_t number)
{
    return (struct side){people_form(dict, number), dict->marks[number],
                         dict->sounds != NULL ? dict->sounds[number] : 0,
                         dict->nicknames != NULL ? dict->nicknames[number] : NULL};
}

/* Both are known and not equal; the order of the two does not matter. */
int compare_values(struct jaro *jaro, enum people_kind kind, const struct side *a,
                   const struct side *b);
/* Equal, or one edit apart when they are four bytes and longer. */
bool values_are_near(const struct side *a, const struct side *b);
/* A word of three letters and more that stands in both. */
bool values_share_word(const struct side *a, const struct side *b);

#endif
