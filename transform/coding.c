#include "transform/coding.h"

#include "core/file.h"

static const char *const column_names[CODING_COLUMNS] = {
    [CODING_CODE] = "code",
    [CODING_SYSTEM] = "code_system",
    [CODING_SOURCE_CODE] = "source_code",
    [CODING_SOURCE_TEXT] = "source_text",
    [CODING_MAP] = "code_map",
    [CODING_STATE] = "code_state",
};

/* The file of the last code map in the pipe: that is the one which wrote the standard code. */
static char *code_map_file(const struct map *map, const struct map_rule *rule)
{
    for (int i = rule->nvia - 1; i >= 0; i--) {
        if (strcmp(rule->via[i].spec->name, "code_map") == 0) {
            return path_join(map->system, rule->via[i].args[0]);
        }
    }
    return NULL;
}

void coding_init(struct coding *coding, const struct map *map, int rule, uint32_t rows_max)
{
    *coding = (struct coding){.is_used = true, .rule = rule};
    for (int i = 0; i < CODING_COLUMNS; i++) {
        coding->columns[i] = entity_column_find(map->target, text_of(column_names[i]));
        coding->is_used = coding->is_used && coding->columns[i] >= 0;
    }
    if (!coding->is_used) {
        return;
    }
    coding_days_init(&coding->days, map);
    coding->file = rule < 0 ? NULL : code_map_file(map, &map->rules[rule]);
    coding->maps = xcalloc(rows_max, sizeof(*coding->maps));
    coding->states = xcalloc(rows_max, sizeof(*coding->states));
    coding->origins = xcalloc(rows_max, sizeof(*coding->origins));
}

void coding_release(struct coding *coding)
{
    coding_days_release(&coding->days);
    free(coding->file);
    free(coding->maps);
    free(coding->states);
    free(coding->origins);
    *coding = (struct coding){0};
}

/* The step says by its flag what it found; without one it found an approved row. */
static enum code_origin origin_of(const struct coding *coding, const char *flag)
{
    if (coding->file == NULL || (flag != NULL && strcmp(flag, "code.unmapped") == 0)) {
        return ORIGIN_SOURCE;
    }
    return flag != NULL && strcmp(flag, "code.proposed") == 0 ? ORIGIN_PROPOSED
                                                              : ORIGIN_APPROVED;
}

void coding_note(struct coding *coding, uint32_t row, const char *flag)
{
    if (coding->is_used) {
        coding->origins[row] = (unsigned char)origin_of(coding, flag);
    }
}

static struct cell cell_of(const char *word)
{
    return word == NULL ? (struct cell){"", 0, CELL_NULL}
                        : (struct cell){word, (uint32_t)strlen(word), CELL_TEXT};
}

static const char *const origin_states[] = {[ORIGIN_SOURCE] = "standard",
                                            [ORIGIN_APPROVED] = "approved",
                                            [ORIGIN_PROPOSED] = "proposed"};

static const char *const verdict_rules[] = {
#define X(verdict, name, text) [verdict] = "code." name,
    CODE_VERDICT_LIST(X)
#undef X
};

const char *coding_judge(struct coding *coding, uint32_t row, const struct coding_row *values,
                         struct code_judge *judge)
{
    enum code_origin origin = coding->origins[row];
    const char *state = origin_states[origin];
    enum code_verdict verdict = CODE_RIGHT;
    bool was_judged;

    if (values->code.len == 0) {
        coding->maps[row] = cell_of(values->has_source ? coding->file : NULL);
        coding->states[row] = cell_of(values->has_source ? "unmapped" : NULL);
        return NULL;
    }
    was_judged = judge != NULL &&
                 code_judge_ask(judge, values->system, values->code, values->day, &verdict);
    if (verdict != CODE_RIGHT) {
        state = "invalid";
    } else if (!was_judged && origin != ORIGIN_PROPOSED) {
        state = "unverified";
    }
    coding->maps[row] = cell_of(origin == ORIGIN_SOURCE ? NULL : coding->file);
    coding->states[row] = cell_of(state);
    return verdict == CODE_RIGHT ? NULL : verdict_rules[verdict];
}
