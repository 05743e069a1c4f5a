/*
 * explain.h - the weight of one pair, taken apart: lines of log2 weights that sum to it.
 *
 * Lines     where all pairs start (how rare a match is), then one a field in the model's order,
 *           then what people of one household would share as well, as a correction.
 * Privacy   lines hold names of fields and words of levels, never a value.
 */
#ifndef HMS_TRANSFORM_DEDUP_EXPLAIN_H
#define HMS_TRANSFORM_DEDUP_EXPLAIN_H

#include "transform/dedup/scorer.h"

#include "core/strbuf.h"

enum { EXPLAIN_LINES_MAX = PEOPLE_FIELDS_MAX + 2 };

struct explain_line {
    const char *name;
    const char *words;
    double weight;
    double rarity; /* part of the weight, because the value is rare or common */
    bool missing;
};

struct explanation {
    struct explain_line lines[EXPLAIN_LINES_MAX];
    int nlines;
    double weight; /* their sum */
    enum caution caution;
    enum band band;
};

void explain_pair(struct explanation *explanation, const struct scorer *scorer,
                  uint64_t pattern, const uint32_t *row_a);
/* A waterfall: a picture of its own, without scripts or fonts. */
void explain_svg(const struct explanation *explanation, struct strbuf *out);

#endif
