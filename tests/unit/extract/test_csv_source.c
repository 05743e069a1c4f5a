#include "extract/csv_source.h"

#include "tests/unit/extract/reading.h"

#define COMMA                                                                                  \
    {                                                                                          \
        "utf-8", ',', '"', true                                                                \
    }
#define NO_HEADER                                                                              \
    {                                                                                          \
        "utf-8", ',', '"', false                                                               \
    }
#define TABS                                                                                   \
    {                                                                                          \
        "utf-8", '\t', '\0', true                                                              \
    }
#define BYTES(literal)                                                                         \
    {                                                                                          \
        literal, sizeof(literal) - 1                                                           \
    }

static const struct {
    const char *name;
    struct source_format format;
    struct text bytes;
    const char *said;
} cases[] = {
    {"cells as they are, spaces kept", COMMA, BYTES("A,B\n 1 , 2\n"), "2@4+6 [ 1 ][ 2]\n"},
    {"the last row needs no line end", COMMA, BYTES("A,B\n1,2"), "2@4+3 [1][2]\n"},
    {"empty is the empty text, quoted or not", COMMA, BYTES("A,B\n,\"\"\n,\n"),
     "2@4+3 [][]\n3@8+1 [][]\n"},
    {"quotes, delimiters and line ends inside quotes", COMMA,
     BYTES("A,B\n\"a\"\"b\",\"c,\nd\"\ne,f\n"), "2@4+13 [a\"b][c,\nd]\n4@18+3 [e][f]\n"},
    {"CR, LF and CRLF, mixed", COMMA, BYTES("A,B\r1,2\n3,4\r\n5,6"),
     "2@4+3 [1][2]\n3@8+3 [3][4]\n4@13+3 [5][6]\n"},
    {"the byte order mark is no part of a name, but counts", COMMA,
     BYTES("\xef\xbb\xbf"
           "A,B\n1,2\n"),
     "2@7+3 [1][2]\n"},
    {"too few and too many", COMMA, BYTES("A,B\n1\n1,2,3\n1,2\n"),
     "2@4+1 [1][-] row.ragged\n3@6+5 [1][2] row.ragged\n4@12+3 [1][2]\n"},
    {"too many, quoted", COMMA, BYTES("A,B\n\"1\",2,\"3\"\n"), "2@4+9 [1][2] row.ragged\n"},
    {"a blank line is a row", COMMA, BYTES("A,B\n1,2\n\n3,4\n"),
     "2@4+3 [1][2]\n3@8+0 [-][-] row.blank\n4@9+3 [3][4]\n"},
    {"but an ordinary value in a table of one column", COMMA, BYTES("A\nx\n\ny\n"),
     "2@2+1 [x]\n3@4+0 []\n4@5+1 [y]\n"},
    {"a quote inside an unquoted field", COMMA, BYTES("A,B\n5\" cuff,2\n1,2\n"),
     "2@4+9 [-][-] row.quote\n3@14+3 [1][2]\n"},
    {"text behind a closing quote", COMMA, BYTES("A,B\n\"a\"b,2\n\"1\",2\n"),
     "2@4+6 [-][-] row.quote\n3@11+5 [1][2]\n"},
    {"a lost quote costs one row", COMMA, BYTES("A,B\n1,\"x\n2,y\n3,\"z\"\n"),
     "2@4+4 [-][-] row.quote\n3@9+3 [2][y]\n4@13+5 [3][z]\n"},
    {"a quote that is never closed costs one row", COMMA, BYTES("A,B\n1,\"x\n2,y\n"),
     "2@4+4 [-][-] quote.unclosed\n3@9+3 [2][y]\n"},
    {"bytes that are no text cost their cell", COMMA,
     BYTES("A,B\n\xe9,b\n\xc3\xa9,\"\xff\"\nc,d"),
     "2@4+3 [-][b] text.encoding:A\n3@8+6 [\xc3\xa9][-] text.encoding:B\n4@15+3 [c][d]\n"},
    {"a NUL", COMMA, BYTES("A,B\n1,\0\n3,4\n"), "2@4+3 [-][-] text.nul\n3@8+3 [3][4]\n"},
    {"without quotes they are ordinary", TABS, BYTES("A\tB\n\"x\t5\"\n\"\ty\"\"\n"),
     "2@4+5 [\"x][5\"]\n3@10+5 [\"][y\"\"]\n"},
    {"without a header the first record is a row", NO_HEADER, BYTES("1,2\n3,4\n"),
     "1@0+3 [1][2]\n2@4+3 [3][4]\n"},
    {"without a header an empty file is an empty table", NO_HEADER, BYTES(""), ""},
    {"a header alone is an empty table", COMMA, BYTES("A,B\n"), ""},
    {"windows-1252",
     {"windows-1252", ';', '"', true},
     BYTES("A;B\nM\xfcller;\"\x80 5\"\nx\x81;y\nz;\xdf\n"),
     "2@4+12 [M\xc3\xbcller][\xe2\x82\xac 5]\n3@17+4 [-][y] text.encoding:A\n"
     "4@22+3 [z][\xc3\x9f]\n"},
    {"utf-16 with its mark",
     {"utf-16", '|', '"', true},
     BYTES("\xff\xfe"
           "A\0|\0B\0\r\0\n\0\x45\x06|\0\"\0\n\0\"\0\n\0\x3d\xd8|\0x\0\n\0y\0|\0z\0"),
     "2@12+10 [\xd9\x85][\n]\n4@24+6 [-][x] text.encoding:A\n5@32+6 [y][z]\n"},
};

static void reading_read_all(struct reading *reading, struct strbuf *said)
{
    bool at_end = false;

    while (!at_end) {
        batch_clear(&reading->batch);
        assert_true(csv_source_read(reading->source, &reading->batch, &at_end, &reading->err));
        for (uint32_t row = 0; row < reading->batch.nrows; row++) {
            reading_say_row(reading, row, said);
        }
    }
}

static void rows_are_read_as_documented(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct reading reading = {.format = cases[i].format};
        struct strbuf said;

        strbuf_init(&said, 1 << 16);
        reading_write(&reading, cases[i].bytes);
        assert_true(reading_open(&reading, 2));
        reading_read_all(&reading, &said);
        if (!text_is(strbuf_text(&said), cases[i].said)) {
            print_error("%s:\n%swanted\n%s", cases[i].name, said.at, cases[i].said);
        }
        assert_text(strbuf_text(&said), cases[i].said);
        strbuf_release(&said);
        reading_release(&reading);
    }
}

static void a_header_that_cannot_be_used_is_an_error(void **state)
{
    static const struct {
        struct source_format format;
        struct text bytes;
        const char *message;
    } refused[] = {
        {COMMA, BYTES(""), "no header: the file is empty"},
        {COMMA, BYTES("\xef\xbb\xbf"), "no header: the file is empty"},
        {COMMA, BYTES("\nA,B\n"), "no header: the first line is blank"},
        {COMMA, BYTES("A,B,A\n"), "the header repeats the name 'A' (columns 1 and 3)"},
        {COMMA, BYTES("A,column_1,\"\"\n,column_1\n"), ""},
        {COMMA, BYTES(",column_1\n"),
         "the header repeats the name 'column_1' (columns 1 and 2)"},
        {COMMA, BYTES("A,\"B\n"), "line 1: the quotes of the header are broken"},
        {COMMA, BYTES("A,\xff\n"), "the header has bytes that are not of the charset"},
        {COMMA, BYTES("A\0,\0B\0\n\0"), "the header has NUL bytes"},
        {{"utf-16", ',', '"', true},
         BYTES("A\0\n\0"),
         "no byte order mark, which charset utf-16 needs"},
        {{"latin-nought", ',', '"', true}, BYTES("A"), "unknown charset 'latin-nought'"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct reading reading = {.format = refused[i].format};
        bool wanted = refused[i].message[0] == '\0';

        reading_write(&reading, refused[i].bytes);
        assert_int_equal(reading_open(&reading, 0), wanted);
        assert_string_equal(reading.err.message, refused[i].message);
        reading_release(&reading);
    }
}

static void names_are_cleaned_and_blank_ones_numbered(void **state)
{
    struct reading reading = {.format = COMMA};

    (void)state;
    reading_write(&reading, text_of(" A ,,\"b\nc\",\t\n"));
    assert_true(reading_open(&reading, 0));
    assert_int_equal(reading.names.count, 4);
    assert_string_equal(reading.names.at[0], "A");
    assert_string_equal(reading.names.at[1], "column_2");
    assert_string_equal(reading.names.at[2], "b c");
    assert_string_equal(reading.names.at[3], "column_4");
    reading_release(&reading);
}

static void as_many_columns_as_a_batch_holds(void **state)
{
    (void)state;
    for (int ncols = BATCH_COLS_MAX; ncols <= BATCH_COLS_MAX + 1; ncols++) {
        struct reading reading = {.format = COMMA};
        struct strbuf bytes;

        strbuf_init(&bytes, 1 << 20);
        for (int line = 0; line < 2; line++) {
            for (int i = 0; i < ncols; i++) {
                strbuf_addf(&bytes, "%sC%d", i > 0 ? "," : "", i);
            }
            strbuf_putc(&bytes, '\n');
        }
        reading_write(&reading, strbuf_text(&bytes));
        if (ncols == BATCH_COLS_MAX) {
            bool at_end;

            assert_true(reading_open(&reading, 0));
            assert_true(csv_source_read(reading.source, &reading.batch, &at_end, &reading.err));
            assert_int_equal(reading.batch.nrows, 1);
            assert_text(cell_text(*batch_cell(&reading.batch, 0, BATCH_COLS_MAX - 1)), "C1599");
        } else {
            assert_false(reading_open(&reading, 0));
            assert_int_equal(reading.err.code, ERROR_LIMIT);
        }
        strbuf_release(&bytes);
        reading_release(&reading);
    }
}

/* "A\n", a line of `size` times x (with a quoted head when asked), "y\n". */
static void write_long(struct reading *reading, size_t size, const char *head, const char *end)
{
    struct strbuf bytes;

    strbuf_init(&bytes, size + 64);
    strbuf_puts(&bytes, "A\n");
    strbuf_puts(&bytes, head);
    memset(strbuf_reserve(&bytes, size), 'x', size);
    bytes.len += size;
    strbuf_puts(&bytes, end);
    strbuf_puts(&bytes, "y\n");
    reading_write(reading, strbuf_text(&bytes));
    strbuf_release(&bytes);
}

static void a_row_that_is_too_long_is_one_row_and_the_next_is_unharmed(void **state)
{
    static const struct {
        size_t size;
        const char *head;
        const char *end;
        uint32_t length;
        size_t kept;
        const char *rule; /* NULL: none */
    } longs[] = {
        {ROW_BYTES_MAX, "", "\r\n", ROW_BYTES_MAX, 0, NULL},
        {ROW_BYTES_MAX + 1, "", "\r\n", ROW_BYTES_MAX + 1, TOO_LONG_KEEP, "row.too_long"},
        {3 * ROW_BYTES_MAX + 77, "", "\r", 3 * ROW_BYTES_MAX + 77, TOO_LONG_KEEP,
         "row.too_long"},
        {2 * ROW_BYTES_MAX, "\"", "\"\n", 2 * ROW_BYTES_MAX + 2, TOO_LONG_KEEP, "row.too_long"},
        {2 * ROW_BYTES_MAX, "\"a\n", "\n", 2, 2, "row.too_long"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(longs); i++) {
        struct reading reading = {.format = COMMA};
        uint32_t last = 0;
        bool at_end = false;

        write_long(&reading, longs[i].size, longs[i].head, longs[i].end);
        assert_true(reading_open(&reading, 0));
        assert_true(csv_source_read(reading.source, &reading.batch, &at_end, &reading.err));
        assert_int_equal(reading.batch.places[0].offset, 2);
        assert_int_equal(reading.batch.places[0].length, longs[i].length);
        assert_int_equal(reading.batch.raw[0].len, longs[i].kept);
        if (longs[i].rule == NULL) {
            assert_int_equal(reading.batch.nissues, 0);
        } else {
            assert_string_equal(reading.batch.issues[0].rule, longs[i].rule);
        }
        while (!at_end) {
            batch_clear(&reading.batch);
            assert_true(csv_source_read(reading.source, &reading.batch, &at_end, &reading.err));
        }
        last = reading.batch.nrows - 1;
        assert_text(cell_text(*batch_cell(&reading.batch, last, 0)), "y");
        reading_release(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_as_documented),
        cmocka_unit_test(a_header_that_cannot_be_used_is_an_error),
        cmocka_unit_test(names_are_cleaned_and_blank_ones_numbered),
        cmocka_unit_test(as_many_columns_as_a_batch_holds),
        cmocka_unit_test(a_row_that_is_too_long_is_one_row_and_the_next_is_unharmed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
