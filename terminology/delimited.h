/*
 * delimited.h - the tables of terminology distributions: rows of cells, bound by header name.
 *
 * Shape     with quotes: RFC 4180, a cell may hold delimiters, line ends and doubled quotes;
 *           without (Athena): every quote is a character like any other.
 * Lifetime  cells live until the next row.
 * Limits    DELIMITED_COLUMNS_MAX columns; a row with more, or with a quote that is not closed,
 *           ends the reading with `bad` set.
 */
#ifndef HMS_TERMINOLOGY_DELIMITED_H
#define HMS_TERMINOLOGY_DELIMITED_H

#include "core/arena.h"

enum { DELIMITED_COLUMNS_MAX = 256 };

struct delimited {
    struct text rest;
    char delimiter;
    bool quotes;
    bool bad;
    size_t row; /* of the last row read, the header is 1 */
    int count;
    struct text cells[DELIMITED_COLUMNS_MAX];
    struct arena arena;
};

void delimited_init(struct delimited *table, struct text content, char delimiter, bool quotes);
void delimited_release(struct delimited *table);
bool delimited_next(struct delimited *table);
/* The column of that name in the current row, without regard to case and blanks around it; -1:
 * there is none. */
int delimited_column(const struct delimited *table, const char *name);
/* The cell of a column, trimmed; empty for -1 or when the row is short. */
struct text delimited_cell(const struct delimited *table, int column);

#endif
