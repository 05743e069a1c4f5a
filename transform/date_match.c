/*
 * date_match.c - reads a text by a compiled pattern of date_pattern.h.
 */
#include "core/calendar.h"
#include "transform/date_pattern.h"
#include "transform/digit.h"

static const char *const month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

/* A text being read; every take_ function goes on behind what it has taken. */
struct date_text {
    const char *at;
    const char *end;
};

static bool take_digits(struct date_text *text, int least, int most, int *number)
{
    int digits = 0;

    *number = 0;
    while (digits < most && text->at < text->end && digit_is_ascii(*text->at)) {
        *number = *number * 10 + (*text->at++ - '0');
        digits++;
    }
    return digits >= least;
}

static bool take_month_name(struct date_text *text, bool whole, int *month)
{
    size_t left = (size_t)(text->end - text->at);

    for (int i = 0; i < 12; i++) {
        size_t len = whole ? strlen(month_names[i]) : 3;
        struct text name = {month_names[i], len};
        if (len <= left && text_equal_nocase((struct text){text->at, len}, name)) {
            text->at += len;
            *month = i + 1;
            return true;
        }
    }
    return false;
}

static bool take_fraction(struct date_text *text, const struct date_field *field, int32_t *us)
{
    const char *start = text->at;
    int number;
    int digits;

    if (!take_digits(text, field->least, field->most, &number)) {
        return false;
    }
    for (digits = (int)(text->at - start); digits < 6; digits++) {
        number *= 10;
    }
    for (; digits > 6; digits--) {
        number /= 10;
    }
    *us = number;
    return true;
}

static bool take_half_day(struct date_text *text, enum date_half *half)
{
    struct text word = {text->at, 2};

    if (text->end - text->at < 2) {
        return false;
    }
    text->at += 2;
    *half = text_equal_nocase(word, TEXT_LITERAL("pm")) ? DATE_PM : DATE_AM;
    return *half == DATE_PM || text_equal_nocase(word, TEXT_LITERAL("am"));
}

static bool take_offset(struct date_text *text, int32_t *offset)
{
    int sign;
    int hours;
    int minutes = 0;

    if (text->at == text->end) {
        return false;
    }
    if (*text->at == 'Z') {
        text->at++;
        *offset = 0;
        return true;
    }
    if (*text->at != '+' && *text->at != '-') {
        return false;
    }
    sign = *text->at++ == '-' ? -1 : 1;
    if (!take_digits(text, 2, 2, &hours)) {
        return false;
    }
    if (text->at < text->end && *text->at == ':') {
        text->at++;
        if (!take_digits(text, 2, 2, &minutes)) {
            return false;
        }
    } else if (text->at < text->end && digit_is_ascii(*text->at) &&
               !take_digits(text, 2, 2, &minutes)) {
        return false;
    }
    *offset = sign * (hours * 3600 + minutes * 60);
    return hours <= 18 && minutes <= 59;
}

static bool take_literal(struct date_text *text, char byte)
{
    if (text->at == text->end || *text->at != byte) {
        return false;
    }
    text->at++;
    while (byte == ' ' && text->at < text->end && *text->at == ' ') {
        text->at++;
    }
    return true;
}

static bool take_year(struct date_text *text, const struct date_field *field, int pivot,
                      int *year)
{
    if (!take_digits(text, field->least, field->most, year)) {
        return false;
    }
    if (field->most == 2) {
        *year += *year >= pivot ? 1900 : 2000;
    }
    return true;
}

/* Of a letter that stands for a number. */
static int *part_of(struct date_parts *parts, char letter)
{
    switch (letter) {
    case 'y':
        return &parts->year;
    case 'M':
        return &parts->month;
    case 'd':
        return &parts->day;
    case 'm':
        return &parts->minute;
    case 's':
        return &parts->second;
    default:
        return &parts->hour;
    }
}

static bool take_field(struct date_text *text, const struct date_pattern *pattern,
                       const struct date_field *field, struct date_parts *parts)
{
    switch (field->letter) {
    case 'y':
        return take_year(text, field, pattern->pivot, &parts->year);
    case 'M':
        return field->least > 2 ? take_month_name(text, field->least == 4, &parts->month)
                                : take_digits(text, field->least, field->most, &parts->month);
    case 'd':
    case 'H':
    case 'h':
    case 'm':
    case 's':
        return take_digits(text, field->least, field->most, part_of(parts, field->letter));
    case 'S':
        return take_fraction(text, field, &parts->us);
    case 'a':
        return take_half_day(text, &parts->half);
    case 'X':
        return take_offset(text, &parts->offset);
    default:
        return take_literal(text, field->byte);
    }
}

static bool date_is_real(struct date_parts *parts)
{
    if (parts->half != DATE_WHOLE) {
        if (parts->hour < 1 || parts->hour > 12) {
            return false;
        }
        parts->hour = parts->hour % 12 + (parts->half == DATE_PM ? 12 : 0);
    }
    return parts->hour <= 23 && parts->minute <= 59 && parts->second <= 59 &&
           calendar_days(parts->year, parts->month, parts->day, &parts->days);
}

/* A text of the pattern's width.  False: let the long way look at it. */
static bool match_fixed(const struct date_pattern *pattern, const char *at,
                        struct date_parts *parts)
{
    for (const struct date_field *field = pattern->fields;
         field < pattern->fields + pattern->count; at += field->most, field++) {
        int number;
        if (field->letter == 0) {
            if (*at != field->byte) {
                return false;
            }
            continue;
        }
        number = calendar_pair(at);
        if (field->letter == 'y' && number >= 0) {
            int rest = calendar_pair(at + 2);
            number = rest < 0 ? rest : number * 100 + rest;
        }
        if (number < 0) {
            return false;
        }
        *part_of(parts, field->letter) = number;
    }
    return date_is_real(parts);
}

bool date_pattern_match(const struct date_pattern *pattern, struct text text,
                        struct date_parts *parts)
{
    char folded[DATE_TEXT_MAX];
    struct text plain;
    struct date_text rest;

    *parts = (struct date_parts){.month = 1, .day = 1};
    if (pattern->width == text.len && text.len > 0 && match_fixed(pattern, text.at, parts)) {
        return true;
    }
    *parts = (struct date_parts){.month = 1, .day = 1};
    plain = digit_fold(text, folded, sizeof(folded));
    rest = (struct date_text){plain.at, plain.at + plain.len};
    for (int i = 0; i < pattern->count; i++) {
        if (!take_field(&rest, pattern, &pattern->fields[i], parts)) {
            return false;
        }
    }
    return rest.at == rest.end && date_is_real(parts);
}
