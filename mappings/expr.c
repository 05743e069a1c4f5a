#include "mappings/expr_node.h"

#include <string.h>

bool expr_bind(struct expr *expr, int (*find)(const char *name, void *context), void *context,
               const char **unknown)
{
    if (expr->kind == EXPR_NEVER) {
        return true;
    }
    if (expr->column) {
        expr->bound = find(expr->column, context);
        *unknown = expr->column;
        return expr->bound >= 0;
    }
    return expr_bind(expr->left, find, context, unknown) &&
           (!expr->right || expr_bind(expr->right, find, context, unknown));
}

void expr_each_column(const struct expr *expr, void (*visit)(const char *name, void *context),
                      void *context)
{
    if (expr->column) {
        visit(expr->column, context);
        return;
    }
    if (expr->kind == EXPR_NEVER) {
        return;
    }
    expr_each_column(expr->left, visit, context);
    if (expr->right) {
        expr_each_column(expr->right, visit, context);
    }
}

static bool compare_holds(enum compare_op op, int order)
{
    switch (op) {
    case OP_EQUAL:
        return order == 0;
    case OP_UNEQUAL:
        return order != 0;
    case OP_LESS:
        return order < 0;
    case OP_LESS_EQUAL:
        return order <= 0;
    case OP_MORE:
        return order > 0;
    case OP_MORE_EQUAL:
        return order >= 0;
    }
    return false;
}

static bool glob_matches(const char *pattern, struct text value)
{
    char small[256];
    char *copy = value.len < sizeof(small) ? small : xmalloc(value.len + 1);
    bool matches;

    if (value.len > 0) {
        memcpy(copy, value.at, value.len);
    }
    copy[value.len] = '\0';
    matches = text_match_glob(pattern, copy);
    if (copy != small) {
        free(copy);
    }
    return matches;
}

static bool test_holds(const struct expr *expr, struct cell cell)
{
    bool has_text = cell.state == CELL_TEXT;
    struct text value = has_text ? text_trim(cell_text(cell)) : text_of("");
    bool found = false;

    switch (expr->kind) {
    case EXPR_BLANK:
        return (value.len == 0) != expr->negated;
    case EXPR_COMPARE:
        if (!has_text) {
            return expr->op == OP_UNEQUAL;
        }
        return compare_holds(expr->op, text_compare(value, expr->texts->text));
    case EXPR_LIKE:
        return (has_text && glob_matches(expr->texts->text.at, value)) != expr->negated;
    case EXPR_IN:
        for (const struct expr_text *text = expr->texts; text && has_text; text = text->next) {
            found = found || text_equal(text->text, value);
        }
        return found != expr->negated;
    case EXPR_OR:
    case EXPR_AND:
    case EXPR_NOT:
    case EXPR_NEVER:
        break;
    }
    return false;
}

bool expr_never(const struct expr *expr)
{
    return expr->kind == EXPR_NEVER;
}

bool expr_eval(const struct expr *expr, struct cell (*cell)(void *context, int column),
               void *context)
{
    switch (expr->kind) {
    case EXPR_OR:
        return expr_eval(expr->left, cell, context) || expr_eval(expr->right, cell, context);
    case EXPR_AND:
        return expr_eval(expr->left, cell, context) && expr_eval(expr->right, cell, context);
    case EXPR_NOT:
        return !expr_eval(expr->left, cell, context);
    case EXPR_NEVER:
        return false;
    case EXPR_COMPARE:
    case EXPR_IN:
    case EXPR_BLANK:
    case EXPR_LIKE:
        break;
    }
    return test_holds(expr, cell(context, expr->bound));
}
