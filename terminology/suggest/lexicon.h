/*
 * lexicon.h - what people call a thing, and what standards call it.
 *
 * Source    of our own making: spellings, abbreviations and older names in common use in English
 *           speaking laboratories, wards and pharmacies, and the commonest words of German, French,
 *           Spanish, Italian and Dutch ones.  No terminology's table was copied.
 * Use       a phrase of a name becomes the words on its right, on both sides, so that the pack's
 *           own abbreviations meet them too.  The longest phrase wins, from the left.
 * Fields    "CR" is creatinine to a laboratory and controlled release to a pharmacy: a lexicon is
 *           made for the fields that a code system is about.
 * Alone     short codes ("K", "FE") are known only where they are the whole name, but for a specimen.
 * Limits    LEXICON_PHRASE_MAX words a phrase.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_LEXICON_H
#define HMS_TERMINOLOGY_SUGGEST_LEXICON_H

#include "terminology/suggest/name_form.h"

enum { LEXICON_PHRASE_MAX = 5 };
enum lexicon_field {
    LEXICON_LAB = 1,
    LEXICON_DRUG = 2,
    LEXICON_DIAGNOSIS = 4,
    LEXICON_ALL = 7,
};

struct lexicon;

/* `fields`: bits of enum lexicon_field. */
struct lexicon *lexicon_new(unsigned fields);
void lexicon_free(struct lexicon *lexicon);
/* The words that the longest phrase at the start of `words` becomes, and in `*taken` how many
 * words that phrase has; false when none begins here. */
bool lexicon_find(const struct lexicon *lexicon, const struct text *words, int nwords,
                  int *taken, struct text *becomes);
/* The same for a name that is a short code; the caller knows that nothing else stands there. */
bool lexicon_find_alone(const struct lexicon *lexicon, const struct text *words, int nwords,
                        struct text *becomes);
bool lexicon_is_of(const struct lexicon *lexicon, enum lexicon_field field);
/* Calls each phrase of one word with what it becomes, in no promised order. */
struct lexicon_visit {
    void (*visit)(struct lexicon_visit *of, struct text phrase, struct text becomes);
};
void lexicon_each_word(const struct lexicon *lexicon, struct lexicon_visit *visit);

#endif
