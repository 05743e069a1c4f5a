#include "serve/statement.h"

enum { STATEMENT_BYTES_MAX = 64 << 10, ARRAY_BYTES_MAX = 256 << 10 };

void statement_init(struct statement *statement, struct query *query, struct arena *arena)
{
    *statement = (struct statement){.query = query, .arena = arena};
    strbuf_init(&statement->sql, STATEMENT_BYTES_MAX);
    query->nparams = 0;
}

void statement_add_constant(struct statement *statement, const char *sql)
{
    strbuf_puts(&statement->sql, sql);
}

void statement_add_value(struct statement *statement, const char *value)
{
    struct query *query = statement->query;

    if (query->nparams == QUERY_PARAMS_MAX) {
        statement->sql.full = true;
        return;
    }
    query->params[query->nparams++] = value;
    strbuf_addf(&statement->sql, "$%d", query->nparams);
}

char *array_literal(struct arena *arena, const struct text *items, size_t count)
{
    struct strbuf out;
    char *copy;

    strbuf_init(&out, ARRAY_BYTES_MAX);
    strbuf_putc(&out, '{');
    for (size_t i = 0; i < count; i++) {
        strbuf_puts(&out, i == 0 ? "" : ",");
        if (items[i].at == NULL) {
            strbuf_puts(&out, "NULL");
            continue;
        }
        strbuf_putc(&out, '"');
        for (size_t at = 0; at < items[i].len; at++) {
            if (items[i].at[at] == '"' || items[i].at[at] == '\\') {
                strbuf_putc(&out, '\\');
            }
            strbuf_putc(&out, items[i].at[at]);
        }
        strbuf_putc(&out, '"');
    }
    strbuf_putc(&out, '}');
    copy = arena_strdup(arena, strbuf_text(&out));
    strbuf_release(&out);
    return copy;
}

bool statement_finish(struct statement *statement)
{
    bool fits = !strbuf_is_full(&statement->sql);

    statement->query->sql = arena_strdup(statement->arena, strbuf_text(&statement->sql));
    strbuf_release(&statement->sql);
    return fits;
}
