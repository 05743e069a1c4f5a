#include "core/ident.h"
#include "tests/unit/extract/reading.h"

#define BYTES(literal)                                                                         \
    {                                                                                          \
        literal, sizeof(literal) - 1                                                           \
    }

/* --- a writer at random, and what it wrote --- */

enum { COLS = 4, ROWS = 1000, CELL_MAX = 200 }; /* several chunks of a window */

/* The charset's bytes for the pieces that the writer strings together. */
struct tongue {
    const char *charset;
    const char *bom;
    size_t bom_len;
    struct {
        struct text source;
        const char *utf8;
    } pieces[8];
    struct text delimiter, quote, cr, lf;
};

static const struct tongue tongues[] = {
    {"utf-8",
     "\xef\xbb\xbf",
     3,
     {{BYTES("a"), "a"},
      {BYTES(" "), " "},
      {BYTES("\xc3\xa9"), "\xc3\xa9"},
      {BYTES("0"), "0"},
      {BYTES("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80"},
      {BYTES("Z"), "Z"},
      {BYTES("\t"), "\t"},
      {BYTES("\xd9\x85"), "\xd9\x85"}},
     BYTES(","),
     BYTES("\""),
     BYTES("\r"),
     BYTES("\n")},
    {"windows-1252",
     "",
     0,
     {{BYTES("a"), "a"},
      {BYTES(" "), " "},
      {BYTES("\xe9"), "\xc3\xa9"},
      {BYTES("0"), "0"},
      {BYTES("\x80"), "\xe2\x82\xac"},
      {BYTES("Z"), "Z"},
      {BYTES("\t"), "\t"},
      {BYTES("\xff"), "\xc3\xbf"}},
     BYTES(","),
     BYTES("\""),
     BYTES("\r"),
     BYTES("\n")},
    {"utf-16",
     "\xff\xfe",
     2,
     {{BYTES("a\0"), "a"},
      {BYTES(" \0"), " "},
      {BYTES("\xe9\0"), "\xc3\xa9"},
      {BYTES("\x0a\x0d"), "\xe0\xb4\x8a"},
      {BYTES("\x3d\xd8\x00\xde"), "\xf0\x9f\x98\x80"},
      {BYTES("Z\0"), "Z"},
      {BYTES("\x0d\x0a"), "\xe0\xa8\x8d"},
      {BYTES("\x45\x06"), "\xd9\x85"}},
     BYTES(",\0"),
     BYTES("\"\0"),
     BYTES("\r\0"),
     BYTES("\n\0")},
    {"utf-16be",
     "",
     0,
     {{BYTES("\0a"), "a"},
      {BYTES("\0 "), " "},
      {BYTES("\0\xe9"), "\xc3\xa9"},
      {BYTES("\x0a\x0d"), "\xe0\xa8\x8d"},
      {BYTES("\xd8\x3d\xde\x00"), "\xf0\x9f\x98\x80"},
      {BYTES("\0Z"), "Z"},
      {BYTES("\x22\x2c"), "\xe2\x88\xac"},
      {BYTES("\x06\x45"), "\xd9\x85"}},
     BYTES("\0,"),
     BYTES("\0\""),
     BYTES("\0\r"),
     BYTES("\0\n")},
    {"shift_jis",
     "",
     0,
     {{BYTES("a"), "a"},
      {BYTES(" "), " "},
      {BYTES("\x83\x5c"), "\xe3\x82\xbd"},
      {BYTES("0"), "0"},
      {BYTES("\x83\x7c"), "\xe3\x83\x9d"},
      {BYTES("Z"), "Z"},
      {BYTES("\xb1"), "\xef\xbd\xb1"},
      {BYTES("\x8e\x9a"), "\xe5\xad\x97"}},
     BYTES(","),
     BYTES("\""),
     BYTES("\r"),
     BYTES("\n")},
};

struct written {
    struct strbuf bytes; /* of the file */
    struct {
        size_t offset, length;
        uint64_t line;
        char cells[COLS][CELL_MAX];
    } rows[ROWS];
    uint64_t line; /* of what comes next */
};

static void write_line_end(struct written *out, const struct tongue *tongue, unsigned *seed)
{
    int kind = rand_r(seed) % 3;

    if (kind != 1) {
        strbuf_add_text(&out->bytes, tongue->cr);
    }
    if (kind != 0) {
        strbuf_add_text(&out->bytes, tongue->lf);
    }
    out->line++;
}

/* One cell: sometimes empty, sometimes with quotes, delimiters and LF in quotes. */
static void write_cell(struct written *out, const struct tongue *tongue, unsigned *seed,
                       char *cell)
{
    bool quoted = rand_r(seed) % 4 == 0;
    int len = rand_r(seed) % 40;

    cell[0] = '\0';
    if (quoted) {
        strbuf_add_text(&out->bytes, tongue->quote);
    }
    for (int i = 0; i < len; i++) {
        int piece = rand_r(seed) % (quoted ? 11 : 8);
        const char *utf8 = piece < 8 ? tongue->pieces[piece].utf8
                                     : (const char *[]){"\"", ",", "\n"}[piece - 8];

        if (piece == 8) {
            strbuf_add_text(&out->bytes, tongue->quote);
        }
        strbuf_add_text(&out->bytes, piece < 8    ? tongue->pieces[piece].source
                                     : piece == 8 ? tongue->quote
                                     : piece == 9 ? tongue->delimiter
                                                  : tongue->lf);
        out->line += piece == 10;
        memcpy(cell + strlen(cell), utf8, strlen(utf8) + 1);
    }
    if (quoted) {
        strbuf_add_text(&out->bytes, tongue->quote);
    }
}

static void write_random(struct written *out, const struct tongue *tongue, unsigned *seed)
{
    strbuf_clear(&out->bytes);
    strbuf_add(&out->bytes, tongue->bom, tongue->bom_len);
    out->line = 1;
    for (int row = 0; row < ROWS; row++) {
        out->rows[row].offset = out->bytes.len;
        out->rows[row].line = out->line;
        for (int col = 0; col < COLS; col++) {
            if (col > 0) {
                strbuf_add_text(&out->bytes, tongue->delimiter);
            }
            write_cell(out, tongue, seed, out->rows[row].cells[col]);
        }
        out->rows[row].length = out->bytes.len - out->rows[row].offset;
        if (row + 1 < ROWS || rand_r(seed) % 2 == 0) {
            write_line_end(out, tongue, seed);
        }
    }
}

static void what_a_writer_wrote_is_read_back_with_its_places(void **state)
{
    struct written *out = xcalloc(1, sizeof(*out));
    unsigned seed = 11;

    (void)state;
    strbuf_init(&out->bytes, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(tongues) * 6; i++) {
        const struct tongue *tongue = &tongues[i % COUNT_OF(tongues)];
        struct reading reading = {.format = {tongue->charset, ',', '"', false}};
        bool at_end;

        write_random(out, tongue, &seed);
        reading_write(&reading, strbuf_text(&out->bytes));
        assert_true(reading_open(&reading, COLS));
        assert_true(csv_source_read(reading.source, &reading.batch, &at_end, &reading.err));
        assert_true(at_end);
        assert_int_equal(reading.batch.nrows, ROWS);
        assert_int_equal(reading.batch.nissues, 0);
        for (uint32_t row = 0; row < ROWS; row++) {
            assert_int_equal(reading.batch.places[row].offset, out->rows[row].offset);
            assert_int_equal(reading.batch.places[row].length, out->rows[row].length);
            assert_int_equal(reading.batch.places[row].line, out->rows[row].line);
            for (uint32_t col = 0; col < COLS; col++) {
                assert_text(cell_text(*batch_cell(&reading.batch, row, col)),
                            out->rows[row].cells[col]);
            }
        }
        assert_int_equal(csv_source_bytes(reading.source), out->bytes.len);
        assert_int_equal(csv_source_rows(reading.source), ROWS);
        assert_true(csv_source_checksum(reading.source) ==
                    checksum_of(out->bytes.at, out->bytes.len));
        reading_release(&reading);
    }
    strbuf_release(&out->bytes);
    free(out);
}

/* --- bytes at random --- */

/* Rows and line ends are all there is in the file, in order, and the bytes kept of a bad row are
 * the file's. */
static void check_cover(const struct reading *reading, struct text file, uint64_t *at,
                        unsigned unit)
{
    for (uint32_t row = 0; row < reading->batch.nrows; row++) {
        struct place place = reading->batch.places[row];
        struct text raw = reading->batch.raw[row];

        assert_true(place.offset >= *at && place.offset <= *at + 2 * unit);
        for (uint64_t i = *at; i < place.offset; i++) {
            assert_non_null(memchr("\r\n\0", file.at[i], 3));
        }
        *at = place.offset + place.length;
        assert_true(*at <= file.len);
        if (raw.len > 0) {
            assert_int_equal(raw.len, place.length);
            assert_memory_equal(raw.at, file.at + place.offset, raw.len);
        }
    }
}

static void any_bytes_are_rows_in_and_rows_out(void **state)
{
    static const char *const charsets[] = {"utf-8", "windows-1252", "utf-16le", "gb18030"};
    static const char alphabet[] = {'a', '1', ',',    ',',    '"',    '"',    '\n',  '\r',
                                    0,   0,   '\xc3', '\xa9', '\x81', '\xd8', '\x30'};
    unsigned seed = 3;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        const char *charset = charsets[round % 4];
        bool is_wide = strcmp(charset, "utf-16le") == 0;
        struct reading reading = {.format = {charset, ',', round % 3 == 0 ? '\0' : '"', false}};
        char bytes[600];
        size_t len = (size_t)rand_r(&seed) % sizeof(bytes);
        uint64_t at = 0;
        bool at_end;

        for (size_t i = 0; i < len; i++) {
            bytes[i] = is_wide && i % 2 == 1 && rand_r(&seed) % 8 > 0
                           ? '\0'
                           : alphabet[(size_t)rand_r(&seed) % sizeof(alphabet)];
        }
        reading_write(&reading, (struct text){bytes, len});
        if (!reading_open(&reading, 3)) {
            reading_release(&reading);
            continue; /* the bytes happened to be another charset's mark */
        }
        assert_true(csv_source_read(reading.source, &reading.batch, &at_end, &reading.err));
        assert_true(at_end);
        check_cover(&reading, (struct text){bytes, len}, &at, is_wide ? 2 : 1);
        assert_true(len - at <= (is_wide ? 4 : 2)); /* but for the last line end */
        reading_release(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_writer_wrote_is_read_back_with_its_places),
        cmocka_unit_test(any_bytes_are_rows_in_and_rows_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
