#include "rehearsals/synth/charset.h"
#include "tests/unit/unit.h"

static void assert_encoded(enum charset charset, const char *utf8, const char *bytes,
                           size_t len)
{
    struct strbuf out;

    strbuf_init(&out, 1024);
    assert_true(charset_encode(charset, text_of(utf8), &out));
    assert_int_equal(out.len, len);
    assert_memory_equal(out.at, bytes, len);
    strbuf_release(&out);
}

static void letters_become_the_bytes_of_the_charset(void **state)
{
    (void)state;
    assert_encoded(CHARSET_UTF8, "Zoë ١", "Zo\xC3\xAB \xD9\xA1", 7);
    assert_encoded(CHARSET_WINDOWS_1252, "Größe µ €",
                   "Gr\xF6\xDF"
                   "e \xB5 \x80",
                   9);
    assert_encoded(CHARSET_WINDOWS_1252, "Š–’", "\x8A\x96\x92", 3);
    assert_encoded(CHARSET_UTF16LE, "Aé١", "A\0\xE9\0\x61\x06", 6);
}

static void the_bad_byte_is_no_text_in_the_charset(void **state)
{
    (void)state;
    assert_encoded(CHARSET_UTF8, "a" CHARSET_BAD_BYTE "b" CHARSET_BAD_BYTE,
                   "a\xFF"
                   "b\xFF",
                   4);
    assert_encoded(CHARSET_UTF16LE, CHARSET_BAD_BYTE "b",
                   "\0\xD8"
                   "b\0",
                   4);
}

static void a_letter_outside_the_charset_is_refused(void **state)
{
    static const struct {
        enum charset charset;
        const char *utf8;
    } cases[] = {
        {CHARSET_WINDOWS_1252, "Łukasz"},
        {CHARSET_WINDOWS_1252, "محمد"},
        {CHARSET_UTF16LE, "\xF0\x9F\x98\x80"}, /* outside the basic plane */
    };
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 1024);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(charset_encode(cases[i].charset, text_of(cases[i].utf8), &out));
    }
    strbuf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_become_the_bytes_of_the_charset),
        cmocka_unit_test(the_bad_byte_is_no_text_in_the_charset),
        cmocka_unit_test(a_letter_outside_the_charset_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
