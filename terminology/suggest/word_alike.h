/* word_alike.h - the words of a pack that a word of a name may mean; for asked.c only. */
#ifndef HMS_TERMINOLOGY_SUGGEST_WORD_ALIKE_H
#define HMS_TERMINOLOGY_SUGGEST_WORD_ALIKE_H

#include "terminology/suggest/asked.h"

/* Fills word->word and word->alike, the surest first, from text, hash and is_number. */
void word_look_up(struct asked_word *word, struct asked_room *room,
                  const struct suggest_index *index);

#endif
