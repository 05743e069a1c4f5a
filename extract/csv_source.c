#include "extract/csv_source.h"

#include "core/ident.h"
#include "extract/csv_split.h"
#include "extract/header.h"
#include "extract/record.h"
#include "extract/window.h"

/* U+FEFF; that of the file itself the window has taken away, and a list of one column may hold any. */
static const char byte_order_mark[3] = {'\xEF', '\xBB', '\xBF'};

struct csv_source {
    struct window window;
    struct source_format format;
    struct csv_split split;
    uint32_t file;
    const uint32_t *columns;
    uint32_t nfields;
    uint64_t line; /* of the next record */
    uint64_t rows;

    /* the record being split */
    struct batch *batch;
    uint32_t row;
    uint32_t field; /* number of fields seen */
    bool is_plain;  /* ASCII without NUL: cells need no check and no change */
    char *room;     /* plain cells that libcsv delivers go here one after the other */
};

struct csv_source *csv_source_open(const char *path, const struct source_format *format,
                                   struct error *err)
{
    struct csv_source *source = xcalloc(1, sizeof(*source));

    source->format = *format;
    source->line = 1;
    csv_split_init(&source->split, format->delimiter, format->quote);
    if (!window_open(&source->window, path, format->charset, err)) {
        csv_source_free(source);
        return NULL;
    }
    return source;
}

void csv_source_free(struct csv_source *source)
{
    if (source == NULL) {
        return;
    }
    window_release(&source->window);
    csv_split_release(&source->split);
    free(source);
}

uint64_t csv_source_rows(const struct csv_source *source)
{
    return source->rows;
}

uint64_t csv_source_bytes(const struct csv_source *source)
{
    return source->window.size;
}

uint64_t csv_source_checksum(const struct csv_source *source)
{
    return checksum_stream_value(source->window.checksum);
}

/* --- the next record --- */

/* Brings a whole record in sight; false in *found at the end of the file. */
static bool record_next(struct csv_source *source, struct record *record, bool *found,
                        struct error *err)
{
    struct window *window = &source->window;

    for (;;) {
        struct text text = window_text(window);

        *found = text.len > 0;
        if (*found) {
            *record = record_find(text, window->at_end, source->format.delimiter,
                                  source->format.quote);
            if (record->state != RECORD_MORE) {
                return true;
            }
        }
        if (window->at_end) {
            return true;
        }
        if (!window_fill(window, err)) {
            return false;
        }
    }
}

/* --- the header --- */

bool csv_source_header(struct csv_source *source, struct arena *arena,
                       struct source_list *names, struct error *err)
{
    struct record record;
    struct text text;
    bool found;
    bool ok;

    if (!record_next(source, &record, &found, err)) {
        return false;
    }
    if (!found || record.length == 0) {
        return error_set(err, ERROR_SOURCE, "no header: the %s",
                         found ? "first line is blank" : "file is empty");
    }
    if (record.state == RECORD_TOO_LONG) {
        error_set(err, ERROR_SOURCE, "line 1: no line end in the first %d bytes",
                  ROW_BYTES_MAX);
        error_hint(err, "is it a table with a row a line?");
        return false;
    }
    if (record.state != RECORD_WHOLE) {
        return error_set(err, ERROR_SOURCE, "line 1: the quotes of the header are broken");
    }
    text = (struct text){window_text(&source->window).at, record.length};
    ok = header_read(text, &source->split, source->window.charset, arena, names, err);
    window_take(&source->window, record.length, record.taken);
    source->line += record.lines;
    return ok;
}

void csv_source_bind(struct csv_source *source, uint32_t file, const uint32_t *columns,
                     uint32_t nfields)
{
    source->file = file;
    source->columns = columns;
    source->nfields = nfields;
}

/* --- rows --- */

/* Whether all bytes are ASCII; eight at a time, since nearly every record is. */
static bool is_ascii(struct text text)
{
    uint64_t high = 0;
    size_t i = 0;

    for (; i + 8 <= text.len; i += 8) {
        uint64_t word;

        memcpy(&word, text.at + i, sizeof(word));
        high |= word;
    }
    for (; i < text.len; i++) {
        high |= (uint64_t)(uint8_t)text.at[i] << 56 | (uint64_t)(uint8_t)text.at[i];
    }
    return (high & UINT64_C(0x8080808080808080)) == 0;
}

/* A cell with other bytes than ASCII: checked, and converted when its charset is not UTF-8. */
static struct cell cell_of_bytes(struct csv_source *source, struct text bytes)
{
    struct arena *arena = &source->batch->arena;
    size_t room = bytes.len;
    struct text text = bytes;
    bool bad = false;

    if (charset_kind_of(source->window.charset) == CHARSET_TABLE) {
        char *out = arena_bytes(arena, bytes.len * CHARSET_GROWTH);

        room = bytes.len * CHARSET_GROWTH;
        text = (struct text){out, charset_decode(source->window.charset, bytes, out, &bad)};
        arena_trim(arena, room - text.len);
    } else {
        bad = !text_is_utf8(bytes);
        text = arena_copy(arena, bytes);
    }
    return bad ? (struct cell){"", 0, CELL_ABSENT}
               : (struct cell){text.at, (uint32_t)text.len, CELL_TEXT};
}

static struct cell *next_cell(struct csv_source *source)
{
    uint32_t field = source->field++;

    return field < source->nfields
               ? batch_cell(source->batch, source->row, source->columns[field])
               : NULL;
}

static void row_check_cell(struct csv_source *source, struct text bytes)
{
    struct cell *cell = next_cell(source);

    if (cell == NULL) {
        return;
    }
    *cell = cell_of_bytes(source, bytes);
    if (cell->state == CELL_ABSENT) {
        batch_reject(source->batch, source->row, (int32_t)source->columns[source->field - 1],
                     "text.encoding");
    }
}

/* One cell, as libcsv delivers it: in a buffer of its own. */
static void row_cell(void *at, size_t len, void *context)
{
    struct csv_source *source = context;
    struct cell *cell;

    if (!source->is_plain) {
        row_check_cell(source, (struct text){at, len});
        return;
    }
    cell = next_cell(source);
    if (cell != NULL) {
        memcpy(source->room, at, len);
        *cell = (struct cell){source->room, (uint32_t)len, CELL_TEXT};
        source->room += len;
    }
}

/* A record without a quote needs no parser: its cells lie between the delimiters. */
static void row_cut(struct csv_source *source, struct text record)
{
    const char *at = record.at;
    const char *end = record.at + record.len;

    if (source->is_plain) {
        at = memcpy(arena_bytes(&source->batch->arena, record.len), record.at, record.len);
        end = at + record.len;
    }
    for (;;) {
        const char *delimiter = memchr(at, source->format.delimiter, (size_t)(end - at));
        size_t len = (size_t)((delimiter == NULL ? end : delimiter) - at);

        if (source->is_plain) {
            struct cell *cell = next_cell(source);

            if (cell != NULL) {
                *cell = (struct cell){at, (uint32_t)len, CELL_TEXT};
            }
        } else {
            row_check_cell(source, (struct text){at, len});
        }
        if (delimiter == NULL) {
            return;
        }
        at = delimiter + 1;
    }
}

static void row_forget_cells(struct csv_source *source)
{
    for (uint32_t i = 0; i < source->nfields; i++) {
        *batch_cell(source->batch, source->row, source->columns[i]) =
            (struct cell){"", 0, CELL_ABSENT};
    }
}

/* The cells of a record with quotes, by libcsv; false when its quotes are wrong. */
static bool row_parse(struct csv_source *source, struct text record)
{
    size_t issues = source->batch->nissues;

    if (source->is_plain) {
        source->room = arena_bytes(&source->batch->arena, record.len);
    }
    if (csv_split_record(&source->split, record, row_cell, source)) {
        return true;
    }
    source->batch->nissues = issues;
    row_forget_cells(source);
    return false;
}

/* Files that were joined bring the header again among the rows. */
static bool row_is_header(const struct csv_source *source)
{
    for (uint32_t i = 0; i < source->nfields; i++) {
        struct cell cell = *batch_cell(source->batch, source->row, source->columns[i]);
        if (!text_is(cell_text(cell), source->batch->shape->columns[source->columns[i]])) {
            return false;
        }
    }
    return source->nfields > 1;
}

/* Fills the cells of a record that ended as it should; NULL, or the rule that it breaks. */
static const char *row_fill(struct csv_source *source, struct text record, bool has_quote)
{
    if (record.len == 0 && source->nfields > 1) {
        return "row.blank";
    }
    if (memchr(record.at, '\0', record.len) != NULL) {
        return "text.nul";
    }
    if (source->nfields > 1 && record.len >= sizeof(byte_order_mark) &&
        memcmp(record.at, byte_order_mark, sizeof(byte_order_mark)) == 0) {
        return "text.bom";
    }
    source->field = 0;
    source->is_plain = is_ascii(record);
    if (!has_quote) {
        row_cut(source, record);
    } else if (!row_parse(source, record)) {
        return "row.quote";
    }
    if (source->field != source->nfields) {
        return "row.ragged";
    }
    return row_is_header(source) ? "row.header" : NULL;
}

static const char *record_rule(enum record_state state)
{
    switch (state) {
    case RECORD_QUOTE:
        return "row.quote";
    case RECORD_UNCLOSED:
        return "quote.unclosed";
    case RECORD_TOO_LONG:
        return "row.too_long";
    case RECORD_WHOLE:
    case RECORD_MORE:
        break;
    }
    return NULL;
}

/* Takes a record out of the window and makes it a row. */
static bool row_add(struct csv_source *source, struct record record, struct error *err)
{
    struct batch *batch = source->batch;
    struct text shown = {window_text(&source->window).at, record.length};
    struct window_span span = window_take(&source->window, record.length, record.taken);
    const char *rule = record_rule(record.state);
    size_t issues = batch->nissues;

    source->row = batch_add_row(
        batch, (struct place){source->file, (uint32_t)span.length, source->line, span.offset});
    source->line += record.lines;
    source->rows++;
    if (rule == NULL) {
        rule = row_fill(source, shown, record.has_quote);
    }
    if (rule != NULL) {
        batch_reject(batch, source->row, -1, rule);
    }
    return batch->nissues == issues ||
           window_source_bytes(&source->window, span, shown, &batch->arena,
                               &batch->raw[source->row], err);
}

/* Brings the end of the line in sight that the window stands in; true in *found unless the file
 * ends first. */
static bool line_end_reach(struct csv_source *source, struct record *record, bool *found,
                           struct error *err)
{
    struct window *window = &source->window;

    for (;;) {
        size_t seen = window_text(window).len;
        size_t end = line_end_find(window_text(window));

        window_skip(window, end);
        if (end < seen || window->at_end) {
            return record_next(source, record, found, err);
        }
        if (!window_fill(window, err)) {
            return false;
        }
    }
}

/* A row whose first line is over ROW_BYTES_MAX: passed over to the end of that line, its first
 * bytes are kept. */
static bool row_add_long(struct csv_source *source, struct error *err)
{
    struct window *window = &source->window;
    struct batch *batch = source->batch;
    struct window_span head = {window->source, TOO_LONG_KEEP};
    struct text shown = {window_text(window).at, TOO_LONG_KEEP};
    struct record line_end = {0};
    uint64_t end;
    bool found;

    source->row =
        batch_add_row(batch, (struct place){source->file, 0, source->line, head.offset});
    source->rows++;
    batch_reject(batch, source->row, -1, "row.too_long");
    if (!window_source_bytes(window, head, shown, &batch->arena, &batch->raw[source->row],
                             err) ||
        !line_end_reach(source, &line_end, &found, err)) {
        return false;
    }
    end = window->size;
    if (found) {
        struct window_span span = window_take(window, 0, line_end.taken);

        end = span.offset + span.length;
        source->line += line_end.lines;
    }
    end -= head.offset;
    batch->places[source->row].length = end > UINT32_MAX ? UINT32_MAX : (uint32_t)end;
    return true;
}

bool csv_source_read(struct csv_source *source, struct batch *batch, bool *at_end,
                     struct error *err)
{
    *at_end = false;
    source->batch = batch;
    while (!batch_is_full(batch)) {
        struct record record;
        bool found;

        if (!record_next(source, &record, &found, err)) {
            return false;
        }
        if (!found) {
            *at_end = true;
            return true;
        }
        if (record.state == RECORD_TOO_LONG && record.taken == record.length) {
            if (!row_add_long(source, err)) {
                return false;
            }
        } else if (!row_add(source, record, err)) {
            return false;
        }
    }
    return true;
}
