#include "core/calendar.h"

#define HOUR_US   INT64_C(3600000000)
#define MINUTE_US INT64_C(60000000)
#define SECOND_US INT64_C(1000000)

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

bool calendar_days(int year, int month, int day, int32_t *days)
{
    int era_year;
    int year_of_era;
    int day_of_year;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_of_month(year, month)) {
        return false;
    }
    era_year = month <= 2 ? year - 1 : year;
    year_of_era = era_year % 400;
    day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    *days = era_year / 400 * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
            day_of_year - 719468;
    return true;
}

void calendar_civil(int32_t days, int *year, int *month, int *day)
{
    int32_t z = days + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t day_of_era = z - era * 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t shifted = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* The two digits at text.at[from]; -1 when one is no digit or missing. */
static int pair_at(struct text text, size_t from)
{
    return from + 2 > text.len ? -1 : calendar_pair(text.at + from);
}

bool calendar_parse_date(struct text text, int32_t *days)
{
    int century = pair_at(text, 0);
    int year = pair_at(text, 2);

    return text.len == 10 && text.at[4] == '-' && text.at[7] == '-' && century >= 0 &&
           year >= 0 &&
           calendar_days(century * 100 + year, pair_at(text, 5), pair_at(text, 8), days);
}

/* "Z", "+hh", "+hh:mm", "+hhmm"; microseconds east of UTC. */
static bool parse_offset(struct text text, int64_t *offset)
{
    int hours;
    int minutes = 0;

    if (text.len == 1 && text.at[0] == 'Z') {
        *offset = 0;
        return true;
    }
    if (text.len < 3 || (text.at[0] != '+' && text.at[0] != '-')) {
        return false;
    }
    hours = pair_at(text, 1);
    if (text.len == 6 && text.at[3] == ':') {
        minutes = pair_at(text, 4);
    } else if (text.len == 5) {
        minutes = pair_at(text, 3);
    } else if (text.len != 3) {
        return false;
    }
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) {
        return false;
    }
    *offset = hours * HOUR_US + minutes * MINUTE_US;
    *offset = text.at[0] == '-' ? -*offset : *offset;
    return true;
}

/* ".f{1,6}" at `from`; returns where it ends, or 0 when it is malformed. */
static size_t parse_fraction(struct text text, size_t from, int64_t *us)
{
    int64_t unit = SECOND_US / 10;
    size_t i = from + 1;

    for (; i < text.len && text.at[i] >= '0' && text.at[i] <= '9'; i++) {
        if (unit == 0) {
            return 0;
        }
        *us += (text.at[i] - '0') * unit;
        unit /= 10;
    }
    return i == from + 1 ? 0 : i;
}

bool calendar_parse_timestamp(struct text text, int64_t *us)
{
    struct text date = {text.at, 10};
    int32_t days;
    int hour;
    int minute;
    int second = 0;
    int64_t offset;
    int64_t fraction = 0;
    size_t at = 16;

    if (text.len < 17 || !calendar_parse_date(date, &days) ||
        (text.at[10] != 'T' && text.at[10] != ' ') || text.at[13] != ':') {
        return false;
    }
    hour = pair_at(text, 11);
    minute = pair_at(text, 14);
    if (text.at[16] == ':') {
        second = pair_at(text, 17);
        at = 19;
        if (at < text.len && text.at[at] == '.') {
            at = parse_fraction(text, at, &fraction);
        }
    }
    if (at == 0 || at > text.len || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59 ||
        !parse_offset((struct text){text.at + at, text.len - at}, &offset)) {
        return false;
    }
    *us = days * CALENDAR_DAY_US + hour * HOUR_US + minute * MINUTE_US + second * SECOND_US +
          fraction - offset;
    return true;
}

void calendar_format_date(struct strbuf *out, int32_t days)
{
    int year;
    int month;
    int day;

    calendar_civil(days, &year, &month, &day);
    strbuf_addf(out, "%04d-%02d-%02d", year, month, day);
}

void calendar_format_timestamp(struct strbuf *out, int64_t us)
{
    int64_t days = us / CALENDAR_DAY_US - (us % CALENDAR_DAY_US < 0);
    int64_t rest = us - days * CALENDAR_DAY_US;
    int fraction = (int)(rest % SECOND_US);

    calendar_format_date(out, (int32_t)days);
    strbuf_addf(out, "T%02d:%02d:%02d", (int)(rest / HOUR_US),
                (int)(rest % HOUR_US / MINUTE_US), (int)(rest % MINUTE_US / SECOND_US));
    if (fraction != 0) {
        char digits[8];
        int len = 6;
        snprintf(digits, sizeof(digits), "%06d", fraction);
        while (digits[len - 1] == '0') {
            len--;
        }
        strbuf_addf(out, ".%.*s", len, digits);
    }
    strbuf_putc(out, 'Z');
}

void calendar_now(char out[32])
{
    struct timespec now;
    struct tm parts;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

int32_t calendar_today(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int32_t)(now.tv_sec / 86400);
}
