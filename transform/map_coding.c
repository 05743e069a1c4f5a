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

static struct text value_text(const struct map_run *run, enum coding_column column,
                              uint32_t row)
{
    struct cell value = map_run_value(run, (uint32_t)run->coding.columns[column], row);

    return value.state == CELL_TEXT ? cell_text(value) : (struct text){"", 0};
}

void map_run_judge_codes(struct map_run *run, uint32_t nrows)
{
    for (uint32_t row = 0; run->coding.is_used && row < nrows; row++) {
        if (run->fate[row] == NULL) {
            struct coding_row values = {.code = value_text(run, CODING_CODE, row),
                                        .system = value_text(run, CODING_SYSTEM, row),
                                        .has_source =
                                            value_text(run, CODING_SOURCE_CODE, row).len > 0 ||
                                            value_text(run, CODING_SOURCE_TEXT, row).len > 0};
            coding_judge(&run->coding, row, &values);
        }
    }
}
