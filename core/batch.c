#include "core/batch.h"

#include <assert.h>

/* Columns that lie a power of two apart would fall on the same lines of the processor's cache,
 * and every cell of a row be fetched anew. */
enum { ROWS_OFF_POWER_OF_TWO = 4 };

void batch_init(struct batch *batch, const struct table_shape *shape)
{
    uint32_t rows = BATCH_CELLS_MAX / (shape->ncols == 0 ? 1 : shape->ncols);

    assert(shape->ncols <= BATCH_COLS_MAX);
    *batch = (struct batch){.shape = shape};
    batch->rows_max = rows >= BATCH_ROWS_MAX ? BATCH_ROWS_MAX - ROWS_OFF_POWER_OF_TWO : rows;
    batch->cells = xcalloc((size_t)batch->rows_max * shape->ncols, sizeof(*batch->cells));
    batch->places = xcalloc(batch->rows_max, sizeof(*batch->places));
    batch->raw = xcalloc(batch->rows_max, sizeof(*batch->raw));
}

void batch_release(struct batch *batch)
{
    free(batch->cells);
    free(batch->places);
    free(batch->raw);
    free(batch->issues);
    arena_release(&batch->arena);
    *batch = (struct batch){0};
}

void batch_clear(struct batch *batch)
{
    batch->nrows = 0;
    batch->nissues = 0;
    arena_clear(&batch->arena);
}

bool batch_is_full(const struct batch *batch)
{
    return batch->nrows == batch->rows_max || batch->arena.used >= BATCH_BYTES_SOFT;
}

uint32_t batch_add_row(struct batch *batch, struct place place)
{
    uint32_t row = batch->nrows++;

    assert(row < batch->rows_max);
    batch->places[row] = place;
    batch->raw[row] = (struct text){"", 0};
    for (uint32_t col = 0; col < batch->shape->ncols; col++) {
        *batch_cell(batch, row, col) = (struct cell){"", 0, CELL_ABSENT};
    }
    return row;
}

void batch_reject(struct batch *batch, uint32_t row, int32_t col, const char *rule)
{
    if (batch->nissues == batch->issues_size) {
        batch->issues_size = batch->issues_size == 0 ? 64 : batch->issues_size * 2;
        batch->issues = xrealloc(batch->issues, batch->issues_size * sizeof(*batch->issues));
    }
    batch->issues[batch->nissues++] = (struct issue){row, col, rule};
}
