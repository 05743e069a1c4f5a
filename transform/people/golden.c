#include "transform/people/golden.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static const char united_rule[] = "united";

/* ---- which value survives ---- */

static size_t end_of_field(const struct golden *golden, size_t from)
{
    size_t to = from;

    while (to < golden->ncandidates &&
           strcmp(golden->candidates[to].field, golden->candidates[from].field) == 0) {
        to++;
    }
    return to;
}

/* Registrations among [from, to) that have this value; a registration may have it twice. */
static size_t count_registrations(const struct golden *golden, size_t from, size_t to,
                                  const char *value)
{
    const char *last = "";
    size_t count = 0;

    for (size_t i = from; i < to; i++) {
        const struct golden_candidate *one = &golden->candidates[i];
        if (strcmp(one->value, value) == 0 && strcmp(one->registration, last) != 0) {
            last = one->registration;
            count++;
        }
    }
    return count;
}

/* Confidentiality of HL7 v3: the more restricted, the higher. */
static int64_t restriction(const char *code)
{
    static const char codes[] = "ULMNRV";
    const char *at = code[0] == '\0' ? NULL : strchr(codes, code[0]);

    return at == NULL ? -1 : at - codes;
}

struct field_of_person {
    const struct golden *golden;
    const struct golden_rules *rules;
    enum golden_field field;
    size_t from, to;
};

/* The higher, the better. */
static int64_t rank_by(const struct field_of_person *field, enum golden_rule rule,
                       const struct golden_candidate *one)
{
    switch (rule) {
    case RULE_MOST_COMPLETE:
        return one->parts;
    case RULE_MOST_TRUSTED:
        return -(int64_t)golden_rules_trust(field->rules, one->source_system);
    case RULE_MOST_FREQUENT:
        return (int64_t)count_registrations(field->golden, field->from, field->to, one->value);
    case RULE_MOST_RESTRICTIVE:
        return restriction(one->value);
    case RULE_CHOSEN:
        return one->choice;
    case RULE_MOST_RECENT:
    case GOLDEN_NRULES:
        break;
    }
    return 0;
}

static bool is_better(const struct field_of_person *field, enum golden_rule rule,
                      const struct golden_candidate *one, const struct golden_candidate *than)
{
    int64_t rank = rank_by(field, rule, one);
    int64_t other = rank_by(field, rule, than);
    int recent = strcmp(one->at, than->at);

    if (rank == other && rule == RULE_CHOSEN) { /* several values of the chosen registration */
        rule = field->rules->of_field[field->field];
        rank = rank_by(field, rule, one);
        other = rank_by(field, rule, than);
    }
    if (rank != other) {
        return rank > other;
    }
    if (recent != 0) {
        return recent > 0;
    }
    if (one->leads != than->leads) {
        return one->leads;
    }
    recent = strcmp(one->registration, than->registration);
    return recent != 0 ? recent < 0 : strcmp(one->row, than->row) < 0;
}

static bool contradicts(enum golden_contradiction kind, const char *a, const char *b)
{
    size_t shorter = strlen(a) < strlen(b) ? strlen(a) : strlen(b);

    return kind == CONTRADICTS_ANY    ? strcmp(a, b) != 0
           : kind == CONTRADICTS_DATE ? strncmp(a, b, shorter) != 0
                                      : false;
}

static bool field_has_conflict(const struct field_of_person *field,
                               enum golden_contradiction kind)
{
    const struct golden_candidate *all = field->golden->candidates;

    for (size_t i = field->from; i + 1 < field->to; i++) {
        if (contradicts(kind, all[i].value, all[i + 1].value)) {
            return true; /* sorted by value: a prefix stands before what it begins */
        }
    }
    return false;
}

static struct golden_value *add_value(struct golden *golden, enum golden_role role,
                                      const struct golden_candidate *from, const char *rule)
{
    struct golden_value *value = &golden->values[golden->nvalues++];

    *value = (struct golden_value){.role = role, .from = from, .rule = rule};
    return value;
}

static void survive(struct golden *golden, const struct field_of_person *field)
{
    const struct golden_candidate *all = golden->candidates;
    const struct golden_candidate *best = &all[field->from];
    enum golden_rule rule = field->rules->of_field[field->field];
    bool is_conflict = field_has_conflict(field, golden_field_contradicts(field->field));
    size_t registrations = 0;
    struct golden_value *value;

    for (size_t i = field->from; i < field->to; i++) {
        rule = all[i].choice > 0 ? RULE_CHOSEN : rule;
    }
    for (size_t i = field->from; i < field->to; i++) {
        best = is_better(field, rule, &all[i], best) ? &all[i] : best;
        if (i == field->from || strcmp(all[i].value, all[i - 1].value) != 0) {
            registrations += count_registrations(golden, field->from, field->to, all[i].value);
        }
    }
    value = add_value(golden, ROLE_SURVIVES, best, golden_rule_name(rule));
    value->is_conflict = is_conflict;
    value->agreeing = count_registrations(golden, field->from, field->to, best->value);
    value->differing = registrations - value->agreeing;
    for (size_t i = field->from; is_conflict && i < field->to; i++) {
        bool is_first = i == field->from || strcmp(all[i].value, all[i - 1].value) != 0;
        if (is_first && strcmp(all[i].value, best->value) != 0) {
            value = add_value(golden, ROLE_CONTRADICTS, &all[i], golden_rule_name(rule));
            value->is_conflict = true;
            value->agreeing = count_registrations(golden, field->from, field->to, all[i].value);
        }
    }
}

/* An allergy in force, and somebody who says that there is none. */
static bool allergies_conflict(const struct golden *golden)
{
    bool some = false;
    bool none = false;

    for (size_t i = 0; i < golden->ncandidates; i++) {
        const struct golden_candidate *one = &golden->candidates[i];
        some = some || (one->parts == 1 && strcmp(one->field, "allergy") == 0);
        none = none || (one->parts == 1 && strcmp(one->field, "no_allergy") == 0);
    }
    return some && none;
}

static void unite(struct golden *golden, size_t from, size_t to, bool is_conflict)
{
    const struct golden_candidate *all = golden->candidates;

    for (size_t i = from; i < to; i++) {
        struct golden_value *value;
        if (i > from && strcmp(all[i].value, all[i - 1].value) == 0) {
            continue;
        }
        value = add_value(golden, ROLE_UNITED, &all[i], united_rule);
        value->agreeing = count_registrations(golden, from, to, all[i].value);
        value->is_conflict =
            is_conflict && all[i].parts == 1 && strstr(all[i].field, "allergy") != NULL;
    }
}

void golden_compute(struct golden *golden, const struct golden_rules *rules)
{
    bool is_conflict = allergies_conflict(golden);

    golden->values = xcalloc(golden->ncandidates + 1, sizeof(*golden->values));
    golden->nvalues = 0;
    for (int field = 0; field < GOLDEN_NFIELDS; field++) {
        for (size_t i = 0; i < golden->ncandidates; i = end_of_field(golden, i)) {
            if (golden_field_of(golden->candidates[i].field) == (enum golden_field)field) {
                struct field_of_person of = {golden, rules, (enum golden_field)field, i,
                                             end_of_field(golden, i)};
                survive(golden, &of);
            }
        }
    }
    for (size_t i = 0; i < golden->ncandidates; i = end_of_field(golden, i)) {
        if (golden->candidates[i].united) {
            unite(golden, i, end_of_field(golden, i), is_conflict);
        }
    }
}
