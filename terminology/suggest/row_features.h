/* row_features.h - what speaks for one code of a concept; for candidate.c only. */
#ifndef HMS_TERMINOLOGY_SUGGEST_ROW_FEATURES_H
#define HMS_TERMINOLOGY_SUGGEST_ROW_FEATURES_H

#include "terminology/suggest/candidate.h"

/* Fills the features that the code's concept does not share. */
void row_features_read(struct candidate *candidate, struct candidates *found,
                       struct candidate_room *room, const struct suggest_index *index,
                       const struct suggest_query *query);
/* Roughly the same as one number, to choose among very many codes of one concept. */
float row_promise(const struct candidates *found, struct candidate_room *room,
                  const struct suggest_index *index, uint32_t row);

#endif
