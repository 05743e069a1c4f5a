#include "rehearsals/control_totals.h"
#include "tests/unit/unit.h"

static const enum column_type types[] = {COLUMN_UUID, COLUMN_TEXT, COLUMN_MONEY,
                                         COLUMN_QUANTITY};
enum { NCOLS = COUNT_OF(types) };

/* A tuple with an id; NULL values become NULL. */
static void make(struct strbuf *out, const char *money, const char *quantity)
{
    strbuf_clear(out);
    strbuf_add(out, "\0\4", 2);
    assert_null(
        column_encode(out, COLUMN_UUID, text_of("01234567-89ab-8def-8123-456789abcdef")));
    column_encode_null(out);
    if (money == NULL) {
        column_encode_null(out);
    } else {
        assert_null(column_encode(out, COLUMN_MONEY, text_of(money)));
    }
    if (quantity == NULL) {
        column_encode_null(out);
    } else {
        assert_null(column_encode(out, COLUMN_QUANTITY, text_of(quantity)));
    }
}

static void add(struct control_totals *totals, const char *money, const char *quantity)
{
    struct strbuf bytes;
    struct tuple tuple;
    strbuf_init(&bytes, 1024);
    make(&bytes, money, quantity);
    struct text rest = strbuf_text(&bytes);
    assert_true(tuple_take(&tuple, NCOLS, &rest));
    assert_int_equal(rest.len, 0);
    assert_true(control_totals_add(totals, &tuple));
    strbuf_release(&bytes);
}

static void assert_total(const struct control_total *total, const char *expected)
{
    struct strbuf text;
    strbuf_init(&text, 64);
    decimal_format(&text, control_total_value(total));
    assert_string_equal(text.at, expected);
    strbuf_release(&text);
}

static void sums_are_exact_to_the_last_digit(void **state)
{
    struct control_totals totals;
    (void)state;
    assert_true(control_totals_init(&totals, types, NCOLS));
    assert_int_equal(totals.count, 2);
    add(&totals, "0.1", "0.000001");
    add(&totals, "0.2", "999999999999.999999");
    add(&totals, "-12345678901234.5678", NULL);
    add(&totals, NULL, "-0.5");
    assert_total(&totals.totals[0], "-12345678901234.2678");
    assert_total(&totals.totals[1], "999999999999.500000");
    assert_int_equal(totals.totals[0].values, 3);
    assert_int_equal(totals.totals[1].values, 3);
}

static void many_cents_do_not_drift(void **state)
{
    struct control_totals totals, part;
    (void)state;
    assert_true(control_totals_init(&totals, types, NCOLS));
    assert_true(control_totals_init(&part, types, NCOLS));
    for (int i = 0; i < 1000; i++) {
        add(i % 2 == 0 ? &totals : &part, "0.01", NULL);
    }
    control_totals_merge(&totals, &part);
    assert_total(&totals.totals[0], "10.0000");
}

static void numbers_of_every_shape_are_read(void **state)
{
    static const struct {
        const char *text;
        const char *units; /* of 1/10,000 */
    } cases[] = {
        {"0", "0"},
        {"1", "10000"},
        {"10000", "100000000"},
        {"0.0001", "1"},
        {"-0.0001", "-1"},
        {"12345.6789", "123456789"},
        {"100000000", "1000000000000"},
        {"99999999999999.9999", "999999999999999999"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct strbuf bytes;
        struct decimal expected;
        int128 units = 0;
        strbuf_init(&bytes, 64);
        assert_null(column_encode(&bytes, COLUMN_MONEY, text_of(cases[i].text)));
        struct text field = {bytes.at + 4, bytes.len - 4};
        assert_true(numeric_units(field, 4, &units));
        assert_true(decimal_parse(text_of(cases[i].units), &expected));
        assert_true(units == expected.units);
        strbuf_release(&bytes);
    }
}

static void what_is_no_exact_number_is_refused(void **state)
{
    static const struct {
        const char *what;
        const char bytes[12];
        size_t len;
    } cases[] = {
        {"cut", "\0\1\0\0", 4},
        {"not a number", "\0\0\0\0\xC0\0\0\0", 8},
        {"digit over 9999", "\0\1\0\0\0\0\0\0\x27\x10", 10},
        {"fewer digits than said", "\0\2\0\0\0\0\0\0\0\1", 10},
        {"digits that would be lost", "\0\1\xFF\xFE\0\0\0\10\0\1", 10},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int128 units;
        struct text field = {cases[i].bytes, cases[i].len};
        if (numeric_units(field, 4, &units)) {
            fail_msg("%s", cases[i].what);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_exact_to_the_last_digit),
        cmocka_unit_test(many_cents_do_not_drift),
        cmocka_unit_test(numbers_of_every_shape_are_read),
        cmocka_unit_test(what_is_no_exact_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
