#include "terminology/suggest/axis_match.h"

#include "terminology/suggest/drug_words.h"

/* Of serum and plasma, where "blood" was asked for; blood itself agrees more. */
static const float drawn_agrees = 0.9F;

static bool asks(const struct asked *asked, uint32_t word)
{
    for (int i = 0; i < asked->nwords; i++) {
        if (asked->words[i].word == word) {
            return true;
        }
    }
    return false;
}

/* Share of the value's words that were asked for. */
static float shared(const struct asked *asked, const struct axis_value *value)
{
    int hits = 0;

    for (int i = 0; i < value->nwords; i++) {
        hits += asks(asked, value->words[i]);
    }
    return value->nwords == 0 ? 0 : (float)hits / (float)value->nwords;
}

static struct axis_match match_words(const struct asked *asked, enum axis axis,
                                     const struct axis_value *value)
{
    float share = shared(asked, value);
    bool drawn = axis == AXIS_SYSTEM && asked->is_drawn_blood && value->is_drawn;
    bool speaks = (asked->cues & (1U << axis)) != 0;

    if (share > 0) {
        return (struct axis_match){0.6F + 0.4F * share, 0};
    }
    if (drawn) {
        return (struct axis_match){drawn_agrees, 0};
    }
    return (struct axis_match){0, speaks ? 1 : 0};
}

static struct axis_match match_property(const struct asked *asked,
                                        const struct axis_value *value)
{
    float agrees = unit_kind_agrees(asked->unit, value->text);

    if (asked->unit == UNIT_NONE || asked->unit == UNIT_OTHER) {
        return (struct axis_match){0, 0};
    }
    return (struct axis_match){agrees, agrees == 0 ? 1 : 0};
}

static struct axis_match match_scale(const struct asked *asked, const struct axis_value *value)
{
    static const char *const hinted[] = {
        [HINT_NONE] = "",
        [HINT_QUANTITATIVE] = "Qn OrdQn",
        [HINT_ORDINAL] = "Ord OrdQn",
        [HINT_NARRATIVE] = "Nar Nom Doc",
        [HINT_NOMINAL] = "Nom Nar",
    };
    const char *at = hinted[asked->scale];

    if (text_is(value->text, "Set") || text_is(value->text, "-")) {
        return asked->says_panel ? (struct axis_match){1, 0} : (struct axis_match){0, 1};
    }
    if (asked->scale == HINT_NONE) {
        return (struct axis_match){0, 0};
    }
    while (*at != '\0') {
        size_t len = strcspn(at, " ");
        if (text_equal((struct text){at, len}, value->text)) {
            return (struct axis_match){1, 0};
        }
        at += len + (at[len] == ' ');
    }
    return (struct axis_match){0, 1};
}

static bool begins(struct text text, const char *start)
{
    size_t len = strlen(start);

    return text.len >= len && memcmp(text.at, start, len) == 0;
}

static bool names_time(const struct asked *asked, const struct axis_value *value)
{
    struct text number = {value->text.at, 0};

    while (number.len < value->text.len && number.at[number.len] >= '0' &&
           number.at[number.len] <= '9') {
        number.len++;
    }
    if (number.len == 0) {
        return false;
    }
    for (int i = 0; i + 1 < asked->form.nwords; i++) {
        if (text_equal(asked->form.words[i], number) &&
            (text_is(asked->form.words[i + 1], "h") ||
             text_is(asked->form.words[i + 1], "d"))) {
            return true;
        }
    }
    return false;
}

static struct axis_match match_time(const struct asked *asked, const struct axis_value *value)
{
    bool is_point = text_is(value->text, "Pt");

    if (is_point) {
        return (struct axis_match){asked->of_a_day ? 0 : 1, asked->of_a_day ? 1 : 0};
    }
    if ((asked->of_a_day && begins(value->text, "24H")) || names_time(asked, value)) {
        return (struct axis_match){1, 0};
    }
    return (struct axis_match){0, 1};
}

/* Two ways into the whole body are less against each other than skin and eye: not every form has
 * its DDD. */
static struct axis_match match_route(const struct asked *asked, const struct axis_value *value)
{
    static const float less_against = 0.3F;
    bool is_body = (value->routes & ROUTE_WHOLE_BODY) != 0;

    if (asked->routes == 0) {
        return (struct axis_match){0, 0};
    }
    if ((asked->routes & value->routes) != 0) {
        return (struct axis_match){1, 0};
    }
    if (is_body && (asked->routes & (ROUTE_ORAL | ROUTE_INJECTED | ROUTE_RECTAL |
                                     ROUTE_SUBLINGUAL | ROUTE_PATCH)) != 0) {
        bool is_silent = value->routes == ROUTE_WHOLE_BODY;
        return (struct axis_match){is_silent ? 0.8F : 0.5F, is_silent ? 0 : less_against};
    }
    return (struct axis_match){0, 1};
}

struct axis_match axis_match(const struct asked *asked, enum axis axis,
                             const struct axis_value *value)
{
    if (value->text.len == 0 && axis != AXIS_METHOD) {
        return (struct axis_match){0, 0};
    }
    switch (axis) {
    case AXIS_SYSTEM:
    case AXIS_METHOD:
        return match_words(asked, axis, value);
    case AXIS_PROPERTY:
        return match_property(asked, value);
    case AXIS_SCALE:
        return match_scale(asked, value);
    case AXIS_TIME:
        return match_time(asked, value);
    case AXIS_ROUTE:
        return match_route(asked, value);
    }
    return (struct axis_match){0, 0};
}

struct usual {
    const char *name;
    float usual;
};

static float usual_in(const struct usual *all, size_t count, struct text value)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(value, all[i].name)) {
            return all[i].usual;
        }
    }
    return 0;
}

float axis_usual(enum axis axis, struct text value)
{
    static const struct usual systems[] = {
        {"Ser/Plas", 1},   {"Ser", 0.8F},          {"Bld", 0.6F},      {"Plas", 0.6F},
        {"PPP", 1},        {"Ser/Plas/Bld", 0.8F}, {"Bld/Tiss", 0.6F}, {"Ser+Bld", 0.5F},
        {"Isolate", 0.4F}, {"RBC", 0.5F},
    };
    static const struct usual methods[] = {
        {"Automated count", 1},
        {"Coag", 1},
        {"Westergren", 0.7F},
        {"Calculated", 0.5F},
    };

    return axis == AXIS_SYSTEM ? usual_in(systems, sizeof(systems) / sizeof(systems[0]), value)
           : axis == AXIS_METHOD
               ? usual_in(methods, sizeof(methods) / sizeof(methods[0]), value)
               : 0;
}

bool axis_is_drawn(struct text system)
{
    static const char *const drawn[] = {"Ser/Plas", "Ser", "Plas", "PPP",     "Ser/Plas/Bld",
                                        "Ser+Bld",  "RBC", "WBC",  "Bld/Tiss"};

    for (size_t i = 0; i < sizeof(drawn) / sizeof(drawn[0]); i++) {
        if (text_is(system, drawn[i])) {
            return true;
        }
    }
    return false;
}

bool axis_open_system(struct text system)
{
    return text_is(system, "X"
                           "XX") ||
           text_is(system, "Specimen") || text_is(system, "^Patient");
}
