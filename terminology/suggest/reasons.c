/* reasons.c - why a code is suggested, axis by axis, in words. */
#include "terminology/suggest/suggester.h"

#include <math.h>

struct telling {
    struct strbuf *out;
    const struct suggest_index *index;
    const struct asked *asked;
    const struct candidate *candidate;
    struct text unit;
    bool any;
};

static void part(struct telling *telling)
{
    strbuf_puts(telling->out, telling->any ? "; " : "");
    telling->any = true;
}

static void tell(struct telling *telling, const char *what)
{
    part(telling);
    strbuf_puts(telling->out, what);
}

static struct text value_of(const struct telling *telling, enum axis axis)
{
    const struct suggest_index *index = telling->index;
    size_t at = (size_t)telling->candidate->row * INDEX_AXES + (size_t)axis;

    return index->values[axis][index->value_of[at]].text;
}

static void tell_axis(struct telling *telling, enum axis axis, const char *name,
                      const char *says)
{
    struct text value = value_of(telling, axis);

    part(telling);
    strbuf_addf(telling->out, "%s %.*s %s", name, (int)value.len, value.at, says);
}

static void tell_words(struct telling *telling)
{
    const float *features = telling->candidate->features;

    if (features[F_APPROVED] > 0) {
        tell(telling, "approved for the same name");
    } else if (features[F_NEAR] > 0.5F) {
        part(telling);
        strbuf_addf(telling->out, "approved for a name that is %.0f %% alike",
                    (double)features[F_NEAR] * 100);
    }
    if (features[F_EXACT_ROW] > 0) {
        tell(telling, "the code's own name, word for word");
    } else if (features[F_EXACT] > 0) {
        tell(telling, "the same name");
    } else {
        part(telling);
        strbuf_addf(telling->out, "%.0f %% of the words, spelling %.0f %% alike",
                    fmin(100, (double)features[F_COVER] * 100),
                    (double)features[F_GRAMS] * 100);
    }
    if (features[F_NUMBER] > 0) {
        tell(telling, "it has a number that the name has not");
    }
    for (int i = F_RATIO_EXTRA; i <= F_MIX_MISSING; i++) {
        if (features[i] > 0 && feature_text((enum feature)i)[0] != '\0') {
            tell(telling, feature_text((enum feature)i));
        }
    }
}

static void tell_unit(struct telling *telling)
{
    const float *features = telling->candidate->features;
    struct text unit = telling->unit;

    if (features[F_PROPERTY_AGREES] > 0 || features[F_PROPERTY_AGAINST] > 0) {
        struct text property = value_of(telling, AXIS_PROPERTY);
        part(telling);
        strbuf_addf(telling->out, "unit %.*s is %s: PROPERTY %.*s %s", (int)unit.len, unit.at,
                    unit_kind_name(telling->asked->unit), (int)property.len, property.at,
                    features[F_PROPERTY_AGREES] > 0 ? "agrees" : "does not go with it");
    } else if (features[F_SAID_AGREES] > 0) {
        tell_axis(telling, AXIS_PROPERTY, "PROPERTY", "agrees with the name");
    }
}

static void tell_axes(struct telling *telling)
{
    static const struct {
        enum feature feature;
        enum axis axis;
        const char *name;
        const char *says;
    } all[] = {
        {F_SYSTEM_AGREES, AXIS_SYSTEM, "SYSTEM", "agrees"},
        {F_SYSTEM_AGAINST, AXIS_SYSTEM, "SYSTEM", "is not what the name says"},
        {F_SYSTEM_USUAL, AXIS_SYSTEM, "SYSTEM", "is the usual one"},
        {F_SCALE_AGREES, AXIS_SCALE, "SCALE_TYP", "agrees"},
        {F_SCALE_AGAINST, AXIS_SCALE, "SCALE_TYP", "is not what the name says"},
        {F_TIME_AGAINST, AXIS_TIME, "TIME_ASPCT", "is not what was asked"},
        {F_METHOD_AGREES, AXIS_METHOD, "METHOD_TYP", "agrees"},
        {F_METHOD_EXTRA, AXIS_METHOD, "METHOD_TYP", "was not asked for"},
        {F_ROUTE_AGREES, AXIS_ROUTE, "route", "agrees"},
        {F_ROUTE_AGAINST, AXIS_ROUTE, "route", "is another"},
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (telling->candidate->features[all[i].feature] > 0 &&
            value_of(telling, all[i].axis).len > 0) {
            tell_axis(telling, all[i].axis, all[i].name, all[i].says);
        }
    }
}

void suggest_reasons(const struct suggester *suggester, const struct suggest_scratch *scratch,
                     uint32_t row, struct strbuf *out)
{
    const struct candidates *found = &scratch->found;
    struct telling telling = {out, suggester->index, &found->asked, NULL, scratch->unit, false};

    for (int i = 0; i < found->count; i++) {
        if (found->list[i].row == row) {
            telling.candidate = &found->list[i];
        }
    }
    if (telling.candidate == NULL) {
        strbuf_puts(out, "nothing is alike");
        return;
    }
    tell_words(&telling);
    tell_unit(&telling);
    if (suggester->index->has_axes || code_pack_dialect(suggester->pack) == CODE_ATC) {
        tell_axes(&telling);
    }
    for (int i = F_DEPRECATED; i <= F_HEADING; i++) {
        if (telling.candidate->features[i] > 0) {
            tell(&telling, feature_text((enum feature)i));
        }
    }
    if (telling.candidate->features[F_VALUES] > 0) {
        tell(&telling, feature_text(F_VALUES));
    }
}
