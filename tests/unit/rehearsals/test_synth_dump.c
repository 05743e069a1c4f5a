#include "core/file.h"
#include "rehearsals/synth/dump.h"
#include "tests/unit/unit.h"

#include <unistd.h>

static char path[] = "/tmp/test_synth_dump_XXXXXX";

static const struct dump_format plain = {
    .delimiter = ';',
    .line_end = "\n",
    .date = "dd/MM/yyyy",
    .time = "MM/dd/yy HH:mm:ss",
    .decimal = ',',
    .thousands = '.',
};

static int make_file(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    return close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void start(struct dump *dump, const struct dump_format *format, const char *columns)
{
    struct error err = {0};

    assert_true(dump_open(dump, path, format, columns, &err));
}

static void assert_written(struct dump *dump, const char *expected)
{
    struct error err = {0};
    struct strbuf content;

    assert_true(dump_close(dump, &err));
    strbuf_init(&content, 1 << 20);
    assert_true(file_read(path, 1 << 20, &content, &err));
    assert_text(strbuf_text(&content), expected);
    strbuf_release(&content);
}

static void fields_are_quoted_only_where_needed(void **state)
{
    struct dump dump;

    (void)state;
    start(&dump, &plain, "A B");
    dump_text(&dump, "plain, with comma");
    dump_text(&dump, "semi;colon");
    dump_end_row(&dump);
    dump_text(&dump, "say \"x\"");
    dump_blank(&dump);
    dump_end_row(&dump);
    assert_written(&dump, "A;B\nplain, with comma;\"semi;colon\"\n\"say \"\"x\"\"\";\n");
}

static void numbers_and_dates_follow_the_format(void **state)
{
    struct dump dump;

    (void)state;
    start(&dump, &plain, "A");
    dump_key(&dump, "P", 7, 4);
    dump_decimal(&dump, "<", -5, 2);
    dump_money(&dump, "$", 123456789);
    dump_money(&dump, "", 99900);
    dump_money(&dump, "", -100005);
    dump_date(&dump, 17960);
    dump_time(&dump, INT64_C(17960) * 1440 + 61);
    dump_date(&dump, DUMP_NO_DAY);
    dump_date_as(&dump, "yyyy0101", -1);
    dump_end_row(&dump);
    assert_written(&dump, "A\nP0007;<-0,05;$1.234.567,89;999,00;-1.000,05;05/03/2019;"
                          "03/05/19 01:01:00;;19690101\n");
}

static void the_line_counts_breaks_inside_quotes(void **state)
{
    struct dump dump;

    (void)state;
    start(&dump, &plain, "A B");
    assert_int_equal(dump.line, 2);
    dump_text(&dump, "one\ntwo\nthree");
    dump_end_row(&dump);
    assert_int_equal(dump.line, 5);
    dump_text(&dump, "x");
    dump_end_row(&dump);
    assert_int_equal(dump.line, 6);
    assert_int_equal(dump.rows, 2);
    assert_written(&dump, "A;B\n\"one\ntwo\nthree\"\nx\n");
}

static void padded_text_is_filled_by_letters_not_bytes(void **state)
{
    struct dump_format padded = plain;
    struct dump dump;

    (void)state;
    padded.padded = true;
    start(&dump, &padded, "A");
    dump_text(&dump, "Köln");
    dump_text(&dump, "");
    dump_word(&dump, "code");
    dump_end_row(&dump);
    assert_written(&dump, "A\nKöln    ;        ;code\n");
}

static void a_letter_outside_the_charset_fails_at_closing(void **state)
{
    struct dump_format format = plain;
    struct error err = {0};
    struct dump dump;

    (void)state;
    format.charset = CHARSET_WINDOWS_1252;
    start(&dump, &format, "A");
    dump_text(&dump, "Łódź");
    dump_end_row(&dump);
    assert_false(dump_close(&dump, &err));
    assert_int_equal(err.code, ERROR_SOURCE);
    assert_null(strstr(err.message, "Łódź"));
}

static void a_full_disk_is_an_error(void **state)
{
    struct error err = {0};
    struct dump dump;

    (void)state;
    assert_true(dump_open(&dump, "/dev/full", &plain, "A", &err));
    assert_false(dump_close(&dump, &err));
    assert_int_equal(err.code, ERROR_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_quoted_only_where_needed),
        cmocka_unit_test(numbers_and_dates_follow_the_format),
        cmocka_unit_test(the_line_counts_breaks_inside_quotes),
        cmocka_unit_test(padded_text_is_filled_by_letters_not_bytes),
        cmocka_unit_test(a_letter_outside_the_charset_fails_at_closing),
        cmocka_unit_test(a_full_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, make_file, remove_file);
}
