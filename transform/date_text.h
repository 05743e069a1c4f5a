/*
 * date_text.h - a list of date patterns as a step's arguments give it, and the canonical text
 * of days and times.
 *
 * Options   'pivot=NN' belongs to all patterns of the step; an argument with '=' behind a word
 * of small letters is an option, never a pattern. Lifetime  text lives in the arena given.
 */
#ifndef HMS_TRANSFORM_DATE_TEXT_H
#define HMS_TRANSFORM_DATE_TEXT_H

#include "transform/date_pattern.h"
#include "transform/step.h"

enum { DATE_BYTES = 10, DATE_PATTERNS_MAX = 16 };

struct date_patterns {
    int count;
    struct date_pattern at[DATE_PATTERNS_MAX];
};

bool date_patterns_compile(struct date_patterns *patterns, const struct step *step,
                           struct error *err) MUST_CHECK;
/* The first pattern that fits, or NULL. */
const struct date_pattern *date_patterns_match(const struct date_patterns *patterns,
                                               struct text text, struct date_parts *parts);

struct text date_text(const struct date_parts *parts, struct arena *arena); /* YYYY-MM-DD */
/* YYYY-MM-DDTHH:MM:SS[.ffffff]Z; empty outside the years 1 to 9999. */
struct text time_text(int64_t seconds, int32_t us, struct arena *arena);

#endif
