/* ranked.h - the best of many by score, equal ones by number. */
#ifndef HMS_TERMINOLOGY_SUGGEST_RANKED_H
#define HMS_TERMINOLOGY_SUGGEST_RANKED_H

#include <stddef.h>
#include <stdint.h>

struct ranked {
    uint32_t number; /* no two have the same */
    float score;
    uint32_t at; /* the caller's */
};

/* Puts the best `keep` first, in order; the others stay behind them in no order. */
void ranked_best(struct ranked *all, size_t count, size_t keep);

#endif
