/*
 * grid.h - a small table that can be shown three ways: aligned text, NDJSON records, HTML.
 *
 * Use       grid_init(), then grid_add() cell after cell, row by row; then any of the writers.
 * JSON      {"schema":SCHEMA,"record":RECORD, column name: cell, ...}, one line a row; number
 *           columns are written as they are (exact), an empty number as null.
 * Limits    small by nature: GRID_ROWS_MAX rows; more are counted in `dropped`, and said.
 */
#ifndef HMS_REHEARSALS_GRID_H
#define HMS_REHEARSALS_GRID_H

#include "core/arena.h"
#include "core/strbuf.h"

enum { GRID_COLUMNS_MAX = 16, GRID_ROWS_MAX = 20000 };

enum grid_kind {
    GRID_TEXT,
    GRID_CODE,   /* a name of something technical */
    GRID_NUMBER, /* decimal digits, maybe sign and point */
    GRID_ZERO,   /* a number that should be 0 */
    GRID_CHANGE, /* the difference of two numbers; 0 is none */
};

struct grid_column {
    const char *name;   /* in JSON */
    const char *header; /* for people */
    enum grid_kind kind;
};

struct grid {
    const char *record;
    const char *caption;
    const struct grid_column *columns; /* ended by a NULL name */
    size_t ncols;
    const char **cells;
    size_t ncells;
    size_t dropped;
    bool changed_only; /* text: rows whose changes are all 0 are counted, not shown */
    struct arena arena;
};

void grid_init(struct grid *grid, const char *record, const char *caption,
               const struct grid_column *columns);
void grid_release(struct grid *grid);
void grid_add(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));
size_t grid_rows(const struct grid *grid);
const char *grid_cell(const struct grid *grid, size_t row, size_t col);

/* Nothing is written for a grid without rows but, for people, its caption and "none". */
void grid_write_text(const struct grid *grid, struct strbuf *out);
void grid_write_json(const struct grid *grid, const char *schema, struct strbuf *out);
void grid_write_html(const struct grid *grid, struct strbuf *out);

#endif
