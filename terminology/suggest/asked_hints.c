/* asked_hints.c - what a query's unit and words say beside the thing itself; for asked.c only. */
#include "terminology/suggest/asked_parts.h"
#include "terminology/suggest/drug_words.h"

static bool has_word(const struct asked *asked, const char *const *words)
{
    for (; *words != NULL; words++) {
        for (int i = 0; i < asked->nwords; i++) {
            if (text_is(asked->words[i].text, *words)) {
                return true;
            }
        }
    }
    return false;
}

static bool has_pair(const struct asked *asked, const char *first, const char *second)
{
    for (int i = 0; i + 1 < asked->form.nwords; i++) {
        if (text_is(asked->form.words[i], first) && text_is(asked->form.words[i + 1], second)) {
            return true;
        }
    }
    return false;
}

/* The words that LOINC's long names, and people, use for a kind of quantity. */
static enum unit_kind said_kind(const struct asked *asked)
{
    static const struct {
        const char *first;
        const char *second;
        enum unit_kind kind;
    } phrases[] = {
        {"mass", "volume", UNIT_MASS_VOLUME},     {"mole", "volume", UNIT_SUBSTANCE_VOLUME},
        {"unit", "volume", UNIT_ACTIVITY_VOLUME}, {"activity", "volume", UNIT_ACTIVITY_VOLUME},
        {"#", "volume", UNIT_COUNT_VOLUME},       {"mass", "time", UNIT_MASS_TIME},
        {"mole", "time", UNIT_SUBSTANCE_TIME},    {"mass", "mass", UNIT_MASS_MASS},
        {"mass", "ratio", UNIT_MASS_MASS},        {"entitic", "volume", UNIT_VOLUME},
        {"entitic", "mass", UNIT_MASS},           {"volume", "fraction", UNIT_FRACTION},
        {"mass", "fraction", UNIT_FRACTION},
    };
    static const char *const percent[] = {"%", NULL};
    static const char *const titre[] = {"titer", "titre", NULL};
    static const char *const count[] = {"absolute", "#", NULL};

    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
        if (has_pair(asked, phrases[i].first, phrases[i].second)) {
            return phrases[i].kind;
        }
    }
    return has_word(asked, percent) ? UNIT_FRACTION
           : has_word(asked, titre) ? UNIT_TITRE
           : has_word(asked, count) ? UNIT_COUNT_VOLUME
                                    : UNIT_NONE;
}

static enum scale_hint scale_hint(const struct asked *asked)
{
    static const char *const ordinal[] = {"qualitative", "screen", "detected", "reflex", NULL};
    static const char *const quantitative[] = {
        "quantitative", "level", "count", "titer", "titre", "concentration", NULL};
    static const char *const narrative[] = {"interpretation", "comment", "note",
                                            "narrative",      "report",  NULL};
    static const char *const nominal[] = {"identification", "culture", "type",       "genotype",
                                          "source",         "color",   "appearance", NULL};

    if (asked->unit != UNIT_NONE || has_word(asked, quantitative)) {
        return HINT_QUANTITATIVE;
    }
    return has_word(asked, ordinal)     ? HINT_ORDINAL
           : has_word(asked, narrative) ? HINT_NARRATIVE
           : has_word(asked, nominal)   ? HINT_NOMINAL
           : asked->said != UNIT_NONE   ? HINT_QUANTITATIVE
                                        : HINT_NONE;
}

static bool name_holds(struct text name, char byte)
{
    return name.len > 0 &&
           memchr(name.at, byte, name.len < SUGGEST_NAME_MAX ? name.len : SUGGEST_NAME_MAX) !=
               NULL;
}

/* Chemistry of "blood" is done in its serum or plasma, unless somebody says otherwise. */
static bool is_drawn_blood(const struct asked *asked)
{
    static const char *const blood[] = {"blood", NULL};
    static const char *const itself[] = {"arterial", "venous", "capillary", "cord", "gas",
                                         "dot",      "spot",   "mixed",     "bank", "type",
                                         "serum",    "plasma", NULL};

    return has_word(asked, blood) && !asked->says_whole && !has_word(asked, itself);
}

static unsigned routes_said(const struct asked *asked)
{
    /* "oral suspension" of an eye is none; a vaginal cream is for no other skin */
    static const unsigned weaker[] = {ROUTE_ORAL | ROUTE_INJECTED, ROUTE_SKIN};
    unsigned routes = 0;

    for (int i = 0; i < asked->nwords; i++) {
        routes |= drug_routes_of_word(asked->words[i].text);
    }
    for (size_t i = 0; i < sizeof(weaker) / sizeof(weaker[0]); i++) {
        routes = (routes & ~weaker[i]) != 0 ? routes & ~weaker[i] : routes;
    }
    return routes;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & '\x80') != 0;
}

/* The word that ends in front of, or begins behind, a sign: no unit, no number. */
static bool is_substance(struct text name, size_t at, int step)
{
    size_t len = 0;

    while (at < name.len && name.at[at] == ' ') {
        at += (size_t)step;
    }
    while (at < name.len && is_letter(name.at[at])) {
        len++;
        at += (size_t)step;
    }
    return len >= 3;
}

/* "Losartan/HCTZ", "amoxicillin + clavulanic acid"; but not "mg/ml". */
static bool says_mix(struct text name)
{
    for (size_t i = 1; i + 1 < name.len && i < SUGGEST_NAME_MAX; i++) {
        bool joins =
            name.at[i] == '+' || name.at[i] == '/' || name.at[i] == '-' || (name.at[i] == '&');
        if (joins && is_substance(name, i - 1, -1) && is_substance(name, i + 1, 1)) {
            return true;
        }
    }
    return false;
}

void asked_read_hints(struct asked *asked, const struct suggest_index *index,
                      const struct suggest_query *query)
{
    static const char *const ratio[] = {"ratio", "ratios", "per", "%", NULL};
    static const char *const panel[] = {"panel", "profile", "pnl", "set", "battery", NULL};
    static const char *const challenge[] = {"post",     "after",   "challenge",   "tolerance",
                                            "baseline", "fasting", "stimulation", "suppression",
                                            "peak",     "trough",  "min",         NULL};

    asked->unit = unit_kind_of(query->unit);
    asked->said = said_kind(asked);
    asked->scale = scale_hint(asked);
    asked->of_a_day = unit_is_of_a_day(query->unit) || has_pair(asked, "24", "h") ||
                      has_pair(asked, "1", "d");
    asked->says_ratio = has_word(asked, ratio) || asked->unit == UNIT_RATIO ||
                        asked->unit == UNIT_FRACTION || asked->unit == UNIT_MASS_MASS ||
                        asked->unit == UNIT_SUBSTANCE_MASS ||
                        asked->unit == UNIT_SUBSTANCE_SUBSTANCE || name_holds(query->name, '/');
    asked->says_panel = has_word(asked, panel);
    asked->says_mix = index->is_drug && says_mix(query->name);
    asked->is_fraction = asked->unit == UNIT_FRACTION;
    asked->is_drawn_blood = index->has_axes && is_drawn_blood(asked);
    asked->routes = index->is_atc ? routes_said(asked) : 0;
    asked->says_challenge = has_word(asked, challenge) || name_holds(query->name, '^');
}
