/*
 * row_facts.h - what is asked of a record's values most often, kept in its row behind the values.
 *
 * Facts     names with a sound: the number of the sound in the lower 24 bits, the first byte above
 *           them; birth dates: their eight digits, four bits each; phones and identifiers: a fold
 *           of the mark; streets: the mark, in two words.  0: the value is missing.
 * Why       two rows tell most pairs without a look at any dictionary.
 */
#ifndef HMS_TRANSFORM_DEDUP_ROW_FACTS_H
#define HMS_TRANSFORM_DEDUP_ROW_FACTS_H

#include "transform/dedup/people.h"

enum { SOUND_BITS = 24, YEAR_SHIFT = 16, ROW_LINE = 16 };

/* Decides the places; sets people->width and people->facts. */
void row_facts_plan(struct people *people);
void row_facts_fill(const struct people *people, uint32_t *row);

static inline uint64_t street_fact(const uint32_t *row, int place)
{
    return (uint64_t)row[place + 1] << 32 | row[place];
}

#endif
