#include "transform/dedup/blocking_rules.h"

#include <stdio.h>

struct wanted_part {
    enum people_kind kind;
    enum block_how how;
};

/* Tight rules first; a part of PEOPLE_KIND_COUNT ends the rule. */
struct wanted_rule {
    struct wanted_part parts[BLOCK_PARTS_MAX];
    int nparts;
    bool loose;
};

static const struct wanted_rule wanted_rules[] = {
    {{{PEOPLE_IDENTIFIER, BLOCK_EXACT}}, 1, false},
    {{{PEOPLE_EMAIL, BLOCK_EXACT}}, 1, false},
    {{{PEOPLE_BIRTH_DATE, BLOCK_EXACT}, {PEOPLE_FAMILY, BLOCK_SOUND}}, 2, false},
    {{{PEOPLE_BIRTH_DATE, BLOCK_EXACT}, {PEOPLE_GIVEN, BLOCK_SOUND}}, 2, false},
    {{{PEOPLE_BIRTH_DATE, BLOCK_EXACT}, {PEOPLE_FULL_NAME, BLOCK_SOUND}}, 2, false},
    {{{PEOPLE_FAMILY, BLOCK_ANY_ORDER}}, 1, false},
    {{{PEOPLE_FULL_NAME, BLOCK_EXACT}}, 1, false},
    {{{PEOPLE_PHONE, BLOCK_EXACT}, {PEOPLE_GIVEN, BLOCK_INITIAL}}, 2, false},
    {{{PEOPLE_STREET, BLOCK_EXACT}, {PEOPLE_GIVEN, BLOCK_INITIAL}}, 2, false},
    {{{PEOPLE_BIRTH_DATE, BLOCK_EXACT}, {PEOPLE_POSTCODE, BLOCK_EXACT}}, 2, false},
    {{{PEOPLE_GIVEN, BLOCK_SOUND}, {PEOPLE_POSTCODE, BLOCK_EXACT}}, 2, true},
    {{{PEOPLE_FAMILY, BLOCK_SOUND}, {PEOPLE_POSTCODE, BLOCK_EXACT}}, 2, true},
    {{{PEOPLE_BIRTH_DATE, BLOCK_EXACT}, {PEOPLE_PLACE, BLOCK_EXACT}}, 2, true},
    {{{PEOPLE_PHONE, BLOCK_EXACT}}, 1, true},
    {{{PEOPLE_STREET, BLOCK_EXACT}}, 1, true},
    {{{PEOPLE_FAMILY, BLOCK_SOUND}, {PEOPLE_BIRTH_DATE, BLOCK_YEAR}}, 2, true},
    {{{PEOPLE_GIVEN, BLOCK_SOUND}, {PEOPLE_BIRTH_DATE, BLOCK_YEAR}}, 2, true},
    {{{PEOPLE_BIRTH_DATE, BLOCK_EXACT}}, 1, true},
    {{{PEOPLE_FAMILY, BLOCK_SOUND}}, 1, true},
    {{{PEOPLE_FULL_NAME, BLOCK_SOUND}}, 1, true},
    {{{PEOPLE_GIVEN, BLOCK_SOUND}}, 1, true},
};

enum { WANTED_RULES = sizeof(wanted_rules) / sizeof(wanted_rules[0]) };

static void add_rule(struct blocking *blocking, const struct people_model *model,
                     const struct wanted_rule *wanted, int first)
{
    struct block_rule *rule = &blocking->rules[blocking->nrules];

    if (blocking->nrules == BLOCK_RULES_MAX) {
        return;
    }
    *rule = (struct block_rule){.nparts = wanted->nparts, .loose = wanted->loose};
    for (int i = 0; i < wanted->nparts; i++) {
        struct block_part *part = &rule->parts[i];
        part->field = i == 0 ? first : people_model_find(model, wanted->parts[i].kind);
        part->how = wanted->parts[i].how;
        part->other = -1;
        if (part->how == BLOCK_ANY_ORDER) {
            part->other = people_model_find(model, PEOPLE_GIVEN);
        }
        if (part->field < 0 || (part->how == BLOCK_ANY_ORDER && part->other < 0)) {
            return;
        }
        rule->fields |= UINT32_C(1) << part->field;
        rule->fields |= part->other >= 0 ? UINT32_C(1) << part->other : 0;
    }
    blocking->nrules++;
}

/* The model's own. */
static void take_wanted(struct blocking *blocking, const struct people_model *model)
{
    for (int i = 0; i < model->nblocks; i++) {
        const struct wanted_block *wanted = &model->blocks[i];
        struct block_rule *rule = &blocking->rules[blocking->nrules++];
        *rule = (struct block_rule){.nparts = wanted->nparts};
        for (int k = 0; k < wanted->nparts; k++) {
            rule->parts[k].field = wanted->parts[k].field;
            rule->parts[k].other = wanted->parts[k].other;
            rule->parts[k].how = wanted->parts[k].how;
            rule->fields |= UINT32_C(1) << wanted->parts[k].field;
            rule->fields |=
                wanted->parts[k].other >= 0 ? UINT32_C(1) << wanted->parts[k].other : 0;
        }
    }
}

void blocking_rules_make(struct blocking *blocking, const struct people_model *model)
{
    if (model->nblocks > 0) {
        take_wanted(blocking, model);
        return;
    }
    for (int i = 0; i < WANTED_RULES; i++) {
        for (int field = 0; field < model->nfields; field++) {
            if (model->fields[field].kind == wanted_rules[i].parts[0].kind) {
                add_rule(blocking, model, &wanted_rules[i], field);
            }
        }
    }
}

void block_rule_words(const struct blocking *blocking, const struct block_rule *rule, char *out,
                      size_t size)
{
    static const char *const ways[] = {"", " by sound", " by initial", " by year", ""};
    const struct people_field *fields = blocking->people->model->fields;
    size_t used = 0;

    out[0] = '\0';
    for (int i = 0; i < rule->nparts && used < size; i++) {
        const struct block_part *part = &rule->parts[i];
        int len = snprintf(out + used, size - used, "%s%s%s%s%s", i > 0 ? " + " : "",
                           fields[part->field].name, part->other >= 0 ? " and " : "",
                           part->other >= 0 ? fields[part->other].name : "",
                           part->other >= 0 ? " by sound, in any order" : ways[part->how]);
        used += (size_t)len;
    }
}
