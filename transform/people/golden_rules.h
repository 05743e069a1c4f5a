/*
 * golden_rules.h - which value survives in the golden record: one rule a field, from a YAML file.
 *
 * File      golden: NAME, release: TEXT, trust: [SOURCE SYSTEM, ...], fields: {FIELD: RULE}, with
 *           every field of GOLDEN_FIELDS; mappings/golden.yml is the shipped one.
 * Errors    ERROR_CONFIG with file, line, column and a caret.
 * Ownership the rules own their texts.
 */
#ifndef HMS_TRANSFORM_PEOPLE_GOLDEN_RULES_H
#define HMS_TRANSFORM_PEOPLE_GOLDEN_RULES_H

#include "core/error.h"

#include <stddef.h>

/* name, how values contradict each other: a part of a date does not contradict the whole */
#define GOLDEN_FIELDS(X)                                                                       \
    X(preferred_name, CONTRADICTS_NEVER)                                                       \
    X(birth_date, CONTRADICTS_DATE)                                                            \
    X(birth_place, CONTRADICTS_NEVER)                                                          \
    X(sex, CONTRADICTS_ANY)                                                                    \
    X(deceased, CONTRADICTS_ANY)                                                               \
    X(deceased_at, CONTRADICTS_DATE)                                                           \
    X(marital_status, CONTRADICTS_NEVER)                                                       \
    X(language, CONTRADICTS_NEVER)                                                             \
    X(nationality, CONTRADICTS_NEVER)                                                          \
    X(race, CONTRADICTS_NEVER)                                                                 \
    X(ethnicity, CONTRADICTS_NEVER)                                                            \
    X(religion, CONTRADICTS_NEVER)                                                             \
    X(occupation, CONTRADICTS_NEVER)                                                           \
    X(blood_group, CONTRADICTS_ANY)                                                            \
    X(confidentiality, CONTRADICTS_NEVER)

enum golden_contradiction { CONTRADICTS_NEVER, CONTRADICTS_DATE, CONTRADICTS_ANY };

enum golden_field {
#define X(name, contradicts) FIELD_##name,
    GOLDEN_FIELDS(X)
#undef X
        GOLDEN_NFIELDS
};

enum golden_rule {
    RULE_MOST_RECENT,
    RULE_MOST_COMPLETE,
    RULE_MOST_TRUSTED,
    RULE_MOST_FREQUENT,
    RULE_MOST_RESTRICTIVE,
    RULE_CHOSEN, /* by a steward; not for files */
    GOLDEN_NRULES
};

struct golden_rules {
    enum golden_rule of_field[GOLDEN_NFIELDS];
    char **trust; /* most trusted first */
    size_t ntrust;
};

bool golden_rules_load(struct golden_rules *rules, const char *path,
                       struct error *err) MUST_CHECK;
void golden_rules_release(struct golden_rules *rules);
/* 0 for the most trusted, ntrust for all that are not named. */
size_t golden_rules_trust(const struct golden_rules *rules, const char *source_system);

/* GOLDEN_NFIELDS for what is no field. */
enum golden_field golden_field_of(const char *name);
const char *golden_field_name(enum golden_field field);
enum golden_contradiction golden_field_contradicts(enum golden_field field);
const char *golden_rule_name(enum golden_rule rule);

#endif
