#include "core/batch_file.h"
#include "core/file.h"
#include "core/raw_frame.h"
#include "tests/unit/unit.h"

#include <unistd.h>

enum { ROWS = 500, FRAMES = 5, COLS = 3 };

static const char *const columns[] = {"a", "b", "c"};
static const char *const files[] = {"one.csv", "two.csv"};
static const struct table_shape shape = {"T", columns, COLS, files, 2};
static char path[64];

static void fill(struct batch *batch, int frame)
{
    batch_clear(batch);
    for (uint32_t i = 0; i < ROWS; i++) {
        struct place place = {(uint32_t)frame % 2, i, 2 + i, (uint64_t)i * 1000};
        uint32_t row = batch_add_row(batch, place);
        char *text = arena_printf(&batch->arena, "f%d row %u", frame, i);
        *batch_cell(batch, row, 0) = (struct cell){text, (uint32_t)strlen(text), CELL_TEXT};
        if (i % 3 == 0) {
            batch_cell(batch, row, 1)->state = CELL_NULL;
        }
        if (i % 100 == 7) {
            batch->raw[row] = text_of("raw \xFF bytes");
            batch_reject(batch, row, 2, "text.encoding");
            batch_reject(batch, row, -1, "row.ragged");
        }
    }
}

static void write_file(bool packed)
{
    const struct batch_table table = {.name = "T",
                                      .organisation = "",
                                      .source = "s",
                                      .map = "",
                                      .ncols = COLS,
                                      .columns = columns,
                                      .nfiles = 2,
                                      .files = files,
                                      .lanes = 1};
    struct error err = {0};
    struct batch_writer *writer = batch_writer_open(path, BATCH_FILE_RAW, packed, &err);
    struct batch batch;
    struct strbuf payload;
    uint16_t number;
    assert_non_null(writer);
    assert_true(batch_writer_table(writer, &table, &number, &err));
    batch_init(&batch, &shape);
    strbuf_init(&payload, BLOCK_BYTES_MAX);
    for (int frame = 0; frame < FRAMES; frame++) {
        fill(&batch, frame);
        strbuf_clear(&payload);
        raw_frame_write(&batch, &payload);
        assert_true(batch_writer_put(writer, BLOCK_ROWS, number, 0, batch.nrows,
                                     strbuf_text(&payload), &err));
    }
    assert_true(batch_writer_finish(writer, &err));
    batch_writer_free(writer);
    batch_release(&batch);
    strbuf_release(&payload);
}

static void same_cells(const struct batch *a, const struct batch *b)
{
    assert_int_equal(a->nrows, b->nrows);
    assert_int_equal(a->nissues, b->nissues);
    for (uint32_t row = 0; row < a->nrows; row++) {
        assert_memory_equal(&a->places[row], &b->places[row], sizeof(a->places[row]));
        assert_true(text_equal(a->raw[row], b->raw[row]));
        for (uint32_t col = 0; col < COLS; col++) {
            struct cell x = *batch_cell(a, row, col);
            struct cell y = *batch_cell(b, row, col);
            assert_int_equal(x.state, y.state);
            assert_true(text_equal(cell_text(x), cell_text(y)));
        }
    }
    for (size_t i = 0; i < a->nissues; i++) {
        assert_int_equal(a->issues[i].row, b->issues[i].row);
        assert_int_equal(a->issues[i].col, b->issues[i].col);
        assert_string_equal(a->issues[i].rule, b->issues[i].rule);
    }
}

static void rows_places_states_and_issues_come_back_as_written(void **state)
{
    (void)state;
    for (int packed = 0; packed < 2; packed++) {
        struct error err = {0};
        struct batch_reader *reader;
        struct batch_block block;
        struct batch expected;
        struct batch got;
        int frame = 0;
        write_file(packed != 0);
        reader = batch_reader_open(path, &err);
        assert_non_null(reader);
        batch_init(&expected, &shape);
        batch_init(&got, &shape);
        assert_int_equal(batch_reader_next(reader, &block, &err), NEXT_BLOCK);
        assert_int_equal(block.type, BLOCK_TABLE);
        assert_string_equal(batch_reader_table(reader, 0)->files[1], "two.csv");
        while (batch_reader_next(reader, &block, &err) == NEXT_BLOCK) {
            fill(&expected, frame++);
            struct raw_frame rows = raw_frame_of(block.rows, block.payload);
            assert_true(raw_frame_read(&got, &rows, &err));
            assert_int_equal(rows.rows, 0);
            same_cells(&expected, &got);
        }
        assert_int_equal(err.code, ERROR_NONE);
        assert_int_equal(frame, FRAMES);
        batch_release(&expected);
        batch_release(&got);
        batch_reader_free(reader);
    }
}

static void a_frame_larger_than_a_batch_comes_in_several(void **state)
{
    struct strbuf payload;
    struct batch batch;
    struct raw_frame frame;
    struct error err = {0};
    uint32_t seen = 0;
    uint32_t rows = 0;
    (void)state;
    strbuf_init(&payload, BLOCK_BYTES_MAX);
    batch_init(&batch, &shape);
    for (int i = 0; i < 20; i++) {
        fill(&batch, i);
        raw_frame_write(&batch, &payload);
        rows += batch.nrows;
    }
    assert_true(rows > batch.rows_max);
    frame = raw_frame_of(rows, strbuf_text(&payload));
    while (frame.rows > 0) {
        assert_true(raw_frame_read(&batch, &frame, &err));
        seen += batch.nrows;
    }
    assert_int_equal(seen, rows);
    frame = raw_frame_of(rows + 1, strbuf_text(&payload));
    while (frame.rows > 0 && raw_frame_read(&batch, &frame, &err)) {
    }
    assert_int_equal(err.code, ERROR_INTEGRITY);
    batch_release(&batch);
    strbuf_release(&payload);
}

/* Reads to the end; the code of the error, or ERROR_NONE. */
static enum error_code read_through(char *message, size_t size)
{
    struct error err = {0};
    struct batch_block block;
    struct batch_reader *reader = batch_reader_open(path, &err);
    while (reader != NULL && batch_reader_next(reader, &block, &err) == NEXT_BLOCK) {
    }
    batch_reader_free(reader);
    snprintf(message, size, "%s", err.message);
    return err.code;
}

static void overwrite(struct text content)
{
    struct error err = {0};
    assert_true(file_write(path, content, &err));
}

static void any_flipped_bit_is_refused(void **state)
{
    struct strbuf content;
    struct error err = {0};
    char message[1024];
    (void)state;
    write_file(true);
    strbuf_init(&content, 1 << 24);
    assert_true(file_read(path, 1 << 24, &content, &err));
    for (size_t at = 0; at < content.len; at += 1 + at / 40) {
        if (at == 6 || at == 7) {
            continue; /* reserved bytes of the file's head */
        }
        content.at[at] = (char)(content.at[at] ^ (1 << (at % 8)));
        overwrite(strbuf_text(&content));
        if (read_through(message, sizeof(message)) == ERROR_NONE) {
            fail_msg("bit at byte %zu was not noticed", at);
        }
        assert_non_null(strstr(message, path));
        content.at[at] = (char)(content.at[at] ^ (1 << (at % 8)));
    }
    strbuf_release(&content);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    struct strbuf content;
    struct error err = {0};
    char message[1024];
    (void)state;
    write_file(true);
    strbuf_init(&content, 1 << 24);
    assert_true(file_read(path, 1 << 24, &content, &err));
    for (size_t len = 0; len < content.len; len += 1 + len / 30) {
        overwrite((struct text){content.at, len});
        assert_int_equal(read_through(message, sizeof(message)), ERROR_INTEGRITY);
    }
    strbuf_putc(&content, 'x');
    overwrite(strbuf_text(&content));
    assert_int_equal(read_through(message, sizeof(message)), ERROR_INTEGRITY);
    strbuf_release(&content);
}

/* Blocks are found by walking the heads: stored size at byte 16. */
static size_t block_length(const char *at)
{
    uint32_t stored;
    memcpy(&stored, at + 16, sizeof(stored));
    return 40 + stored;
}

static void a_dropped_or_repeated_block_is_refused(void **state)
{
    struct strbuf content;
    struct strbuf other;
    struct error err = {0};
    char message[1024];
    size_t second;
    size_t len;
    (void)state;
    write_file(true);
    strbuf_init(&content, 1 << 24);
    strbuf_init(&other, 1 << 24);
    assert_true(file_read(path, 1 << 24, &content, &err));
    second = 8 + block_length(content.at + 8);
    len = block_length(content.at + second);
    strbuf_add(&other, content.at, second);
    strbuf_add(&other, content.at + second + len, content.len - second - len);
    overwrite(strbuf_text(&other));
    assert_int_equal(read_through(message, sizeof(message)), ERROR_INTEGRITY);
    strbuf_clear(&other);
    strbuf_add(&other, content.at, second + len);
    strbuf_add(&other, content.at + second, content.len - second);
    overwrite(strbuf_text(&other));
    assert_int_equal(read_through(message, sizeof(message)), ERROR_INTEGRITY);
    strbuf_release(&content);
    strbuf_release(&other);
}

static void an_unfinished_file_leaves_nothing(void **state)
{
    struct error err = {0};
    struct batch_writer *writer;
    (void)state;
    unlink(path);
    writer = batch_writer_open(path, BATCH_FILE_RAW, true, &err);
    assert_non_null(writer);
    batch_writer_free(writer);
    assert_false(file_exists(path));
}

static int make_path(void **state)
{
    (void)state;
    snprintf(path, sizeof(path), "/tmp/hms-test-%ld.hmb", (long)getpid());
    return 0;
}

static int remove_path(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_places_states_and_issues_come_back_as_written),
        cmocka_unit_test(a_frame_larger_than_a_batch_comes_in_several),
        cmocka_unit_test(any_flipped_bit_is_refused),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_dropped_or_repeated_block_is_refused),
        cmocka_unit_test(an_unfinished_file_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
