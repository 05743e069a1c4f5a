/*
 * statement.h - a statement put together from constant pieces, for searches whose conditions
 * differ.
 *
 * Safety    statement_add() takes only string literals (the macro makes sure); a value becomes a
 *           parameter, never text.  So few texts exist, and each is prepared once.
 * Lifetime  values are kept by reference: they live in the request's arena.
 */
#ifndef HMS_SERVE_STATEMENT_H
#define HMS_SERVE_STATEMENT_H

#include "core/arena.h"
#include "core/strbuf.h"
#include "serve/db.h"

struct statement {
    struct strbuf sql;
    struct query *query;
    struct arena *arena;
};

void statement_init(struct statement *statement, struct query *query, struct arena *arena);
#define statement_add(statement, literal) statement_add_constant((statement), "" literal)
void statement_add_constant(struct statement *statement, const char *sql);
/* Adds "$n" and its value, NUL-terminated. */
void statement_add_value(struct statement *statement, const char *value);
/* A PostgreSQL array of texts, as a value. */
char *array_literal(struct arena *arena, const struct text *items, size_t count);
/* Gives the text to the query.  False when there were too many values. */
bool statement_finish(struct statement *statement) __attribute__((warn_unused_result));

#endif
