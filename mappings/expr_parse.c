#include "mappings/expr_node.h"

#include <string.h>

/* A recursive descent over the grammar in expr.h, one function a line of it. */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_COLUMN, TOKEN_TEXT, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    struct text text; /* quotes taken off */
    int offset;
};

struct parser {
    const char *source;
    const char *at;
    struct arena *arena;
    struct token token; /* the next one, not yet taken */
    int nodes;
    int depth;
    int *where;
    struct error *err;
};

static bool fail(struct parser *parser, int offset, const char *message)
{
    *parser->where = offset;
    return error_set(parser->err, ERROR_CONFIG, "%s", message);
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* A text in `quote`s, a doubled quote inside standing for one. */
static bool read_quoted(struct parser *parser, char quote)
{
    int offset = (int)(parser->at - parser->source);
    char *out = arena_bytes(parser->arena, strlen(parser->at) + 1);
    size_t len = 0;

    for (const char *at = parser->at + 1; *at; at++) {
        if (*at == quote && at[1] != quote) {
            out[len] = '\0';
            parser->at = at + 1;
            parser->token.kind = quote == '"' ? TOKEN_COLUMN : TOKEN_TEXT;
            parser->token.text = (struct text){out, len};
            return true;
        }
        if (*at == quote) {
            at++;
        }
        out[len++] = *at;
    }
    return fail(parser, offset, "this quote is never closed");
}

static bool next_token(struct parser *parser)
{
    size_t len = 0;

    parser->at += strspn(parser->at, " \t\n");
    parser->token.offset = (int)(parser->at - parser->source);
    if (*parser->at == '\'' || *parser->at == '"') {
        return read_quoted(parser, *parser->at);
    }
    if (is_word_byte(*parser->at)) {
        while (is_word_byte(parser->at[len])) {
            len++;
        }
        parser->token.kind = TOKEN_WORD;
    } else if (*parser->at == '\0') {
        parser->token.kind = TOKEN_END;
    } else {
        static const char *const signs[] = {"!=", "<=", ">=", "=", "<", ">", "(", ")", ","};

        for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]) && len == 0; i++) {
            if (strncmp(parser->at, signs[i], strlen(signs[i])) == 0) {
                len = strlen(signs[i]);
            }
        }
        if (len == 0) {
            return fail(parser, parser->token.offset,
                        "a condition has no such sign; a column with other characters than "
                        "letters, digits and '_' stands in double quotes");
        }
        parser->token.kind = TOKEN_SIGN;
    }
    parser->token.text = (struct text){parser->at, len};
    parser->at += len;
    return true;
}

static bool token_is(const struct parser *parser, enum token_kind kind, const char *text)
{
    return parser->token.kind == kind && text_is(parser->token.text, text);
}

/* Takes the token when it is that word or sign. */
static bool take(struct parser *parser, enum token_kind kind, const char *text, bool *taken)
{
    *taken = token_is(parser, kind, text);
    return !*taken || next_token(parser);
}

static struct expr *new_node(struct parser *parser, enum expr_kind kind)
{
    struct expr *expr;

    if (++parser->nodes > EXPR_NODES_MAX) {
        (void)fail(parser, parser->token.offset, "the condition has more than 256 parts");
        return NULL;
    }
    expr = arena_alloc(parser->arena, sizeof(*expr));
    *expr = (struct expr){.kind = kind, .bound = -1};
    return expr;
}

static bool is_keyword(struct text word)
{
    static const char *const keywords[] = {"and", "or",    "not",  "in",
                                           "is",  "blank", "like", "never"};

    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (text_is(word, keywords[i])) {
            return true;
        }
    }
    return false;
}

static bool add_text(struct parser *parser, struct expr *expr, const char *otherwise)
{
    struct expr_text *text;
    struct expr_text **end = &expr->texts;

    if (parser->token.kind != TOKEN_TEXT) {
        return fail(parser, parser->token.offset, otherwise);
    }
    if (++parser->nodes > EXPR_NODES_MAX) {
        return fail(parser, parser->token.offset, "the condition has more than 256 parts");
    }
    text = arena_alloc(parser->arena, sizeof(*text));
    *text = (struct expr_text){.text = parser->token.text};
    while (*end) {
        end = &(*end)->next;
    }
    *end = text;
    return next_token(parser);
}

static bool parse_in_list(struct parser *parser, struct expr *expr)
{
    bool taken;

    if (!take(parser, TOKEN_SIGN, "(", &taken)) {
        return false;
    }
    if (!taken) {
        return fail(parser, parser->token.offset, "'in' is followed by ('text', 'text')");
    }
    do {
        if (!add_text(parser, expr, "the list of 'in' holds texts in 'single quotes'") ||
            !take(parser, TOKEN_SIGN, ",", &taken)) {
            return false;
        }
    } while (taken);
    if (!take(parser, TOKEN_SIGN, ")", &taken)) {
        return false;
    }
    return taken ||
           fail(parser, parser->token.offset, "the list of 'in' goes on with ',' or ')'");
}

static bool parse_is_blank(struct parser *parser, struct expr *expr)
{
    bool taken;

    if (!take(parser, TOKEN_WORD, "not", &expr->negated) ||
        !take(parser, TOKEN_WORD, "blank", &taken)) {
        return false;
    }
    expr->kind = EXPR_BLANK;
    return taken ||
           fail(parser, parser->token.offset, "'is' is followed by 'blank' or 'not blank'");
}

static bool parse_compare(struct parser *parser, struct expr *expr)
{
    static const char *const ops[] = {"=", "!=", "<", "<=", ">", ">="};

    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        if (token_is(parser, TOKEN_SIGN, ops[i])) {
            expr->op = (enum compare_op)i;
            return next_token(parser) &&
                   add_text(parser, expr,
                            "a column is compared with a text in 'single quotes'");
        }
    }
    return fail(parser, parser->token.offset,
                "a column is followed by = != < <= > >=, 'in', 'like' or 'is blank'");
}

static bool parse_test(struct parser *parser, struct expr **out)
{
    struct expr *expr;
    bool negated, taken;

    if (parser->token.kind == TOKEN_TEXT) {
        return fail(parser, parser->token.offset,
                    "a test starts with a column; texts stand on its right");
    }
    if (parser->token.kind == TOKEN_END) {
        return fail(parser, parser->token.offset,
                    "the condition stops here; a test is missing");
    }
    if (token_is(parser, TOKEN_WORD, "never")) {
        *out = new_node(parser, EXPR_NEVER);
        return *out && next_token(parser);
    }
    if (parser->token.kind == TOKEN_SIGN ||
        (parser->token.kind == TOKEN_WORD && is_keyword(parser->token.text))) {
        return fail(parser, parser->token.offset, "a column name is expected here");
    }
    *out = expr = new_node(parser, EXPR_COMPARE);
    if (!expr) {
        return false;
    }
    expr->column = arena_strdup(parser->arena, parser->token.text);
    if (!next_token(parser) || !take(parser, TOKEN_WORD, "not", &negated) ||
        !take(parser, TOKEN_WORD, "in", &taken)) {
        return false;
    }
    expr->negated = negated;
    if (taken) {
        expr->kind = EXPR_IN;
        return parse_in_list(parser, expr);
    }
    if (!take(parser, TOKEN_WORD, "like", &taken)) {
        return false;
    }
    if (taken) {
        expr->kind = EXPR_LIKE;
        return add_text(parser, expr, "'like' is followed by a pattern in 'single quotes'");
    }
    if (negated) {
        return fail(parser, parser->token.offset,
                    "'not' behind a column goes with 'in' or 'like'");
    }
    if (!take(parser, TOKEN_WORD, "is", &taken)) {
        return false;
    }
    return taken ? parse_is_blank(parser, expr) : parse_compare(parser, expr);
}

static bool parse_or(struct parser *parser, struct expr **out);

static bool parse_not(struct parser *parser, struct expr **out)
{
    int offset = parser->token.offset;
    bool taken;
    bool ok = false;

    if (++parser->depth > EXPR_DEPTH_MAX) {
        return fail(parser, offset, "the condition is nested deeper than 32 levels");
    }
    if (!take(parser, TOKEN_WORD, "not", &taken)) {
        return false;
    }
    if (taken) {
        *out = new_node(parser, EXPR_NOT);
        ok = *out && parse_not(parser, &(*out)->left);
    } else if (!take(parser, TOKEN_SIGN, "(", &taken)) {
        return false;
    } else if (!taken) {
        ok = parse_test(parser, out);
    } else {
        ok = parse_or(parser, out) && take(parser, TOKEN_SIGN, ")", &taken) &&
             (taken || fail(parser, offset, "this bracket is never closed"));
    }
    parser->depth--;
    return ok;
}

/* One level of "A word B word C"; `operand` parses what stands between the words. */
static bool parse_chain(struct parser *parser, const char *word, enum expr_kind kind,
                        bool (*operand)(struct parser *, struct expr **), struct expr **out)
{
    bool taken;

    if (!operand(parser, out) || !take(parser, TOKEN_WORD, word, &taken)) {
        return false;
    }
    while (taken) {
        struct expr *both = new_node(parser, kind);

        if (!both) {
            return false;
        }
        both->left = *out;
        if (!operand(parser, &both->right) || !take(parser, TOKEN_WORD, word, &taken)) {
            return false;
        }
        *out = both;
    }
    return true;
}

static bool parse_and(struct parser *parser, struct expr **out)
{
    return parse_chain(parser, "and", EXPR_AND, parse_not, out);
}

static bool parse_or(struct parser *parser, struct expr **out)
{
    return parse_chain(parser, "or", EXPR_OR, parse_and, out);
}

struct expr *expr_parse(const char *text, struct arena *arena, int *at, struct error *err)
{
    struct parser parser = {
        .source = text, .at = text, .arena = arena, .where = at, .err = err};
    struct expr *expr = NULL;

    *at = 0;
    if (!next_token(&parser) || !parse_or(&parser, &expr)) {
        return NULL;
    }
    if (parser.token.kind != TOKEN_END) {
        (void)fail(&parser, parser.token.offset,
                   "tests are joined by 'and' or 'or', in small letters");
        return NULL;
    }
    return expr;
}
