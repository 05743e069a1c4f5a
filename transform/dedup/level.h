/*
 * level.h - how two values of a kind may agree: a few levels each, from exact to different.
 *
 * Level 0   is "missing" for every kind and weighs nothing.
 * Share     `m` is what a model expects among records of one person before it has seen any data;
 *           `u` among two random people.  Learned shares start from them (see learn.h).
 */
#ifndef HMS_TRANSFORM_DEDUP_LEVEL_H
#define HMS_TRANSFORM_DEDUP_LEVEL_H

#include "transform/dedup/people_model.h"

enum { LEVEL_MISSING = 0, LEVEL_EXACT = 1, LEVELS_MAX = 11 };

enum name_level {
    NAME_VARIANT = 2,
    NAME_TYPO,
    NAME_CLOSE,
    NAME_SWAPPED,
    NAME_ELSEWHERE,
    NAME_INITIAL,
    NAME_GENERATION,
    NAME_LIKE,
    NAME_DIFFERS
};
enum date_level {
    DATE_SWAPPED = 2,
    DATE_DIGIT,
    DATE_JANUARY,
    DATE_NEAR,
    DATE_YEAR,
    DATE_DIFFERS
};
enum sex_level { SEX_DIFFERS = 2 };
enum identifier_level { IDENTIFIER_EDIT = 2, IDENTIFIER_DIFFERS };
enum postcode_level { POSTCODE_EDIT = 2, POSTCODE_AREA, POSTCODE_DIFFERS };
enum phone_level { PHONE_LOCAL = 2, PHONE_EDIT, PHONE_DIFFERS };
enum words_level { WORDS_TYPO = 2, WORDS_CLOSE, WORDS_SHARED, WORDS_DIFFERS };
enum street_level { STREET_TYPO = 2, STREET_NUMBER, STREET_CLOSE, STREET_DIFFERS };
enum email_level { EMAIL_TYPO = 2, EMAIL_LOCAL, EMAIL_CLOSE, EMAIL_DIFFERS };

struct level {
    const char *code;  /* in files */
    const char *words; /* for people */
    double m;
    double u;
};

/* The levels of a kind; the array has level_count() entries, the first is "missing". */
const struct level *levels_of(enum people_kind kind);
int level_count(enum people_kind kind);
/* The last level: the values have nothing in common. */
int level_differs(enum people_kind kind);

#endif
