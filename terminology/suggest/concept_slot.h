/* concept_slot.h - what a query shares with a concept; for the files of candidate.h and weights.h. */
#ifndef HMS_TERMINOLOGY_SUGGEST_CONCEPT_SLOT_H
#define HMS_TERMINOLOGY_SUGGEST_CONCEPT_SLOT_H

#include "terminology/suggest/candidate.h"

/* The stage has run: room->sums and room->grams are there. */
void concept_slot_fill(struct concept_slot *slot, const struct candidates *found,
                       const struct candidate_room *room, const struct suggest_index *index,
                       uint32_t concept);
/* Is the word one of the slot's core? */
bool concept_slot_answers(const struct concept_slot *slot, const struct suggest_index *index,
                          const struct asked_word *word);

#endif
