/*
 * axis_match.h - does a value of an axis go with what was asked?
 *
 * Agrees    0 to 1: a word of the query is one of the value's; the unit's kind has this PROPERTY.
 * Against   0 to 1: the query speaks of the axis and means something else, or the value is one that
 *           nobody means without saying so.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_AXIS_MATCH_H
#define HMS_TERMINOLOGY_SUGGEST_AXIS_MATCH_H

#include "terminology/suggest/asked.h"

struct axis_match {
    float agrees;
    float against;
};

struct axis_match axis_match(const struct asked *asked, enum axis axis,
                             const struct axis_value *value);
/* 1: serum or plasma, what is meant when nothing is said; less for other blood; 0. */
float axis_usual_system(struct text system);
/* Any specimen: three times X, or "Specimen". */
bool axis_open_system(struct text system);

#endif
