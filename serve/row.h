/*
 * row.h - the fields of an answer of the store.
 *
 * Shape     every column of our statements is text or text[][] (a list of rows of a child
 *           table), in binary format: the bytes of a text, or an array as PostgreSQL's array_send
 *           writes it.  NULL is an empty text.
 * Errors    an array that is not well-formed ends early; a server that sends such is broken.
 */
#ifndef HMS_SERVE_ROW_H
#define HMS_SERVE_ROW_H

#include "core/text.h"

#include <libpq-fe.h>

struct row {
    const PGresult *rows;
    int number;
    int ncolumns; /* of the resource; what the statement adds stands behind them */
};

struct text row_text(struct row row, int column);
bool row_is(struct row row, int column, const char *value);

/* Walks over the rows of a text[][]: list_next() fills `width` fields at `fields`. */
struct row_list {
    const uint8_t *at;
    const uint8_t *end;
    int left;  /* rows */
    int width; /* fields a row */
};

enum { ROW_LIST_WIDTH_MAX = 16 };

struct row_list row_list_of(struct row row, int column);
bool row_list_next(struct row_list *list, struct text fields[ROW_LIST_WIDTH_MAX]);

#endif
