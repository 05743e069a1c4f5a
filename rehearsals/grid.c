#include "rehearsals/grid.h"

#include "core/json_out.h"
#include "rehearsals/html.h"

#include <stdarg.h>

void grid_init(struct grid *grid, const char *record, const char *caption,
               const struct grid_column *columns)
{
    *grid = (struct grid){.record = record, .caption = caption, .columns = columns};
    while (columns[grid->ncols].name != NULL) {
        grid->ncols++;
    }
}

void grid_release(struct grid *grid)
{
    free(grid->cells);
    arena_release(&grid->arena);
    *grid = (struct grid){0};
}

void grid_add(struct grid *grid, const char *format, ...)
{
    va_list args;
    char *text = NULL;
    if (grid->ncells == GRID_ROWS_MAX * grid->ncols) {
        grid->dropped++;
        return;
    }
    va_start(args, format);
    if (vasprintf(&text, format, args) < 0) {
        abort();
    }
    va_end(args);
    if (grid->ncells % (64 * grid->ncols) == 0) {
        grid->cells =
            xrealloc(grid->cells, (grid->ncells + 64 * grid->ncols) * sizeof(*grid->cells));
    }
    grid->cells[grid->ncells++] = arena_strdup(&grid->arena, text_of(text));
    free(text);
}

size_t grid_rows(const struct grid *grid)
{
    return grid->ncells / grid->ncols;
}

const char *grid_cell(const struct grid *grid, size_t row, size_t col)
{
    return grid->cells[row * grid->ncols + col];
}

static bool is_number(const struct grid *grid, size_t col)
{
    enum grid_kind kind = grid->columns[col].kind;
    return kind == GRID_NUMBER || kind == GRID_ZERO || kind == GRID_CHANGE;
}

/* Code points, near enough to columns of a terminal for names and numbers. */
static size_t text_width(const char *text)
{
    size_t width = 0;
    for (; *text != '\0'; text++) {
        if (((unsigned char)*text & 0xC0) != 0x80) {
            width++;
        }
    }
    return width;
}

static void pad(struct strbuf *out, size_t count)
{
    while (count-- > 0) {
        strbuf_putc(out, ' ');
    }
}

static void write_text_cell(const struct grid *grid, size_t col, const char *text, size_t width,
                            struct strbuf *out)
{
    size_t gap = width - text_width(text);
    strbuf_puts(out, "  ");
    if (is_number(grid, col)) {
        pad(out, gap);
    }
    strbuf_puts(out, text);
    if (!is_number(grid, col) && col + 1 < grid->ncols) {
        pad(out, gap);
    }
}

/* A row that grid->changed_only leaves out. */
static bool is_unchanged(const struct grid *grid, size_t row)
{
    bool has_change = false;
    for (size_t col = 0; col < grid->ncols; col++) {
        if (grid->columns[col].kind == GRID_CHANGE) {
            has_change = true;
            if (strcmp(grid_cell(grid, row, col), "0") != 0) {
                return false;
            }
        }
    }
    return grid->changed_only && has_change;
}

void grid_write_text(const struct grid *grid, struct strbuf *out)
{
    size_t widths[GRID_COLUMNS_MAX];
    size_t unchanged = 0;
    strbuf_addf(out, "%s\n", grid->caption);
    if (grid_rows(grid) == 0) {
        strbuf_puts(out, "  none\n\n");
        return;
    }
    for (size_t col = 0; col < grid->ncols; col++) {
        widths[col] = text_width(grid->columns[col].header);
        for (size_t row = 0; row < grid_rows(grid); row++) {
            size_t width = text_width(grid_cell(grid, row, col));
            widths[col] = width > widths[col] ? width : widths[col];
        }
    }
    for (size_t col = 0; col < grid->ncols; col++) {
        write_text_cell(grid, col, grid->columns[col].header, widths[col], out);
    }
    strbuf_putc(out, '\n');
    for (size_t row = 0; row < grid_rows(grid); row++) {
        if (is_unchanged(grid, row)) {
            unchanged++;
            continue;
        }
        for (size_t col = 0; col < grid->ncols; col++) {
            write_text_cell(grid, col, grid_cell(grid, row, col), widths[col], out);
        }
        strbuf_putc(out, '\n');
    }
    if (unchanged > 0) {
        strbuf_addf(out, "  (%zu rows without a change)\n", unchanged);
    }
    if (grid->dropped > 0) {
        strbuf_addf(out, "  ... and %zu more rows\n", grid->dropped / grid->ncols);
    }
    strbuf_putc(out, '\n');
}

void grid_write_json(const struct grid *grid, const char *schema, struct strbuf *out)
{
    for (size_t row = 0; row < grid_rows(grid); row++) {
        struct json_out json;
        json_out_init(&json, out);
        json_out_object(&json);
        json_out_member(&json, "schema", schema);
        json_out_member(&json, "record", grid->record);
        for (size_t col = 0; col < grid->ncols; col++) {
            const char *text = grid_cell(grid, row, col);
            json_out_key(&json, grid->columns[col].name);
            if (!is_number(grid, col)) {
                json_out_string(&json, text);
            } else if (text[0] == '\0') {
                json_out_null(&json);
            } else {
                json_out_raw(&json, text_of(text[0] == '+' ? text + 1 : text));
            }
        }
        json_out_end_object(&json);
        strbuf_putc(out, '\n');
    }
}

static bool is_zero(const char *number)
{
    return strpbrk(number, "123456789") == NULL;
}

static enum html_cell html_kind(enum grid_kind kind, const char *text)
{
    switch (kind) {
    case GRID_CODE:
        return HTML_CODE;
    case GRID_CHANGE:
    case GRID_NUMBER:
        return HTML_NUMBER;
    case GRID_ZERO:
        return is_zero(text) ? HTML_GOOD : HTML_BAD;
    case GRID_TEXT:
        break;
    }
    return HTML_TEXT;
}

void grid_write_html(const struct grid *grid, struct strbuf *out)
{
    const char *headers[GRID_COLUMNS_MAX + 1] = {NULL};
    if (grid_rows(grid) == 0) {
        html_paragraph(out, "%s: none.", grid->caption);
        return;
    }
    for (size_t col = 0; col < grid->ncols; col++) {
        headers[col] = grid->columns[col].header;
    }
    html_table_begin(out, grid->caption, headers);
    for (size_t row = 0; row < grid_rows(grid); row++) {
        html_row_begin(out);
        for (size_t col = 0; col < grid->ncols; col++) {
            const char *text = grid_cell(grid, row, col);
            html_cell(out, html_kind(grid->columns[col].kind, text), "%s", text);
        }
        html_row_end(out);
    }
    html_table_end(out);
    if (grid->dropped > 0) {
        html_paragraph(out, "... and %zu more rows", grid->dropped / grid->ncols);
    }
}
