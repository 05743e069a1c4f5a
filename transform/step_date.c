/*
 * step_date.c - steps for calendar days.
 */
#include "core/calendar.h"
#include "transform/date_text.h"
#include "transform/step_cell.h"

static const char rule_format[] = "date.format";

static bool dates_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct date_patterns *patterns = xcalloc(1, sizeof(*patterns));

    (void)env;
    step->data = patterns;
    return date_patterns_compile(patterns, step, err);
}

static bool date_compile(struct step *step, const struct step_env *env, struct error *err)
{
    const struct date_patterns *patterns;

    if (!dates_compile(step, env, err)) {
        return false;
    }
    patterns = step->data;
    for (int i = 0; i < patterns->count; i++) {
        if (!patterns->at[i].has_day) {
            return step_error(step, err, "pattern %d has no day; use partial_date", i + 1);
        }
    }
    return true;
}

static void date_cell(const struct step_cell *at)
{
    struct date_parts parts;

    if (date_patterns_match(at->data, cell_text(*at->cell), &parts) == NULL) {
        cell_refuse(at, rule_format);
    } else {
        cell_put(at->cell, date_text(&parts, cell_arena(at)));
    }
}

STEP_RUN_WORD(date)

static void partial_date_row(const struct step_cell *at)
{
    struct cell *precision = cell_sibling(at, 1);
    struct text in = cell_trimmed(at->cell);
    struct date_parts parts;
    const struct date_pattern *pattern;

    if (in.len == 0) {
        cell_clear(at->cell);
        cell_clear(precision);
        return;
    }
    pattern = date_patterns_match(at->data, in, &parts);
    if (pattern == NULL) {
        cell_refuse(at, rule_format);
        return;
    }
    cell_put(at->cell, date_text(&parts, cell_arena(at)));
    cell_put(precision, text_of(pattern->has_day ? "D" : pattern->has_month ? "M" : "Y"));
}

STEP_RUN_ROW(partial_date, 2)

static bool year_only_compile(struct step *step, const struct step_env *env, struct error *err)
{
    for (int i = 0; i < step->source->nargs; i++) {
        char date[32];
        int32_t days;
        (void)snprintf(date, sizeof(date), "2000-%s", step->source->args[i]);
        if (!calendar_parse_date(text_of(date), &days)) {
            return step_error(step, err, "argument %d is no day MM-DD", i + 1);
        }
    }
    return step_compile_words(step, env, err);
}

static void year_only_row(const struct step_cell *at)
{
    struct cell *precision = cell_sibling(at, 1);
    struct text date = cell_trimmed(at->cell);
    bool year_only;
    struct date_parts first;
    int32_t days;

    if (date.len == 0) {
        cell_clear(at->cell);
        cell_clear(precision);
        return;
    }
    if (!calendar_parse_date(date, &days)) {
        cell_refuse(at, rule_format);
        return;
    }
    year_only = step_words_hold(at->data, 0, (struct text){date.at + 5, 5});
    cell_put(precision, text_of(year_only ? "Y" : "D"));
    if (year_only) {
        calendar_civil(days, &first.year, &first.month, &first.day);
        first.month = first.day = 1;
        date = date_text(&first, cell_arena(at));
    }
    cell_put(at->cell, date);
}

STEP_RUN_ROW(year_only, 2)

struct day_range {
    int32_t first;
    int32_t last;
};

static bool date_range_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct day_range *range = xcalloc(1, sizeof(*range));

    (void)env;
    step->data = range;
    if (!calendar_parse_date(text_of(step->source->args[0]), &range->first) ||
        !calendar_parse_date(text_of(step->source->args[1]), &range->last) ||
        range->first > range->last) {
        return step_error(step, err, "two days YYYY-MM-DD are wanted, the earlier one first");
    }
    return true;
}

static bool not_future_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct day_range *range = xcalloc(1, sizeof(*range));

    (void)err;
    *range = (struct day_range){INT32_MIN, env->today};
    step->data = range;
    return true;
}

/* The day of YYYY-MM-DD, or of a time that starts so. */
static bool day_of(struct text text, int32_t *days)
{
    if (text.len > DATE_BYTES && text.at[DATE_BYTES] == 'T') {
        text.len = DATE_BYTES;
    }
    return calendar_parse_date(text, days);
}

static void range_check(const struct step_cell *at, const char *rule)
{
    const struct day_range *range = at->data;
    int32_t days;

    if (!day_of(cell_text(*at->cell), &days)) {
        cell_refuse(at, rule_format);
    } else if (days < range->first || days > range->last) {
        cell_refuse(at, rule);
    }
}

static void date_range_cell(const struct step_cell *at)
{
    range_check(at, "date.range");
}

static void not_future_cell(const struct step_cell *at)
{
    range_check(at, "date.future");
}

/* A precision behind the date is handed on as it is. */
static void each_date(const struct step *step, struct step_frame *frame,
                      void (*check)(const struct step_cell *at))
{
    int nvalues = frame->nvalues;

    frame->nvalues = 1;
    frame_each_word(step, frame, check);
    frame->nvalues = nvalues;
}

static void date_range_run(const struct step *step, struct step_frame *frame)
{
    each_date(step, frame, date_range_cell);
}

static void not_future_run(const struct step *step, struct step_frame *frame)
{
    each_date(step, frame, not_future_cell);
}

const struct step_impl step_date_impls[] = {
    {"date", date_compile, date_run, NULL},
    {"partial_date", dates_compile, partial_date_run, NULL},
    {"year_only_on", year_only_compile, year_only_run, NULL},
    {"date_range", date_range_compile, date_range_run, NULL},
    {"not_future", not_future_compile, not_future_run, NULL},
    {0},
};
