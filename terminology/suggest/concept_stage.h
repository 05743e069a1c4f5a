/*
 * concept_stage.h - the first stage: which concepts a name may mean.
 *
 * Score     BM25 over words and what is alike, cosine of the trigrams of the name without its words of
 *           axes, and how much of the core is answered.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_CONCEPT_STAGE_H
#define HMS_TERMINOLOGY_SUGGEST_CONCEPT_STAGE_H

#include "terminology/suggest/candidate.h"

struct ranked_concept {
    uint32_t concept;
    float score;
};

/* The best concepts, best first; room->sums and room->grams keep what each shares with the name. */
int concept_stage(struct candidate_room *room, const struct suggest_index *index,
                  const struct asked *asked, struct ranked_concept best[CONCEPTS_MAX]);

#endif
