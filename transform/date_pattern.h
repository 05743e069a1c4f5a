/*
 * date_pattern.h - dates and times written by a pattern such as 'dd/MM/yyyy HH:mm'.
 *
 * Letters   yyyy  year, four digits        H  hour 0-23       S    fraction, 1 to 9 digits
 *           yy    two digits, see pivot    h  hour 1-12       a    AM or PM
 *           M d   one or two digits        m  minute          X    Z, +hh, +hhmm or +hh:mm
 *           MMM   Jan, MMMM January        s  second
 *           MM, dd, HH, hh, mm, ss are exactly two digits, SSS exactly three, and so on.
 *           A space stands for one or more; every other character for itself.
 * Pivot     two-digit years from the pivot on are 19yy, below it 20yy.
 * Digits    ASCII and Arabic-Indic (transform/digit.h).
 * Limits    DATE_FIELDS_MAX fields, DATE_TEXT_MAX bytes of a value.
 */
#ifndef HMS_TRANSFORM_DATE_PATTERN_H
#define HMS_TRANSFORM_DATE_PATTERN_H

#include "core/text.h"

enum { DATE_FIELDS_MAX = 24, DATE_TEXT_MAX = 64, DATE_NO_PIVOT = -1 };

struct date_field {
    char letter; /* 0: the literal `byte` */
    char byte;
    uint8_t least; /* digits */
    uint8_t most;  /* 1 of a literal */
};

struct date_pattern {
    struct date_field fields[DATE_FIELDS_MAX];
    int count;
    int pivot;
    size_t width; /* of any text that fits, when each field is so many digits; else 0 */
    bool has_month;
    bool has_day;
    bool has_time;
    bool has_offset;
};

enum date_half { DATE_WHOLE, DATE_AM, DATE_PM };

/* Month and day are 1 when the pattern has none; the time is 0. */
struct date_parts {
    int year, month, day;
    int hour, minute, second;
    enum date_half half; /* as read; the hour is already 0-23 */
    int32_t us;
    int32_t offset; /* seconds east of UTC, by X */
    int32_t days;   /* since 1970-01-01 */
};

/* NULL, or what is wrong with the pattern. */
const char *date_pattern_compile(struct date_pattern *pattern, const char *text, int pivot);
/* True when all of `text` fits and there is such a day and time. */
bool date_pattern_match(const struct date_pattern *pattern, struct text text,
                        struct date_parts *parts);

#endif
