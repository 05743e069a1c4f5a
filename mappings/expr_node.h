/*
 * expr_node.h - the tree of a condition, shared by its parser and its evaluation only.
 *
 * Shape     at most EXPR_NODES_MAX nodes; an `in` list counts one node a text.  A test has a
 *           column, but for `never`; `and` and `or` have two sides, `not` has a left one.
 * Lifetime  that of the arena given to expr_parse().
 */
#ifndef HMS_MAPPINGS_EXPR_NODE_H
#define HMS_MAPPINGS_EXPR_NODE_H

#include "mappings/expr.h"

enum expr_kind {
    EXPR_OR,
    EXPR_AND,
    EXPR_NOT,
    EXPR_COMPARE,
    EXPR_IN,
    EXPR_BLANK,
    EXPR_LIKE,
    EXPR_NEVER
};

enum compare_op { OP_EQUAL, OP_UNEQUAL, OP_LESS, OP_LESS_EQUAL, OP_MORE, OP_MORE_EQUAL };

struct expr_text {
    struct text text; /* NUL-terminated */
    struct expr_text *next;
};

struct expr {
    enum expr_kind kind;
    enum compare_op op;
    bool negated;
    const char *column;
    int bound; /* number of the column, after expr_bind() */
    struct expr_text *texts;
    struct expr *left, *right;
};

#endif
