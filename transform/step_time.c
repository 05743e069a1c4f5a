/*
 * step_time.c - steps for instants: local times become UTC.
 */
#include "transform/date_text.h"
#include "transform/digit.h"
#include "transform/step_cell.h"
#include "transform/zone.h"

enum { EPOCH_DIGITS_MAX = 12, DAY_SECONDS = 86400 };

static const char rule_format[] = "timestamp.format";

struct local_time {
    struct date_patterns patterns;
    struct zone zone;
    int32_t at; /* seconds of the day when the pattern has no time */
};

/* 'at=HH:MM' for patterns that have no time of their own. */
static bool at_compile(struct local_time *local, const struct step *step, struct error *err)
{
    const char *word = step_arg_option(step, "at");
    struct date_pattern clock;
    struct date_parts parts;
    char day[32];

    if (word == NULL) {
        for (int i = 0; i < local->patterns.count; i++) {
            if (!local->patterns.at[i].has_time) {
                return step_error(step, err, "a pattern without an hour needs 'at=HH:MM'");
            }
        }
        return true;
    }
    (void)snprintf(day, sizeof(day), "2000-01-01 %s", word);
    if (date_pattern_compile(&clock, "yyyy-MM-dd HH:mm", DATE_NO_PIVOT) != NULL ||
        !date_pattern_match(&clock, text_of(day), &parts)) {
        return step_error(step, err, "'at=' wants HH:MM");
    }
    local->at = parts.hour * 3600 + parts.minute * 60;
    return true;
}

static bool zone_compile(struct local_time *local, const struct step *step,
                         const struct step_env *env, struct error *err)
{
    const char *name = step_arg_option(step, "zone");
    bool needed = false;

    for (int i = 0; i < local->patterns.count; i++) {
        needed = needed || !local->patterns.at[i].has_offset;
    }
    if (!needed) {
        return true;
    }
    name = name == NULL ? env->zone : name;
    if (name == NULL || name[0] == '\0') {
        return step_error(step, err,
                          "local times, but neither 'zone=' nor the map names a zone");
    }
    return zone_init(&local->zone, name) ||
           step_error(step, err, "there is no time zone '%s'", name);
}

static bool timestamp_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct local_time *local = xcalloc(1, sizeof(*local));

    step->data = local;
    return date_patterns_compile(&local->patterns, step, err) && at_compile(local, step, err) &&
           zone_compile(local, step, env, err);
}

static void timestamp_cell(const struct step_cell *at)
{
    const struct local_time *local = at->data;
    struct date_parts parts;
    const struct date_pattern *pattern =
        date_patterns_match(&local->patterns, cell_text(*at->cell), &parts);
    int32_t clock;
    int64_t seconds;
    int64_t utc;
    struct text out;

    if (pattern == NULL) {
        cell_refuse(at, rule_format);
        return;
    }
    clock = parts.hour * 3600 + parts.minute * 60 + parts.second;
    seconds = (int64_t)parts.days * DAY_SECONDS + (pattern->has_time ? clock : local->at);
    utc = seconds - parts.offset;
    if (!pattern->has_offset) {
        enum zone_times times = zone_to_utc(&local->zone, seconds, &utc);
        if (times == ZONE_GAP) {
            cell_refuse(at, "timestamp.gap");
            return;
        }
        if (times == ZONE_TWICE) {
            cell_flag(at, "timestamp.ambiguous");
        }
    }
    out = time_text(utc, parts.us, cell_arena(at));
    cell_put(at->cell, out);
    if (out.len == 0) {
        cell_refuse(at, rule_format);
    }
}

STEP_RUN_WORD(timestamp)

static void epoch_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    bool negative = in.at[0] == '-';
    size_t i = negative ? 1 : 0;
    int64_t seconds = 0;
    struct text out = {"", 0};

    if (in.len > i && in.len - i <= EPOCH_DIGITS_MAX) {
        for (; i < in.len && digit_is_ascii(in.at[i]); i++) {
            seconds = seconds * 10 + (in.at[i] - '0');
        }
        if (i == in.len) {
            out = time_text(negative ? -seconds : seconds, 0, cell_arena(at));
        }
    }
    cell_put(at->cell, out);
    if (out.len == 0) {
        cell_refuse(at, rule_format);
    }
}

STEP_RUN_WORD(epoch)

const struct step_impl step_time_impls[] = {
    {"timestamp", timestamp_compile, timestamp_run, NULL},
    {"epoch_seconds", NULL, epoch_run, NULL},
    {0},
};
