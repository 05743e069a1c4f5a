/* feature_table.c - what a code is ranked by: names, untrained weights, words. */
#include "terminology/suggest/candidate.h"

const float feature_defaults[FEATURES] = {
#define X(feature, weight, name, text) weight,
    FEATURE_LIST(X)
#undef X
};

const char *feature_name(enum feature feature)
{
    static const char *const names[] = {
#define X(feature, weight, name, text) name,
        FEATURE_LIST(X)
#undef X
    };

    return names[feature];
}

const char *feature_text(enum feature feature)
{
    static const char *const texts[] = {
#define X(feature, weight, name, text) text,
        FEATURE_LIST(X)
#undef X
    };

    return texts[feature];
}
