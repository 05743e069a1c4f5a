#include "transform/map_run.h"

void map_run_place_coding(struct map_run *run, uint32_t rows_max)
{
    struct coding *coding = &run->coding;
    int code = entity_column_find(run->map->target, TEXT_LITERAL("code"));

    coding_init(coding, run->map, code < 0 ? -1 : run->columns[code].rule, rows_max);
    if (coding->is_used) {
        run->columns[coding->columns[CODING_MAP]].cells = coding->maps;
        run->columns[coding->columns[CODING_STATE]].cells = coding->states;
    }
}

static struct text value_text(const struct map_run *run, int column, uint32_t row)
{
    struct cell value = map_run_value(run, (uint32_t)column, row);

    return value.state == CELL_TEXT ? text_trim(cell_text(value)) : (struct text){"", 0};
}

static int32_t day_of_service(const struct map_run *run, uint32_t row)
{
    const struct coding_days *days = &run->coding.days;
    int32_t day = CODE_NO_DAY;

    for (int i = 0; i < days->count && day == CODE_NO_DAY; i++) {
        struct text precision = {"", 0};
        if (days->at[i].precision >= 0) {
            precision = value_text(run, days->at[i].precision, row);
        }
        day = coding_day(days, i, value_text(run, days->at[i].column, row), precision);
    }
    return day;
}

/* The source column that an issue about the code names. */
static const char *code_column(const struct map_run *run)
{
    const struct map_rule *rule =
        run->coding.rule < 0 ? NULL : &run->map->rules[run->coding.rule];

    return rule != NULL && rule->nfrom > 0 ? rule->from[0] : "code";
}

static void judge_row(struct map_run *run, uint32_t row)
{
    const int *columns = run->coding.columns;
    struct coding_row values = {.code = value_text(run, columns[CODING_CODE], row),
                                .system = value_text(run, columns[CODING_SYSTEM], row),
                                .has_source =
                                    value_text(run, columns[CODING_SOURCE_CODE], row).len > 0 ||
                                    value_text(run, columns[CODING_SOURCE_TEXT], row).len > 0};
    const char *wrong;

    if (values.code.len > 0 && run->env->judge != NULL) {
        values.day = day_of_service(run, row);
    }
    wrong = coding_judge(&run->coding, row, &values, run->env->judge);
    if (wrong != NULL) {
        balance_count(&run->balance, OUTCOME_ISSUE, wrong, code_column(run), 1);
    }
}

void map_run_judge_codes(struct map_run *run, uint32_t nrows)
{
    for (uint32_t row = 0; run->coding.is_used && row < nrows; row++) {
        if (run->fate[row] == NULL) {
            judge_row(run, row);
        }
    }
}
