#include "transform/map_run.h"

/* A cell of a row that has left is not looked at: it may be what could not be read. */
static void take_each_row(struct map_run *run, const struct rule *rule, const int *slots,
                          uint32_t nrows)
{
    for (int i = 0; i < rule->source->nfrom; i++) {
        const struct cell *cells = view_cells(&run->view, slots[i]);
        for (uint32_t row = 0; row < nrows; row++) {
            rule->values[i][row] =
                run->fate[row] == NULL ? cells[row] : (struct cell){"", 0, CELL_ABSENT};
        }
    }
}

/* What goes into the rule.  Without a column it is the same for all rows. */
static void take_values(struct map_run *run, struct rule *rule, const int *slots,
                        uint32_t nrows)
{
    if (rule->source->nfrom == 1) {
        const struct distinct *found = view_distinct(&run->view, slots[0], run->fate);
        memcpy(rule->values[0], found->cells, found->count * sizeof(struct cell));
        rule->count = found->count;
        rule->at = found->at;
    } else if (rule->source->nfrom > 1) {
        take_each_row(run, rule, slots, nrows);
        rule->count = nrows;
        rule->at = run->each;
    } else {
        rule->values[0][0] = (struct cell){"", 0, CELL_ABSENT};
        rule->count = 1;
        rule->at = run->first;
    }
}

static bool has_any(const char *const *notes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (notes[i] != NULL) {
            return true;
        }
    }
    return false;
}

static void count_flags(struct map_run *run, const struct rule *rule, const char *column,
                        uint32_t nrows)
{
    for (uint32_t row = 0; row < nrows; row++) {
        const char *flag = run->fate[row] == NULL ? run->flag[rule->at[row]] : NULL;
        if (flag != NULL) {
            balance_count(&run->balance, OUTCOME_ISSUE, flag, column, 1);
        }
    }
}

/* By the rule's `bad` a value that a step refused is blanked, or its rows leave. */
static void settle_refused(struct map_run *run, const struct batch *batch,
                           const struct rule *rule, const char *column)
{
    const struct map_bad *policy = &rule->source->bad;

    for (uint32_t row = 0; row < batch->nrows; row++) {
        uint16_t at = rule->at[row];
        if (run->fate[row] != NULL || run->bad[at] == NULL) {
            continue;
        }
        const char *why = policy->rule != NULL ? policy->rule : run->bad[at];
        if (policy->outcome == OUTCOME_ISSUE) {
            for (int o = 0; o < rule->source->nto; o++) {
                rule->values[o][at] = (struct cell){"", 0, CELL_NULL};
            }
            balance_count(&run->balance, OUTCOME_ISSUE, why, column, 1);
        } else {
            map_run_depart(run, batch, row, (struct departure){policy->outcome, why, column});
        }
    }
}

void map_run_rule(struct map_run *run, const struct batch *batch, int number)
{
    struct rule *rule = &run->rules[number];
    const char *column = rule->source->nfrom > 0 ? rule->source->from[0] : "";

    take_values(run, rule, &run->rule_slots[number * MAP_FROM_MAX], batch->nrows);
    memset(run->bad, 0, rule->count * sizeof(*run->bad));
    memset(run->flag, 0, rule->count * sizeof(*run->flag));
    rule_run(rule, run->bad, run->flag, &run->arena);
    if (number == run->coding.rule) {
        for (uint32_t row = 0; row < batch->nrows; row++) {
            coding_note(&run->coding, row, run->flag[rule->at[row]]);
        }
    }
    if (has_any(run->flag, rule->count)) {
        count_flags(run, rule, column, batch->nrows);
    }
    if (has_any(run->bad, rule->count)) {
        settle_refused(run, batch, rule, column);
    }
}
