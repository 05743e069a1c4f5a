/*
 * suggest_items.h - asks the suggestion engine (terminology/suggest/) about the local codes that
 * are not settled, and keeps its answers in mig.code_suggestion.
 *
 * Learns    from what is settled in this store for that standard, of all organisations: approved
 *           decisions, and codes that an approved code map gives already.
 * Again     new answers take the place of the old ones; decisions keep what they were made of.
 * Limits    SUGGEST_ITEMS_ANSWERS answers an item.
 */
#ifndef HMS_TRANSFORM_SUGGEST_ITEMS_H
#define HMS_TRANSFORM_SUGGEST_ITEMS_H

#include "terminology/suggest/suggest.h"
#include "transform/codes/worklist.h"

enum { SUGGEST_ITEMS_ANSWERS = 8 };

struct suggest_items {
    struct code_filter filter; /* with a list: all of it, whatever standard it was to have */
    const struct code_pack *pack;
    size_t ntrained; /* settled codes that it learned from */
    size_t nitems;   /* asked about */
    size_t nfound;   /* of them with an answer */
};

bool suggest_items(struct pg *pg, struct suggest_items *job, struct error *err) MUST_CHECK;

#endif
