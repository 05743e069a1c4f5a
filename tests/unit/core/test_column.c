#include "core/calendar.h"
#include "core/column.h"
#include "core/decimal.h"
#include "core/ident.h"
#include "tests/unit/unit.h"

static struct text field_bytes(const struct strbuf *tuple)
{
    return (struct text){tuple->at + 4, tuple->len - 4};
}

static void a_value_comes_back_in_canonical_form(void **state)
{
    static const struct {
        enum column_type type;
        const char *in;
        const char *out;
    } cases[] = {
        {COLUMN_TEXT, "", ""},
        {COLUMN_TEXT, "M\xC3\xBCller", "M\xC3\xBCller"},
        {COLUMN_DATE, "1980-02-29", "1980-02-29"},
        {COLUMN_DATE, "0001-01-01", "0001-01-01"},
        {COLUMN_DATE, "9999-12-31", "9999-12-31"},
        {COLUMN_TIMESTAMP, "2023-01-27T16:17:47Z", "2023-01-27T16:17:47Z"},
        {COLUMN_TIMESTAMP, "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"},
        {COLUMN_TIMESTAMP, "2023-01-27 19:17:47+03:00", "2023-01-27T16:17:47Z"},
        {COLUMN_TIMESTAMP, "2023-01-27T16:17-0030", "2023-01-27T16:47:00Z"},
        {COLUMN_BOOL, "true", "true"},
        {COLUMN_INT4, "-2147483648", "-2147483648"},
        {COLUMN_INT8, "9223372036854775807", "9223372036854775807"},
        {COLUMN_MONEY, "0", "0.0000"},
        {COLUMN_MONEY, "-0.05", "-0.0500"},
        {COLUMN_MONEY, "77.49", "77.4900"},
        {COLUMN_MONEY, "10000", "10000.0000"},
        {COLUMN_MONEY, "99999999999999.9999", "99999999999999.9999"},
        {COLUMN_QUANTITY, "0.000001", "0.000001"},
        {COLUMN_QUANTITY, "123456.7", "123456.700000"},
        {COLUMN_QUANTITY, "-100", "-100.000000"},
        {COLUMN_UUID, "3EDAC2E3-d223-6fae-d515-daf96ef6bc76",
         "3edac2e3-d223-6fae-d515-daf96ef6bc76"},
    };
    struct strbuf tuple;
    struct strbuf out;
    (void)state;
    strbuf_init(&tuple, 1 << 16);
    strbuf_init(&out, 1 << 16);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        strbuf_clear(&tuple);
        strbuf_clear(&out);
        assert_null(column_encode(&tuple, cases[i].type, text_of(cases[i].in)));
        assert_true(column_decode(&out, cases[i].type, field_bytes(&tuple)));
        assert_text(strbuf_text(&out), cases[i].out);
    }
    strbuf_release(&tuple);
    strbuf_release(&out);
}

static void a_text_that_is_not_of_the_type_is_named_by_rule_and_adds_nothing(void **state)
{
    static const struct {
        enum column_type type;
        const char *in;
        const char *rule;
    } cases[] = {
        {COLUMN_TEXT, "\xFF", "text.encoding"},
        {COLUMN_DATE, "1981-02-29", "date.format"},
        {COLUMN_DATE, "1980-2-9", "date.format"},
        {COLUMN_DATE, "0000-01-01", "date.format"},
        {COLUMN_TIMESTAMP, "2023-01-27T16:17:47", "timestamp.format"},
        {COLUMN_TIMESTAMP, "2023-01-27T24:00:00Z", "timestamp.format"},
        {COLUMN_TIMESTAMP, "2023-01-27T16:17:47.1234567Z", "timestamp.format"},
        {COLUMN_BOOL, "yes", "boolean.format"},
        {COLUMN_INT4, "2147483648", "integer.range"},
        {COLUMN_INT4, "1.0", "integer.format"},
        {COLUMN_INT8, "9223372036854775808", "integer.range"},
        {COLUMN_MONEY, "1,5", "number.format"},
        {COLUMN_MONEY, "1e3", "number.format"},
        {COLUMN_MONEY, "", "number.format"},
        {COLUMN_MONEY, "0.00001", "number.scale"},
        {COLUMN_MONEY, "100000000000000", "number.range"},
        {COLUMN_UUID, "3edac2e3d2236faed515daf96ef6bc76", "uuid.format"},
    };
    struct strbuf tuple;
    (void)state;
    strbuf_init(&tuple, 1 << 16);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(column_encode(&tuple, cases[i].type, text_of(cases[i].in)),
                            cases[i].rule);
        assert_int_equal(tuple.len, 0);
    }
    strbuf_release(&tuple);
}

/* Taken from COPY (SELECT ...) TO STDOUT (FORMAT binary) of PostgreSQL 15. */
static void numerics_have_the_bytes_that_postgresql_sends(void **state)
{
    static const struct {
        enum column_type type;
        const char *in;
        const char *bytes;
        size_t len;
    } cases[] = {
        {COLUMN_MONEY, "0", "\0\0\0\0\0\0\0\4", 8},
        {COLUMN_MONEY, "77.49", "\0\2\0\0\0\0\0\4\0\115\23\44", 12},
        {COLUMN_MONEY, "-0.05", "\0\1\377\377\100\0\0\4\1\364", 10},
        {COLUMN_MONEY, "10000", "\0\1\0\1\0\0\0\4\0\1", 10},
        {COLUMN_QUANTITY, "0.000001", "\0\1\377\376\0\0\0\6\0\144", 10},
        {COLUMN_QUANTITY, "12345.6", "\0\3\0\1\0\0\0\6\0\1\11\51\27\160", 14},
    };
    struct strbuf tuple;
    (void)state;
    strbuf_init(&tuple, 1 << 16);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text bytes;
        strbuf_clear(&tuple);
        assert_null(column_encode(&tuple, cases[i].type, text_of(cases[i].in)));
        bytes = field_bytes(&tuple);
        assert_int_equal(bytes.len, cases[i].len);
        assert_memory_equal(bytes.at, cases[i].bytes, cases[i].len);
    }
    strbuf_release(&tuple);
}

static void decoding_foreign_bytes_never_reads_past_them(void **state)
{
    struct strbuf out;
    uint32_t seed = 12345;
    (void)state;
    strbuf_init(&out, 1 << 16);
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)round % 24;
        char *exact = xmalloc(len);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            exact[i] = (char)(seed >> 28 < 8 ? 0 : seed >> 24);
        }
        strbuf_clear(&out);
        (void)column_decode(&out, (enum column_type)(round % 9), (struct text){exact, len});
        free(exact);
    }
    strbuf_release(&out);
}

static void decimals_are_exact_and_round_half_away_from_zero(void **state)
{
    static const struct {
        const char *in;
        int scale;
        const char *out;
    } cases[] = {
        {"2.345", 2, "2.35"}, {"-2.345", 2, "-2.35"}, {"2.344", 2, "2.34"},
        {"0.5", 0, "1"},      {"-0.5", 0, "-1"},      {"7", 3, "7.000"},
        {".5", 1, "0.5"},     {"+3.", 0, "3"},        {"000012", 0, "12"},
    };
    struct strbuf out;
    struct decimal value;
    (void)state;
    strbuf_init(&out, 100);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        strbuf_clear(&out);
        assert_true(decimal_parse(text_of(cases[i].in), &value));
        assert_true(decimal_round(&value, cases[i].scale));
        decimal_format(&out, value);
        assert_text(strbuf_text(&out), cases[i].out);
    }
    assert_false(decimal_parse(text_of("."), &value));
    assert_false(decimal_parse(text_of("1.2.3"), &value));
    assert_true(decimal_parse(text_of("99999999999999999999999999999999999999"), &value));
    assert_false(decimal_parse(text_of("100000000000000000000000000000000000000"), &value));
    strbuf_release(&out);
}

static void every_day_of_ten_thousand_years_goes_there_and_back(void **state)
{
    int32_t first;
    int32_t last;
    int year;
    int month;
    int day;
    (void)state;
    assert_true(calendar_days(1, 1, 1, &first));
    assert_true(calendar_days(9999, 12, 31, &last));
    assert_int_equal(last - first + 1, 3652059);
    for (int32_t days = first; days <= last; days++) {
        int32_t again = 0;
        calendar_civil(days, &year, &month, &day);
        if (!calendar_days(year, month, day, &again) || again != days) {
            fail_msg("day %d", days);
        }
    }
}

static void an_id_depends_on_every_part_and_on_where_they_end(void **state)
{
    struct ident a = ident_of(text_of("o"), text_of("s"), text_of("patient"), text_of("1"));
    struct ident b = ident_of(text_of("o"), text_of("s"), text_of("patient1"), text_of(""));
    struct ident c = ident_of(text_of("o"), text_of("s"), text_of("patient"), text_of("1"));
    char text[37];
    char *key = xmalloc(5000);
    struct ident back;
    (void)state;
    assert_memory_equal(&a, &c, sizeof(a));
    assert_memory_not_equal(&a, &b, sizeof(a));
    ident_format(a, text);
    assert_int_equal(text[14], '8');
    assert_non_null(strchr("89ab", text[19]));
    assert_true(ident_parse(text_of(text), &back));
    assert_memory_equal(&a, &back, sizeof(a));
    memset(key, 'k', 5000);
    b = ident_of(text_of("o"), text_of("s"), text_of("p"), (struct text){key, 5000});
    c = ident_of(text_of("o"), text_of("s"), text_of("p"), (struct text){key, 4999});
    assert_memory_not_equal(&b, &c, sizeof(b));
    free(key);
}

static void organisation_codes_are_lower_case_words(void **state)
{
    (void)state;
    assert_true(org_code_is_valid(text_of("north_2")));
    assert_false(org_code_is_valid(text_of("North")));
    assert_false(org_code_is_valid(text_of("2north")));
    assert_false(org_code_is_valid(text_of("")));
    assert_false(org_code_is_valid(text_of("a2345678901234567890123456789012")));
    assert_true(org_id_of(text_of("northgate")) > 0);
    assert_int_not_equal(org_id_of(text_of("northgate")), org_id_of(text_of("stmary")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_comes_back_in_canonical_form),
        cmocka_unit_test(a_text_that_is_not_of_the_type_is_named_by_rule_and_adds_nothing),
        cmocka_unit_test(numerics_have_the_bytes_that_postgresql_sends),
        cmocka_unit_test(decoding_foreign_bytes_never_reads_past_them),
        cmocka_unit_test(decimals_are_exact_and_round_half_away_from_zero),
        cmocka_unit_test(every_day_of_ten_thousand_years_goes_there_and_back),
        cmocka_unit_test(an_id_depends_on_every_part_and_on_where_they_end),
        cmocka_unit_test(organisation_codes_are_lower_case_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
