/* suggester.h - what a suggester holds; for the files of suggest.h only. */
#ifndef HMS_TERMINOLOGY_SUGGEST_SUGGESTER_H
#define HMS_TERMINOLOGY_SUGGEST_SUGGESTER_H

#include "terminology/suggest/learn.h"

struct suggester {
    const struct code_pack *pack;
    struct suggest_index *index;
    struct memory memory;
    struct learned learned;
    bool is_trained;
    struct suggest_decision
        *kept; /* what it was trained on: the memory's, and the model file's */
    size_t nkept;
    struct arena arena; /* their texts */
};

struct suggest_scratch {
    struct candidate_room room;
    struct score_room scores;
    struct candidates found;
    struct text unit; /* of the last query */
};

/* As it was before anything was learned. */
void suggester_forget(struct suggester *suggester);
/* Copies a decision; `*size` is the room of `kept`. */
void suggester_keep(struct suggester *suggester, const struct suggest_decision *decision,
                    size_t *size);
/* Fills the memory with the decisions kept; their rows, which the caller free()s. */
uint32_t *suggester_fill(struct suggester *suggester);
/* The same, where the weights are there already. */
void suggester_remember(struct suggester *suggester);

#endif
