/*
 * unit_words.h - the words of units that laboratories and wards write, and what they are in UCUM.
 *
 * Folded    small letters, no blanks; see unit_spelling.h.
 * Languages English, German, French, Spanish, Italian, Portuguese, Polish, Arabic, Russian, and some
 *           signs of Chinese and Japanese.
 */
#ifndef HMS_TERMINOLOGY_UNIT_WORDS_H
#define HMS_TERMINOLOGY_UNIT_WORDS_H

#include "core/text.h"

enum unit_words { UNIT_WHOLES, UNIT_NUMERATORS, UNIT_DENOMINATORS };

/* NULL: not known.  A number of things ("cells") is "". */
const char *unit_word_find(enum unit_words list, struct text word);
void unit_words_each(enum unit_words list,
                     void (*visit)(struct text word, const char *ucum, void *context),
                     void *context);

#endif
