#include "extract/charset.h"

#include "tests/unit/unit.h"

static void names_that_icu_knows_are_known(void **state)
{
    static const char *const known[] = {"utf-8",      "UTF-16", "utf-16le",  "windows-1252",
                                        "iso-8859-1", "cp850",  "shift_jis", "gb18030"};
    static const char *const unknown[] = {"", "klingon", "utf-9"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        assert_true(charset_is_known(known[i]));
    }
    for (size_t i = 0; i < COUNT_OF(unknown); i++) {
        assert_false(charset_is_known(unknown[i]));
    }
}

static void the_kind_follows_from_the_charset(void **state)
{
    static const struct {
        const char *name;
        enum charset_kind kind;
    } cases[] = {
        {"utf-8", CHARSET_UTF8},        {"windows-1252", CHARSET_TABLE},
        {"iso-8859-15", CHARSET_TABLE}, {"us-ascii", CHARSET_TABLE},
        {"cp850", CHARSET_TABLE},       {"windows-1256", CHARSET_TABLE},
        {"utf-16le", CHARSET_STREAM},   {"shift_jis", CHARSET_STREAM},
        {"ibm-37", CHARSET_STREAM},     {"utf-32be", CHARSET_STREAM},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        size_t bom;
        struct charset *charset = charset_open(cases[i].name, text_of("abcd"), &bom, &err);

        assert_non_null(charset);
        assert_int_equal(charset_kind_of(charset), cases[i].kind);
        charset_free(charset);
    }
}

static void the_byte_order_mark_is_found_and_must_agree(void **state)
{
    static const struct {
        const char *name;
        struct text head;
        int bom; /* -1: refused */
    } cases[] = {
        {"utf-8", {"abcd", 4}, 0},
        {"utf-8",
         {"\xef\xbb\xbf"
          "a",
          4},
         3},
        {"utf-8", {"", 0}, 0},
        {"utf-8", {"\xff\xfe\x41\x00", 4}, -1},
        {"utf-16", {"\xff\xfe\x41\x00", 4}, 2},
        {"utf-16", {"\xfe\xff\x00\x41", 4}, 2},
        {"utf-16", {"\x41\x00\x42\x00", 4}, -1},
        {"utf-16le", {"\x41\x00\x42\x00", 4}, 0},
        {"utf-16le", {"\xff\xfe\x00\x00", 4}, 2},
        {"utf-16le", {"\xfe\xff\x00\x41", 4}, -1},
        {"utf-32", {"\xff\xfe\x00\x00", 4}, 4},
        {"utf-32", {"\x00\x00\xfe\xff", 4}, 4},
        {"windows-1252",
         {"\xef\xbb\xbf"
          "a",
          4},
         -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        size_t bom = 99;
        struct charset *charset = charset_open(cases[i].name, cases[i].head, &bom, &err);

        if (cases[i].bom < 0) {
            assert_null(charset);
            assert_int_equal(err.code, ERROR_SOURCE);
        } else {
            assert_non_null(charset);
            assert_int_equal(bom, cases[i].bom);
        }
        charset_free(charset);
    }
}

static void single_bytes_become_utf8_and_holes_are_told(void **state)
{
    static const struct {
        const char *name;
        const char *in;
        const char *out;
        bool bad;
    } cases[] = {
        {"windows-1252", "M\xfcller \x80 \x9f", "M\xc3\xbcller \xe2\x82\xac \xc5\xb8", false},
        {"windows-1252",
         "a\x81"
         "b",
         "ab", true},
        {"iso-8859-1", "\x85\xff", "\xc2\x85\xc3\xbf", false},
        {"iso-8859-15", "\xa4", "\xe2\x82\xac", false},
        {"us-ascii", "a\xe9", "a", true},
        {"windows-1256", "\xe3", "\xd9\x85", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        char out[64];
        size_t bom;
        bool bad = false;
        struct charset *charset = charset_open(cases[i].name, text_of("abcd"), &bom, &err);
        size_t len = charset_decode(charset, text_of(cases[i].in), out, &bad);

        assert_text(((struct text){out, len}), cases[i].out);
        assert_int_equal(bad, cases[i].bad);
        charset_free(charset);
    }
}

/* Feeds `in` in pieces of `piece` bytes. */
static void feed(const char *name, struct text in, size_t piece, struct strbuf *utf8,
                 struct charset_marks *marks)
{
    struct error err = {0};
    size_t bom;
    struct charset *charset = charset_open(name, text_of("abcd"), &bom, &err);

    assert_non_null(charset);
    do {
        size_t len = in.len < piece ? in.len : piece;

        charset_feed(charset, (struct text){in.at, len}, len == in.len, utf8, marks);
        in.at += len;
        in.len -= len;
    } while (in.len > 0);
    charset_free(charset);
}

static void a_stream_says_what_is_text_and_where_its_lines_end(void **state)
{
    static const struct {
        const char *name;
        struct text in;
        struct text out;
        size_t marks[4]; /* source bytes of the line ends */
        size_t nmarks;
    } cases[] = {
        {"utf-16le", {"a\0\n\0b\0", 6}, {"a\nb", 3}, {2}, 1},
        {"utf-16be", {"\0a\0\r\0\n", 6}, {"a\r\n", 3}, {2, 4}, 2},
        {"utf-16le", {"\x3d\xd8\x00\xde\n\0", 6}, {"\xf0\x9f\x98\x80\n", 5}, {4}, 1},
        /* half a pair, then a line end; half a pair and an odd byte at the end */
        {"utf-16le", {"a\0\x3d\xd8\n\0b\0", 8}, {"a\xff\nb", 4}, {4}, 1},
        {"utf-16le", {"a\0\n\0\x3d\xd8", 6}, {"a\n\xff", 3}, {2}, 1},
        {"utf-16le", {"a\0\n\0b\0c", 7}, {"a\nb\xff", 4}, {2}, 1},
        {"utf-32le", {"a\0\0\0\n\0\0\0", 8}, {"a\n", 2}, {4}, 1},
        {"shift_jis", {"\x83\x5c\n\x8e\x9a", 5}, {"\xe3\x82\xbd\n\xe5\xad\x97", 7}, {2}, 1},
        {"gb18030", {"\x81\n\xd6\xd0\n", 5}, {"\xff\n\xe4\xb8\xad\n", 6}, {1, 4}, 2},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (size_t piece = 4; piece <= 8; piece += 4) {
            struct strbuf utf8;
            struct charset_marks marks = {0};
            size_t source = 0;

            strbuf_init(&utf8, 1 << 20);
            feed(cases[i].name, cases[i].in, piece, &utf8, &marks);
            assert_int_equal(utf8.len, cases[i].out.len);
            assert_memory_equal(utf8.at, cases[i].out.at, utf8.len);
            assert_int_equal(marks.len, cases[i].nmarks);
            for (size_t j = 0; j < marks.len; j++) {
                source += marks.at[j].source;
                assert_int_equal(source, cases[i].marks[j]);
            }
            strbuf_release(&utf8);
            free(marks.at);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_icu_knows_are_known),
        cmocka_unit_test(the_kind_follows_from_the_charset),
        cmocka_unit_test(the_byte_order_mark_is_found_and_must_agree),
        cmocka_unit_test(single_bytes_become_utf8_and_holes_are_told),
        cmocka_unit_test(a_stream_says_what_is_text_and_where_its_lines_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
