/*
 * calendar.h - dates and times as numbers, in the proleptic Gregorian calendar and UTC.
 *
 * Units     days since 1970-01-01; microseconds since 1970-01-01T00:00:00Z.
 * Limits    years 0001 to 9999.
 * Source    days_of_civil: the algorithm of H. Hinnant, "chrono-compatible low-level date
 *           algorithms".
 */
#ifndef HMS_CORE_CALENDAR_H
#define HMS_CORE_CALENDAR_H

#include "core/strbuf.h"

enum { CALENDAR_2000 = 10957 }; /* days from 1970-01-01 to 2000-01-01, PostgreSQL's day 0 */
#define CALENDAR_DAY_US INT64_C(86400000000)

bool calendar_days(int year, int month, int day, int32_t *days); /* false: no such date */
void calendar_civil(int32_t days, int *year, int *month, int *day);
/* Exactly YYYY-MM-DD. */
bool calendar_parse_date(struct text text, int32_t *days);
/* YYYY-MM-DD, 'T' or ' ', HH:MM[:SS[.f{1,6}]], then Z, +hh:mm, -hh:mm or +hh. */
bool calendar_parse_timestamp(struct text text, int64_t *us);
void calendar_format_date(struct strbuf *out, int32_t days);
void calendar_format_timestamp(struct strbuf *out, int64_t us); /* ...Z, no trailing zeros */
/* Now, as RFC 3339 to the second. */
void calendar_now(char out[32]);
int32_t calendar_today(void);

/* Two ASCII digits as a number; -1: they are none.  Asked for every part of every date. */
static inline int calendar_pair(const char *at)
{
    unsigned tens = (unsigned)at[0] - '0';
    unsigned units = (unsigned)at[1] - '0';

    return tens > 9 || units > 9 ? -1 : (int)(tens * 10 + units);
}

#endif
