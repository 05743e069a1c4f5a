#include "core/raw_frame.h"

#include "core/wire.h"

enum { ROW_HAS_ISSUES = 1, CELL_WIRE_ABSENT = 0, CELL_WIRE_NULL = 1, CELL_WIRE_TEXT = 2 };

enum { VARINT_MAX = 10, PLACE_VARINTS = 5 };

static char *put_varint(char *at, uint64_t value)
{
    while (value >= 0x80) {
        *at++ = (char)(value | 0x80);
        value >>= 7;
    }
    *at++ = (char)value;
    return at;
}

static size_t row_size_max(const struct batch *batch, uint32_t row)
{
    size_t size = ((size_t)batch->shape->ncols + PLACE_VARINTS) * VARINT_MAX;

    for (uint32_t col = 0; col < batch->shape->ncols; col++) {
        size += batch_cell(batch, row, col)->len;
    }
    return size;
}

/* Place and cells; room for the whole row is asked for once, since this is done for every cell
 * of the source. */
static void write_row(const struct batch *batch, uint32_t row, bool has_issues,
                      struct strbuf *out)
{
    const struct place *place = &batch->places[row];
    char *at = strbuf_reserve(out, row_size_max(batch, row));

    if (at == NULL) {
        return;
    }
    at = put_varint(at, has_issues ? ROW_HAS_ISSUES : 0);
    at = put_varint(at, place->file);
    at = put_varint(at, place->line);
    at = put_varint(at, place->offset);
    at = put_varint(at, place->length);
    for (uint32_t col = 0; col < batch->shape->ncols; col++) {
        struct cell cell = *batch_cell(batch, row, col);
        if (cell.state == CELL_TEXT) {
            at = put_varint(at, (uint64_t)cell.len + CELL_WIRE_TEXT);
            memcpy(at, cell.at, cell.len);
            at += cell.len;
        } else {
            *at++ = cell.state == CELL_NULL ? CELL_WIRE_NULL : CELL_WIRE_ABSENT;
        }
    }
    out->len = (size_t)(at - out->at);
    out->at[out->len] = '\0';
}

/* Issues of a batch are in row order as extract adds them; `*next` walks along. */
static void write_issues(const struct batch *batch, size_t first, size_t count,
                         struct strbuf *out)
{
    wire_put_varint(out, count);
    for (size_t i = first; i < first + count; i++) {
        wire_put_varint(out, (uint64_t)(batch->issues[i].col + 1));
        wire_put_text(out, text_of(batch->issues[i].rule));
    }
}

void raw_frame_write(const struct batch *batch, struct strbuf *out)
{
    size_t next = 0;

    for (uint32_t row = 0; row < batch->nrows; row++) {
        size_t first = next;
        while (next < batch->nissues && batch->issues[next].row == row) {
            next++;
        }
        write_row(batch, row, next > first, out);
        if (next > first) {
            wire_put_text(out, batch->raw[row]);
            write_issues(batch, first, next - first, out);
        }
    }
}

static void read_cells(struct batch *batch, uint32_t row, struct wire *wire)
{
    for (uint32_t col = 0; col < batch->shape->ncols; col++) {
        uint64_t head = wire_varint(wire);
        struct cell *cell = batch_cell(batch, row, col);
        if (head >= CELL_WIRE_TEXT) {
            struct text text = wire_bytes(wire, head - CELL_WIRE_TEXT);
            *cell = (struct cell){text.at, (uint32_t)text.len, CELL_TEXT};
        } else if (head == CELL_WIRE_NULL) {
            *cell = (struct cell){"", 0, CELL_NULL};
        }
    }
}

static void read_issues(struct batch *batch, uint32_t row, struct wire *wire)
{
    uint64_t count;

    batch->raw[row] = wire_text(wire);
    count = wire_varint(wire);
    for (uint64_t i = 0; i < count && !wire->bad; i++) {
        int32_t col = (int32_t)wire_varint(wire) - 1;
        struct text rule = wire_text(wire);
        if (col >= (int32_t)batch->shape->ncols || rule.len > RULE_ID_MAX) {
            wire->bad = true;
        } else {
            batch_reject(batch, row, col, arena_strdup(&batch->arena, rule));
        }
    }
}

static void read_row(struct batch *batch, struct wire *wire)
{
    struct place place = {0};
    uint64_t flags = wire_varint(wire);
    uint32_t row;

    place.file = (uint32_t)wire_varint(wire);
    place.line = wire_varint(wire);
    place.offset = wire_varint(wire);
    place.length = (uint32_t)wire_varint(wire);
    wire->bad = wire->bad || place.file >= batch->shape->nfiles;
    row = batch_add_row(batch, place);
    read_cells(batch, row, wire);
    if (flags & ROW_HAS_ISSUES) {
        read_issues(batch, row, wire);
    }
}

struct raw_frame raw_frame_of(uint32_t rows, struct text payload)
{
    return (struct raw_frame){wire_of(payload), rows};
}

bool raw_frame_read(struct batch *batch, struct raw_frame *frame, struct error *err)
{
    batch_clear(batch);
    while (frame->rows > 0 && batch->nrows < batch->rows_max && !frame->wire.bad) {
        read_row(batch, &frame->wire);
        frame->rows--;
    }
    if (frame->wire.bad || (frame->rows == 0 && frame->wire.at != frame->wire.end)) {
        frame->rows = 0;
        return error_set(err, ERROR_INTEGRITY, "a frame of raw rows is malformed");
    }
    return true;
}
