#include "terminology/suggest/name_specimen.h"

/* "B-lymphocyte", "S-100", "P-selectin": a letter that belongs to the name. */
static bool belongs(struct text rest)
{
    static const char *const names[] = {"lympho", "lymf", "cell",  "zell", "type", "typ",
                                        "natriu", "nat",  "anca",  "sele", "glyc", "aden",
                                        "carbox", "tau",  "acute", "all"};

    if (rest.len == 0 || (rest.at[0] >= '0' && rest.at[0] <= '9')) {
        return true;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t len = strlen(names[i]);
        if (rest.len >= len &&
            text_equal_nocase((struct text){rest.at, len}, text_of(names[i]))) {
            return true;
        }
    }
    return false;
}

const char *name_specimen_take(struct text *name)
{
    static const struct {
        const char *prefix;
        const char *says;
    } prefixes[] = {
        {"S-", "serum"},
        {"P-", "plasma"},
        {"B-", "whole blood"},
        {"U-", "urine"},
        {"fS-", "fasting serum"},
        {"fP-", "fasting plasma"},
        {"dU-", "24 h urine"},
        {"tU-", "24 h urine"},
        {"aB-", "arterial blood"},
        {"vB-", "venous blood"},
        {"cB-", "capillary blood"},
        {"Csf-", "csf"},
        {"CSF-", "csf"},
        {"L-", "csf"},
        {"F-", "stool"},
    };

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        size_t len = strlen(prefixes[i].prefix);
        struct text rest = {name->at + len, name->len > len ? name->len - len : 0};
        if (name->len > len && memcmp(name->at, prefixes[i].prefix, len) == 0 &&
            !belongs(rest)) {
            *name = rest;
            return prefixes[i].says;
        }
    }
    return NULL;
}

bool name_word_is_beside(struct text word)
{
    static const char *const beside[] = {
        "s",      "p",      "u",      "b",    "sp",   "i",       "im",    "in",       "en",
        "serum",  "plasma", "urine",  "urin", "harn", "orina",   "suero", "blood",    "blut",
        "sangre", "csf",    "liquor", "ser",  "plas", "bld",     "ur",    "serpl",    "level",
        "wb",     "whole",  "gas",    "%",    "#",    "absolut", "abs",   "absolute", "rel",
    };

    for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
        if (text_is(word, beside[i])) {
            return true;
        }
    }
    return false;
}
