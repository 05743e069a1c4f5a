#include "mappings/map_columns.h"
#include "transform/table_run.h"

struct mentions {
    const struct table_shape *shape;
    bool *used;
};

static void note(const struct map_mention *mention, void *context)
{
    struct mentions *mentions = context;

    for (uint32_t i = 0; i < mentions->shape->ncols; i++) {
        if (strcmp(mention->table, mentions->shape->table) == 0 &&
            strcmp(mention->column, mentions->shape->columns[i]) == 0) {
            mentions->used[i] = true;
        }
    }
}

static void note_drops(const struct map *map, struct mentions *mentions)
{
    for (int d = 0; d < map->ndrops; d++) {
        for (uint32_t i = 0; i < mentions->shape->ncols; i++) {
            if (text_match_glob(map->drops[d].column, mentions->shape->columns[i])) {
                mentions->used[i] = true;
            }
        }
    }
}

void table_run_find_unmapped(struct table_run *table)
{
    struct mentions mentions = {&table->shape,
                                xcalloc(table->shape.ncols, sizeof(*mentions.used))};

    for (int i = 0; i < table->nruns; i++) {
        map_each_mention(table->runs[i].map, note, &mentions);
        note_drops(table->runs[i].map, &mentions);
    }
    table->unmapped = xcalloc(table->shape.ncols, sizeof(*table->unmapped));
    for (uint32_t i = 0; i < table->shape.ncols; i++) {
        if (!mentions.used[i]) {
            table->unmapped[table->nunmapped++].column = i;
        }
    }
    free(mentions.used);
}

void table_run_count_unmapped(struct table_run *table)
{
    for (uint32_t i = 0; i < table->nunmapped; i++) {
        struct unmapped_column *unmapped = &table->unmapped[i];
        for (uint32_t row = 0; row < table->batch.nrows; row++) {
            struct cell cell = *batch_cell(&table->batch, row, unmapped->column);
            if (cell.state == CELL_TEXT && !text_is_blank(cell_text(cell))) {
                unmapped->filled++;
            }
        }
    }
}

void table_run_report_unmapped(struct table_run *table)
{
    for (uint32_t i = 0; i < table->nunmapped; i++) {
        balance_count(&table->runs[0].balance, OUTCOME_ISSUE, "column.unmapped",
                      table->shape.columns[table->unmapped[i].column],
                      table->unmapped[i].filled);
    }
}
