#include "transform/date_text.h"

#include "core/calendar.h"
#include "transform/digit.h"
#include "transform/step_cell.h"

enum {
    DAY_SECONDS = 86400,
    TIME_BYTES = 20,
    TIME_BYTES_US = 27,
    DAY_FIRST = -719162, /* 0001-01-01 */
    DAY_LAST = 2932896,  /* 9999-12-31 */
};

static bool is_option(const char *arg)
{
    return strncmp(arg, "pivot=", 6) == 0 || strncmp(arg, "zone=", 5) == 0 ||
           strncmp(arg, "at=", 3) == 0;
}

static bool pivot_compile(const struct step *step, int *pivot, struct error *err)
{
    const char *word = step_arg_option(step, "pivot");

    *pivot = DATE_NO_PIVOT;
    if (word == NULL) {
        return true;
    }
    if (strlen(word) != 2 || !digit_is_ascii(word[0]) || !digit_is_ascii(word[1])) {
        return step_error(step, err, "'pivot=' wants two digits");
    }
    *pivot = (word[0] - '0') * 10 + (word[1] - '0');
    return true;
}

bool date_patterns_compile(struct date_patterns *patterns, const struct step *step,
                           struct error *err)
{
    int pivot;

    patterns->count = 0;
    if (!pivot_compile(step, &pivot, err)) {
        return false;
    }
    for (int i = 0; i < step->source->nargs; i++) {
        const char *why;
        if (is_option(step->source->args[i])) {
            continue;
        }
        if (patterns->count == DATE_PATTERNS_MAX) {
            return step_error(step, err, "more than %d patterns", DATE_PATTERNS_MAX);
        }
        why = date_pattern_compile(&patterns->at[patterns->count++], step->source->args[i],
                                   pivot);
        if (why != NULL) {
            return step_error(step, err, "pattern '%s': %s", step->source->args[i], why);
        }
    }
    return patterns->count > 0 || step_error(step, err, "no pattern");
}

const struct date_pattern *date_patterns_match(const struct date_patterns *patterns,
                                               struct text text, struct date_parts *parts)
{
    for (int i = 0; i < patterns->count; i++) {
        if (date_pattern_match(&patterns->at[i], text, parts)) {
            return &patterns->at[i];
        }
    }
    return NULL;
}

static char *put_pair(char *out, int number)
{
    out[0] = (char)('0' + number / 10);
    out[1] = (char)('0' + number % 10);
    return out + 2;
}

static char *put_date(char *out, int year, int month, int day)
{
    out = put_pair(put_pair(out, year / 100), year % 100);
    *out++ = '-';
    out = put_pair(out, month);
    *out++ = '-';
    return put_pair(out, day);
}

struct text date_text(const struct date_parts *parts, struct arena *arena)
{
    char *out = arena_bytes(arena, DATE_BYTES);

    put_date(out, parts->year, parts->month, parts->day);
    return (struct text){out, DATE_BYTES};
}

struct text time_text(int64_t seconds, int32_t us, struct arena *arena)
{
    int64_t days =
        seconds >= 0 ? seconds / DAY_SECONDS : -((DAY_SECONDS - 1 - seconds) / DAY_SECONDS);
    int second = (int)(seconds - days * DAY_SECONDS);
    size_t len = us == 0 ? TIME_BYTES : TIME_BYTES_US;
    int year;
    int month;
    int day;
    char *out;
    char *to;

    if (days < DAY_FIRST || days > DAY_LAST) {
        return (struct text){"", 0};
    }
    calendar_civil((int32_t)days, &year, &month, &day);
    out = arena_bytes(arena, len);
    to = put_date(out, year, month, day);
    *to++ = 'T';
    to = put_pair(to, second / 3600);
    *to++ = ':';
    to = put_pair(to, second / 60 % 60);
    *to++ = ':';
    to = put_pair(to, second % 60);
    if (us != 0) {
        *to++ = '.';
        to = put_pair(put_pair(put_pair(to, us / 10000), us / 100 % 100), us % 100);
    }
    *to = 'Z';
    return (struct text){out, len};
}
