#include "transform/dedup/level.h"

#define MISSING                                                                                \
    {                                                                                          \
        "missing", "not known on one side", 0, 0                                               \
    }

static const struct level name_levels[] = {
    MISSING,
    {"exact", "the same", 0.80, 0.005},
    {"variant", "known as short for the other", 0.02, 0.001},
    {"typo", "a slip of the pen apart", 0.07, 0.002},
    {"close", "nearly the same", 0.025, 0.005},
    {"swapped", "given and family name changed places", 0.015, 0.00002},
    {"elsewhere", "found among the other names", 0.02, 0.004},
    {"initial", "an initial of the other", 0.01, 0.005},
    {"generation", "of another generation: junior, senior", 0.001, 0.0002},
    {"like", "somewhat alike", 0.015, 0.05},
    {"differs", "different", 0.025, 0.92},
};
static const struct level date_levels[] = {
    MISSING,
    {"exact", "the same day", 0.92, 0.00005},
    {"swapped", "day and month changed places", 0.012, 0.00003},
    {"digit", "one digit off", 0.035, 0.001},
    {"january", "same year, one of them 1 January", 0.004, 0.0003},
    {"near", "two digits off, or one part wrong", 0.012, 0.008},
    {"year", "the same year", 0.006, 0.02},
    {"differs", "different", 0.011, 0.97},
};
static const struct level sex_levels[] = {
    MISSING,
    {"exact", "the same", 0.985, 0.5},
    {"differs", "different", 0.015, 0.5},
};
static const struct level identifier_levels[] = {
    MISSING,
    {"exact", "the same", 0.92, 0.000001},
    {"edit", "one character off", 0.05, 0.000005},
    {"conflict", "different", 0.03, 0.99999},
};
static const struct level postcode_levels[] = {
    MISSING,
    {"exact", "the same", 0.75, 0.001},
    {"edit", "one character off", 0.05, 0.003},
    {"area", "the same area", 0.05, 0.02},
    {"differs", "different", 0.15, 0.97},
};
static const struct level phone_levels[] = {
    MISSING,
    {"exact", "the same", 0.65, 0.00001},
    {"local", "the same without prefix or area", 0.05, 0.00001},
    {"edit", "one digit off", 0.04, 0.00001},
    {"differs", "different", 0.26, 0.9999},
};
static const struct level words_levels[] = {
    MISSING,
    {"exact", "the same", 0.70, 0.01},
    {"typo", "a slip of the pen apart", 0.08, 0.003},
    {"close", "nearly the same", 0.03, 0.02},
    {"shared", "share a word", 0.04, 0.02},
    {"differs", "different", 0.15, 0.95},
};
static const struct level street_levels[] = {
    MISSING,
    {"exact", "the same", 0.60, 0.0001},
    {"typo", "the same number, a slip of the pen apart", 0.12, 0.0003},
    {"number", "the same street, another number", 0.05, 0.002},
    {"close", "partly the same", 0.06, 0.02},
    {"differs", "different", 0.17, 0.97},
};
static const struct level email_levels[] = {
    MISSING,
    {"exact", "the same", 0.70, 0.00001},
    {"typo", "a slip of the pen apart", 0.10, 0.0001},
    {"local", "the same name at another provider", 0.04, 0.0001},
    {"close", "partly the same", 0.04, 0.01},
    {"differs", "different", 0.12, 0.99},
};

#define TABLE(levels)                                                                          \
    {                                                                                          \
        levels, sizeof(levels) / sizeof((levels)[0])                                           \
    }

static const struct {
    const struct level *at;
    int count;
} tables[PEOPLE_KIND_COUNT] = {
    [PEOPLE_GIVEN] = TABLE(name_levels),
    [PEOPLE_FAMILY] = TABLE(name_levels),
    [PEOPLE_MIDDLE] = TABLE(name_levels),
    [PEOPLE_OTHER_NAME] = TABLE(name_levels),
    [PEOPLE_RELATIVE] = TABLE(name_levels),
    [PEOPLE_FULL_NAME] = TABLE(name_levels),
    [PEOPLE_BIRTH_DATE] = TABLE(date_levels),
    [PEOPLE_SEX] = TABLE(sex_levels),
    [PEOPLE_IDENTIFIER] = TABLE(identifier_levels),
    [PEOPLE_POSTCODE] = TABLE(postcode_levels),
    [PEOPLE_PHONE] = TABLE(phone_levels),
    [PEOPLE_PLACE] = TABLE(words_levels),
    [PEOPLE_STREET] = TABLE(street_levels),
    [PEOPLE_EMAIL] = TABLE(email_levels),
    [PEOPLE_TEXT] = TABLE(words_levels),
};

const struct level *levels_of(enum people_kind kind)
{
    return tables[kind].at;
}

int level_count(enum people_kind kind)
{
    return tables[kind].count;
}

int level_differs(enum people_kind kind)
{
    return tables[kind].count - 1;
}
