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
/* What is meant when nothing is said: SYSTEM 1 serum or plasma, less for other blood; METHOD_TYP 1
 * how such a thing is always measured; else 0. */
float axis_usual(enum axis axis, struct text value);
/* A SYSTEM that is made of drawn blood, and is not blood itself. */
bool axis_is_drawn(struct text system);
/* Any specimen: three times X, or "Specimen". */
bool axis_open_system(struct text system);

#endif
