/*
 * dedup_forecast.h - how many decisions of this run are expected to be wrong, from the
 * probabilities themselves.
 *
 * Interval  95 %, of a sum of independent decisions, all of whose weights may be DOUBT_BITS too high
 *           or too low: a model is wrong in one direction.  At the upper end at least one link in
 *           UNSEEN_EACH is false, for what no field shows (twins with like names).  It says nothing
 *           of pairs that no rule found.
 */
#ifndef HMS_TRANSFORM_DEDUP_DEDUP_FORECAST_H
#define HMS_TRANSFORM_DEDUP_DEDUP_FORECAST_H

#include "transform/dedup/dedup.h"

enum { DOUBT_BITS = 2, UNSEEN_EACH = 2000 };

struct dedup_forecast {
    uint64_t linked;
    uint64_t in_review;
    double false_links, false_low, false_high; /* among the linked */
    double missed, missed_low, missed_high;    /* below review */
    double review_matches;                     /* among those in review */
};

void dedup_forecast_make(struct dedup_forecast *forecast, const struct dedup *dedup);

#endif
