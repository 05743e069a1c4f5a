/*
 * batch.h - up to 1,024 rows of one raw table, the one type in which rows move inside a
 * process.
 *
 * Shape     columns of cells, all text, UTF-8:
 *
 *               cells   [col 0: row 0 .. rows_max-1][col 1: ...] ...    batch_cell(b, row, col)
 *               places  where each row came from (file, line, byte offset, length)
 *               raw     the source bytes of rows that extract could not read properly
 *               issues  what is wrong, by row and column
 *
 * Cell      ABSENT (the source has no such column for this row), NULL (the source said "no
 *           value", by a null mark of the map), TEXT (also the empty text).
 * Lifetime  everything a cell points to lives in the batch's arena until batch_clear().
 * Limits    BATCH_ROWS_MAX rows, BATCH_COLS_MAX columns, BATCH_CELLS_MAX cells; a source stops
 *           adding when batch_is_full(), which also looks at BATCH_BYTES_SOFT.  One row may be
 *           at most ROW_BYTES_MAX bytes.
 */
#ifndef HMS_CORE_BATCH_H
#define HMS_CORE_BATCH_H

#include "core/arena.h"

enum {
    BATCH_ROWS_MAX = 1024,
    BATCH_COLS_MAX = 1600,
    BATCH_CELLS_MAX = 1 << 18,
    BATCH_BYTES_SOFT = 2 << 20,
    ROW_BYTES_MAX = 4 << 20,
    RULE_ID_MAX = 63, /* bytes of a rule id such as "date.range" */
};

enum cell_state { CELL_ABSENT, CELL_NULL, CELL_TEXT };

struct cell {
    const char *at;
    uint32_t len;
    enum cell_state state;
};

/* Line numbers start at 1, and count the header; offset and length are bytes of the source file
 * as it lies on the disk, before any change of charset. */
struct place {
    uint32_t file; /* index into table_shape.files */
    uint32_t length;
    uint64_t line;
    uint64_t offset;
};

struct issue {
    uint32_t row;
    int32_t col;      /* -1: the whole row */
    const char *rule; /* stable id; lives in the batch's arena or is a literal */
};

/* What a raw table looks like.  Owned by whoever made it; outlives its batches. */
struct table_shape {
    const char *table;
    const char *const *columns;
    uint32_t ncols;
    const char *const *files; /* names without folders */
    uint32_t nfiles;
};

struct batch {
    const struct table_shape *shape;
    uint32_t nrows;
    uint32_t rows_max;
    struct cell *cells;
    struct place *places;
    struct text *raw; /* empty for rows without a structural issue */
    struct issue *issues;
    size_t nissues;
    size_t issues_size;
    struct arena arena;
};

void batch_init(struct batch *batch, const struct table_shape *shape);
void batch_release(struct batch *batch);
void batch_clear(struct batch *batch);
bool batch_is_full(const struct batch *batch);
uint32_t batch_add_row(struct batch *batch, struct place place); /* its cells start ABSENT */
void batch_reject(struct batch *batch, uint32_t row, int32_t col, const char *rule);

static inline struct cell *batch_cell(const struct batch *batch, uint32_t row, uint32_t col)
{
    return &batch->cells[(size_t)col * batch->rows_max + row];
}

static inline struct text cell_text(struct cell cell)
{
    return (struct text){cell.at, cell.len};
}

#endif
