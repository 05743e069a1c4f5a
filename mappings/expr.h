/*
 * expr.h - the conditions of `only`: pure, over the cells of one row.
 *
 * Grammar   or    = and { "or" and }
 *           and   = not { "and" not }
 *           not   = "not" not | "(" or ")" | test
 *           test  = COLUMN ("=" | "!=" | "<" | "<=" | ">" | ">=") 'text'
 *                 | COLUMN ["not"] "in" "(" 'text' { "," 'text' } ")"
 *                 | COLUMN "is" ["not"] "blank"
 *                 | COLUMN ["not"] "like" 'glob'          '*' and '?'
 *                 | "never"                               no row: the whole table is left out
 *           A COLUMN with other characters than [A-Za-z0-9_] stands in double quotes; a quote
 *           in a 'text' is doubled.
 * Meaning   comparisons are bytewise on the text with outer spaces trimmed; NULL and ABSENT are
 *           blank, and unequal to every text.
 * Limits    EXPR_NODES_MAX nodes, EXPR_DEPTH_MAX levels.
 */
#ifndef HMS_MAPPINGS_EXPR_H
#define HMS_MAPPINGS_EXPR_H

#include "core/batch.h"
#include "core/error.h"

enum { EXPR_NODES_MAX = 256, EXPR_DEPTH_MAX = 32 };

struct expr;

/* Strings live in `arena`.  On error `*at` is the offset of the offending word. */
struct expr *expr_parse(const char *text, struct arena *arena, int *at, struct error *err);
/* Resolves column names to numbers with `find` (returns -1: unknown, then *unknown is its
 * name). */
bool expr_bind(struct expr *expr, int (*find)(const char *name, void *context), void *context,
               const char **unknown) MUST_CHECK;
/* Calls `visit` with each column name used. */
void expr_each_column(const struct expr *expr, void (*visit)(const char *name, void *context),
                      void *context);
/* Whether the whole condition is the word `never`. */
bool expr_never(const struct expr *expr);
/* `cell(context, column number)` gives the row's cell. */
bool expr_eval(const struct expr *expr, struct cell (*cell)(void *context, int column),
               void *context);

#endif
