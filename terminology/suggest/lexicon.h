/*
 * lexicon.h - what people call a thing, and what standards call it.
 *
 * Source    of our own making: spellings, abbreviations and older names in common use in English
 *           speaking laboratories, wards and pharmacies, and the commonest words of German, French,
 *           Spanish, Italian and Dutch ones.  No terminology's table was copied.
 * Use       a phrase of a name becomes the words on its right, on both sides, so that the pack's
 *           own abbreviations meet them too.  The longest phrase wins, from the left.
 * Limits    LEXICON_PHRASE_MAX words a phrase.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_LEXICON_H
#define HMS_TERMINOLOGY_SUGGEST_LEXICON_H

#include "terminology/suggest/name_form.h"

enum { LEXICON_PHRASE_MAX = 5 };

struct lexicon;

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);
/* The words that the longest phrase at the start of `words` becomes, and in `*taken` how many
 * words that phrase has; false when none begins here. */
bool lexicon_find(const struct lexicon *lexicon, const struct text *words, int nwords,
                  int *taken, struct text *becomes);

#endif
