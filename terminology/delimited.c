#include "terminology/delimited.h"

void delimited_init(struct delimited *table, struct text content, char delimiter, bool quotes)
{
    *table = (struct delimited){.rest = content, .delimiter = delimiter, .quotes = quotes};
    if (content.len >= 3 && memcmp(content.at, "\xEF\xBB\xBF", 3) == 0) {
        table->rest.at += 3;
        table->rest.len -= 3;
    }
}

void delimited_release(struct delimited *table)
{
    arena_release(&table->arena);
    *table = (struct delimited){0};
}

static void skip(struct delimited *table, size_t bytes)
{
    table->rest.at += bytes;
    table->rest.len -= bytes;
}

/* A quoted cell; `rest` stands on its first quote and ends behind its last. */
static bool quoted_cell(struct delimited *table, struct text *cell)
{
    size_t len = 0;
    size_t doubled = 0;
    char *copy;

    skip(table, 1);
    for (;; len++) {
        if (len >= table->rest.len) {
            return false;
        }
        if (table->rest.at[len] == '"') {
            if (len + 1 >= table->rest.len || table->rest.at[len + 1] != '"') {
                break;
            }
            doubled++;
            len++;
        }
    }
    *cell = (struct text){table->rest.at, len};
    if (doubled > 0) {
        copy = arena_bytes(&table->arena, len);
        cell->at = copy;
        cell->len = 0;
        for (size_t i = 0; i < len; i++) {
            copy[cell->len++] = table->rest.at[i];
            i += table->rest.at[i] == '"';
        }
    }
    skip(table, len + 1);
    return true;
}

static void plain_cell(struct delimited *table, struct text *cell)
{
    size_t len = 0;

    while (len < table->rest.len && table->rest.at[len] != table->delimiter &&
           table->rest.at[len] != '\n') {
        len++;
    }
    *cell = (struct text){table->rest.at, len};
    skip(table, len);
}

bool delimited_next(struct delimited *table)
{
    table->count = 0;
    if (table->rest.len == 0 || table->bad) {
        return false;
    }
    arena_clear(&table->arena);
    table->row++;
    for (;;) {
        struct text *cell = &table->cells[table->count];
        struct text behind;
        if (table->count == DELIMITED_COLUMNS_MAX) {
            table->bad = true;
            return false;
        }
        table->count++;
        if (table->quotes && table->rest.len > 0 && table->rest.at[0] == '"') {
            if (!quoted_cell(table, cell)) {
                table->bad = true;
                return false;
            }
            plain_cell(table, &behind); /* blanks before the delimiter */
        } else {
            plain_cell(table, cell);
        }
        if (table->rest.len == 0) {
            return true;
        }
        skip(table, 1);
        if (table->rest.at[-1] == '\n') {
            return true;
        }
    }
}

int delimited_column(const struct delimited *table, const char *name)
{
    for (int i = 0; i < table->count; i++) {
        if (text_equal_nocase(text_trim(table->cells[i]), text_of(name))) {
            return i;
        }
    }
    return -1;
}

struct text delimited_cell(const struct delimited *table, int column)
{
    return column < 0 || column >= table->count ? (struct text){"", 0}
                                                : text_trim(table->cells[column]);
}
