/*
 * name_acid.h - an acid by the name of its salt: "lactic acid", "acido lactico", "acide lactique"
 * and "Clavulansaeure" as "lactate" and "clavulanate".
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_NAME_ACID_H
#define HMS_TERMINOLOGY_SUGGEST_NAME_ACID_H

#include "core/text.h"

enum { NAME_ACID_MAX = 64 };

/* The salt that the first of `words` say, in `out`, and in `*taken` how many they are; an empty text
 * when they are no acid. */
struct text name_acid(const struct text *words, int nwords, int *taken,
                      char out[NAME_ACID_MAX]);

#endif
