/*
 * reading.h - a legacy file made of given bytes, read by csv_source, and said as text:
 *
 *     LINE@OFFSET+LENGTH [a][b][-]  rule rule:COLUMN
 *
 * one line for each row; [-] is ABSENT.
 */
#ifndef HMS_TESTS_READING_H
#define HMS_TESTS_READING_H

#include "core/strbuf.h"
#include "extract/csv_source.h"
#include "tests/unit/unit.h"

#include <inttypes.h>
#include <unistd.h>

struct reading {
    char path[64];
    struct source_format format;
    struct arena arena;
    struct source_list names;
    struct table_shape shape;
    uint32_t columns[BATCH_COLS_MAX];
    struct csv_source *source;
    struct batch batch;
    struct error err;
};

static inline void reading_write(struct reading *reading, struct text bytes)
{
    FILE *file;

    snprintf(reading->path, sizeof(reading->path), "/tmp/hms-reading-%ld", (long)getpid());
    file = fopen(reading->path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

/* Opens the file; without a header there are `ncols` columns "c1", "c2", ... */
static inline bool reading_open(struct reading *reading, uint32_t ncols)
{
    static const char *const files[] = {"file"};

    reading->source = csv_source_open(reading->path, &reading->format, &reading->err);
    if (reading->source == NULL) {
        return false;
    }
    if (reading->format.header &&
        !csv_source_header(reading->source, &reading->arena, &reading->names, &reading->err)) {
        return false;
    }
    if (!reading->format.header) {
        reading->names.at = arena_alloc(&reading->arena, ncols * sizeof(char *));
        for (uint32_t i = 0; i < ncols; i++) {
            reading->names.at[i] = arena_printf(&reading->arena, "c%u", i + 1);
        }
        reading->names.count = ncols;
    }
    for (uint32_t i = 0; i < reading->names.count; i++) {
        reading->columns[i] = i;
    }
    reading->shape =
        (struct table_shape){"T", reading->names.at, (uint32_t)reading->names.count, files, 1};
    csv_source_bind(reading->source, 0, reading->columns, reading->shape.ncols);
    batch_init(&reading->batch, &reading->shape);
    return true;
}

static inline void reading_release(struct reading *reading)
{
    csv_source_free(reading->source);
    batch_release(&reading->batch);
    arena_release(&reading->arena);
    unlink(reading->path);
    *reading = (struct reading){0};
}

static inline void reading_say_row(const struct reading *reading, uint32_t row,
                                   struct strbuf *said)
{
    const struct batch *batch = &reading->batch;
    const struct place *place = &batch->places[row];

    strbuf_addf(said, "%" PRIu64 "@%" PRIu64 "+%" PRIu32 " ", place->line, place->offset,
                place->length);
    for (uint32_t col = 0; col < reading->shape.ncols; col++) {
        struct cell cell = *batch_cell(batch, row, col);

        strbuf_putc(said, '[');
        strbuf_add_text(said, cell.state == CELL_TEXT ? cell_text(cell) : TEXT_LITERAL("-"));
        strbuf_putc(said, ']');
    }
    for (size_t i = 0; i < batch->nissues; i++) {
        if (batch->issues[i].row == row) {
            int32_t col = batch->issues[i].col;

            strbuf_addf(said, " %s%s%s", batch->issues[i].rule, col < 0 ? "" : ":",
                        col < 0 ? "" : reading->shape.columns[col]);
        }
    }
    strbuf_putc(said, '\n');
}

#endif
