#include "serve/search.h"

#include "core/calendar.h"
#include "serve/url.h"

#include <ctype.h>

/* ---- dates ---- */

static bool all_digits(struct text text, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++) {
        if (i >= text.len || text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return true;
}

static int two_digits(struct text text, size_t from)
{
    return (text.at[from] - '0') * 10 + text.at[from + 1] - '0';
}

static bool day_range(int year, int month, int day, int64_t *from_us, int64_t *to_us)
{
    int32_t from;
    int32_t to;
    bool found = calendar_days(year, month == 0 ? 1 : month, day == 0 ? 1 : day, &from);

    if (!found) {
        return false;
    }
    if (day != 0) {
        to = from + 1;
    } else if (month == 0 || month == 12) {
        found = calendar_days(year + 1, 1, 1, &to);
    } else {
        found = calendar_days(year, month + 1, 1, &to);
    }
    if (found) {
        *from_us = from * CALENDAR_DAY_US;
        *to_us = to * CALENDAR_DAY_US;
    }
    return found;
}

/* How long the last part of a time lasts: a minute, a second, or the last digit of a fraction. */
static int64_t time_width(struct text text)
{
    int64_t width = 1000000;
    size_t i;

    if (text.len <= 16 || text.at[16] != ':') {
        return 60 * width;
    }
    if (text.len > 19 && text.at[19] == '.') {
        for (i = 20; i < text.len && isdigit((unsigned char)text.at[i]); i++) {
            width /= 10;
        }
    }
    return width > 0 ? width : 1;
}

/* A time without a zone is in UTC, the server's. */
static bool parse_time(struct text text, int64_t *us)
{
    char zoned[40];
    bool has_zone = false;

    for (size_t i = 16; i < text.len; i++) {
        has_zone = has_zone || strchr("Zz+-", text.at[i]) != NULL;
    }
    if (text.len + 2 > sizeof(zoned)) {
        return false;
    }
    snprintf(zoned, sizeof(zoned), "%.*s%s", (int)text.len, text.at, has_zone ? "" : "Z");
    return calendar_parse_timestamp(text_of(zoned), us);
}

bool search_date_range(struct text text, int64_t *from_us, int64_t *to_us, bool *is_dated)
{
    int year;
    bool month = text.len >= 7 && text.at[4] == '-' && all_digits(text, 5, 2);
    bool day = month && text.len == 10 && text.at[7] == '-' && all_digits(text, 8, 2);

    if (!all_digits(text, 0, 4)) {
        return false;
    }
    year = two_digits(text, 0) * 100 + two_digits(text, 2);
    *is_dated = text.len <= 10;
    if (text.len == 4) {
        return day_range(year, 0, 0, from_us, to_us);
    }
    if (text.len == 7 && month) {
        return two_digits(text, 5) > 0 &&
               day_range(year, two_digits(text, 5), 0, from_us, to_us);
    }
    if (day) {
        return two_digits(text, 8) > 0 &&
               day_range(year, two_digits(text, 5), two_digits(text, 8), from_us, to_us);
    }
    if (text.len < 16 || text.at[10] != 'T' || !parse_time(text, from_us)) {
        return false;
    }
    *to_us = *from_us + time_width(text);
    return true;
}

static enum search_fault parse_date(struct search_value *value)
{
    static const char *const names[] = {[PREFIX_EQ] = "eq",
                                        [PREFIX_LT] = "lt",
                                        [PREFIX_LE] = "le",
                                        [PREFIX_GT] = "gt",
                                        [PREFIX_GE] = "ge"};
    struct text *text = &value->alternatives[0].value;

    if (value->nalternatives != 1) {
        return SEARCH_NOT_SUPPORTED;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (text->len > 2 && memcmp(text->at, names[i], 2) == 0) {
            value->prefix = (enum search_prefix)i;
            *text = (struct text){text->at + 2, text->len - 2};
            break;
        }
    }
    return search_date_range(*text, &value->from_us, &value->to_us, &value->is_dated)
               ? SEARCH_OK
               : SEARCH_BAD_VALUE;
}

/* ---- values ---- */

/* Cuts one alternative off `rest`, which the caller has decoded; takes the backslashes away and
 * notes where the first bare '|' stood (`bar`, or SIZE_MAX). */
static struct text next_alternative(struct arena *arena, struct text *rest, size_t *bar)
{
    char *out = arena_bytes(arena, rest->len + 1);
    size_t len = 0;
    size_t i;

    *bar = SIZE_MAX;
    for (i = 0; i < rest->len && rest->at[i] != ','; i++) {
        if (rest->at[i] == '\\' && i + 1 < rest->len) {
            i++;
        } else if (rest->at[i] == '|' && *bar == SIZE_MAX) {
            *bar = len;
        }
        out[len++] = rest->at[i];
    }
    out[len] = '\0';
    i = i < rest->len ? i + 1 : i;
    *rest = (struct text){rest->at + i, rest->len - i};
    return (struct text){out, len};
}

static bool take_reference(struct text *value)
{
    static const char type[] = "Patient/";
    size_t len = sizeof(type) - 1;
    struct ident id;

    for (size_t i = 0; value->len > len && i <= value->len - len; i++) {
        if (memcmp(value->at + i, type, len) == 0 && (i == 0 || value->at[i - 1] == '/')) {
            *value = (struct text){value->at + i + len, value->len - i - len};
            break;
        }
    }
    return ident_parse(*value, &id);
}

static enum search_fault check_alternative(enum search_type type,
                                           struct search_alternative *alternative, size_t bar)
{
    struct text all = alternative->value;
    struct ident id;

    if (all.len == 0) {
        return SEARCH_BAD_VALUE;
    }
    if (all.len > SEARCH_TEXT_MAX) {
        return SEARCH_TOO_LONG;
    }
    if (type == SEARCH_ID) {
        return ident_parse(all, &id) ? SEARCH_OK : SEARCH_BAD_VALUE;
    }
    if (type == SEARCH_REFERENCE) {
        return take_reference(&alternative->value) ? SEARCH_OK : SEARCH_BAD_VALUE;
    }
    if (type == SEARCH_TOKEN && bar != SIZE_MAX) {
        alternative->system = (struct text){all.at, bar};
        alternative->value = (struct text){all.at + bar + 1, all.len - bar - 1};
        return alternative->value.len > 0 ? SEARCH_OK : SEARCH_NOT_SUPPORTED;
    }
    return SEARCH_OK;
}

static enum search_fault parse_value(struct search_value *value, struct text decoded,
                                     struct arena *arena)
{
    struct text rest = decoded;
    size_t commas = 0;

    for (size_t i = 0; i < decoded.len; i++) {
        commas += decoded.at[i] == ',';
    }
    if (commas >= SEARCH_ALTERNATIVES_MAX) {
        return SEARCH_TOO_MANY;
    }
    value->alternatives = arena_alloc(arena, (commas + 1) * sizeof(value->alternatives[0]));
    do {
        struct search_alternative *alternative = &value->alternatives[value->nalternatives++];
        size_t bar;
        enum search_fault fault;

        *alternative = (struct search_alternative){0};
        alternative->value = next_alternative(arena, &rest, &bar);
        fault = check_alternative(value->param->type, alternative, bar);
        if (fault != SEARCH_OK) {
            return fault;
        }
    } while (rest.len > 0);
    return value->param->type == SEARCH_DATE ? parse_date(value) : SEARCH_OK;
}

/* ---- parameters every search has ---- */

static enum search_fault parse_count(struct search *search, struct text value)
{
    uint32_t count = 0;

    if (value.len == 0 || value.len > 6 || !all_digits(value, 0, value.len)) {
        return SEARCH_BAD_VALUE;
    }
    for (size_t i = 0; i < value.len; i++) {
        count = count * 10 + (uint32_t)(value.at[i] - '0');
    }
    search->has_count = true;
    search->count = count > SEARCH_COUNT_MAX ? SEARCH_COUNT_MAX : count;
    return SEARCH_OK;
}

static enum search_fault parse_total(struct search *search, struct text value)
{
    if (!text_is(value, "none") && !text_is(value, "estimate") && !text_is(value, "accurate")) {
        return SEARCH_BAD_VALUE;
    }
    search->total = text_is(value, "accurate");
    return SEARCH_OK;
}

static enum search_fault parse_format(struct text value)
{
    return text_is(value, "json") || text_is(value, "application/json") ||
                   text_is(value, "application/fhir+json") ||
                   text_is(value, "application/fhir json")
               ? SEARCH_OK
               : SEARCH_NOT_ACCEPTABLE;
}

/* SEARCH_UNKNOWN when it is none of them; `which` is set when it is. */
static enum search_fault parse_common(struct search *search, struct text name,
                                      struct text value, const char **which)
{
    static const char *const names[] = {"_count", "_total", "_cursor", "_format"};
    size_t i = 0;

    while (i < sizeof(names) / sizeof(names[0]) && !text_is(name, names[i])) {
        i++;
    }
    if (i == sizeof(names) / sizeof(names[0])) {
        return SEARCH_UNKNOWN;
    }
    *which = names[i];
    switch (i) {
    case 0:
        return parse_count(search, value);
    case 1:
        return parse_total(search, value);
    case 2:
        search->cursor = value;
        return value.len > 0 ? SEARCH_OK : SEARCH_BAD_VALUE;
    default:
        return parse_format(value);
    }
}

/* ---- the query ---- */

static const struct search_param *find_param(const struct search_param *params,
                                             struct text name)
{
    for (const struct search_param *param = params; param->type != SEARCH_END; param++) {
        if (text_is(name, param->name)) {
            return param;
        }
    }
    return NULL;
}

static enum search_fault add_value(struct search *search, const struct search_param *param,
                                   struct text encoded, struct text decoded,
                                   struct arena *arena)
{
    struct search_value *value = &search->values[search->nvalues];

    if (search->nvalues == SEARCH_VALUES_MAX) {
        return SEARCH_TOO_MANY;
    }
    *value = (struct search_value){.param = param, .encoded = encoded};
    search->nvalues++;
    return parse_value(value, decoded, arena);
}

enum search_fault search_parse(struct search *search, const struct search_param *params,
                               struct text query, bool strict, struct arena *arena,
                               const char **which)
{
    struct text name;
    struct text encoded;
    int pairs = 0;

    *search = (struct search){.count = SEARCH_COUNT_DEFAULT};
    *which = NULL;
    while (url_next_pair(&query, &name, &encoded)) {
        const struct search_param *param;
        struct text decoded;
        const char *colon;
        enum search_fault fault;

        if (++pairs > SEARCH_PAIRS_MAX) {
            return SEARCH_TOO_MANY;
        }
        if (!url_decode(arena, name, true, &name) ||
            !url_decode(arena, encoded, true, &decoded)) {
            return SEARCH_MALFORMED;
        }
        colon = name.len == 0 ? NULL : memchr(name.at, ':', name.len);
        name.len = colon == NULL ? name.len : (size_t)(colon - name.at);
        param = find_param(params, name);
        if (param != NULL) {
            *which = param->name;
            fault = colon != NULL ? SEARCH_MODIFIER
                                  : add_value(search, param, encoded, decoded, arena);
        } else {
            fault = parse_common(search, name, decoded, which);
            fault = fault == SEARCH_UNKNOWN && !strict ? SEARCH_OK : fault;
        }
        if (fault != SEARCH_OK) {
            return fault;
        }
    }
    return SEARCH_OK;
}

const struct search_value *search_find(const struct search *search, const char *name)
{
    for (size_t i = 0; i < search->nvalues; i++) {
        if (strcmp(search->values[i].param->name, name) == 0) {
            return &search->values[i];
        }
    }
    return NULL;
}

void search_write(const struct search *search, const char *resource, struct strbuf *out)
{
    char mark = '?';

    strbuf_puts(out, resource);
    for (size_t i = 0; i < search->nvalues; i++) {
        strbuf_addf(out, "%c%s=", mark, search->values[i].param->name);
        url_encode(out, search->values[i].encoded, "%+,:");
        mark = '&';
    }
    if (search->has_count) {
        strbuf_addf(out, "%c_count=%u", mark, search->count);
        mark = '&';
    }
    if (search->total) {
        strbuf_addf(out, "%c_total=accurate", mark);
    }
}
