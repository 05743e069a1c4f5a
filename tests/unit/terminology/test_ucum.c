/* The language of unit expressions and the arithmetic of units, on units of our own. */
#include "tests/unit/unit.h"

#include "terminology/ucum.h"
#include "tests/unit/terminology/essence.h"

static struct ucum *ucum;

static int setup(void **state)
{
    struct error err = {0};

    (void)state;
    ucum = ucum_new(TEXT_LITERAL(essence), &err);
    return ucum == NULL;
}

static int teardown(void **state)
{
    (void)state;
    ucum_free(ucum);
    return 0;
}

static void a_fault_names_its_kind_and_its_place(void **state)
{
    static const struct {
        const char *expression;
        enum ucum_fault fault;
        size_t at;
    } cases[] = {
        {"m", UCUM_OK, 1},
        {"", UCUM_OK, 0},
        {"/m", UCUM_OK, 2},
        {"10*3/uL", UCUM_OK, 7},
        {"10*-3", UCUM_OK, 5},
        {"m3.kg-1.s-2", UCUM_OK, 11},
        {"{a}.m2{b}", UCUM_OK, 9},
        {"1{c}", UCUM_OK, 4},
        {"kg/(m.s2)", UCUM_OK, 9},
        {"m/", UCUM_NO_TERM, 2},
        {"{a}m", UCUM_NO_OPERATOR, 3},
        {"m{\xE9}", UCUM_BAD_BYTE, 2},
        {"m m", UCUM_BAD_BYTE, 1},
        {"12s", UCUM_UNKNOWN, 0},
        {"10+3/uL", UCUM_UNKNOWN, 0},
        {"kmin", UCUM_NOT_METRIC, 0},
        {"m(s)", UCUM_NO_OPERATOR, 1},
        {"[aU", UCUM_OPEN, 0},
        {"m{a", UCUM_OPEN, 3},
        {"(m", UCUM_OPEN, 2},
        {"Cel/s", UCUM_SPECIAL, 5},
        {"Cel2", UCUM_SPECIAL, 4},
        {"/Cel", UCUM_SPECIAL, 4},
        {"dCel", UCUM_OK, 4},
        {"m100", UCUM_RANGE, 0},
        {"0", UCUM_RANGE, 1},
        {"9999999999999999999", UCUM_RANGE, 18},
        {"((((((((((((((((((((((((((((((((((m", UCUM_DEEP, 33},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ucum_unit unit;
        size_t at;
        enum ucum_fault fault = ucum_read(ucum, text_of(cases[i].expression), &unit, &at);
        if (fault != cases[i].fault || at != cases[i].at) {
            fail_msg("'%s': %s at %zu", cases[i].expression, ucum_fault_text(fault), at);
        }
    }
}

/* "" when it is refused */
static void convert(const char *value, const char *from, const char *to, const char *molar,
                    struct strbuf *out)
{
    struct ucum_unit a;
    struct ucum_unit b;
    ucum_real x;
    ucum_real mass = 0;
    bool ok;

    strbuf_clear(out);
    assert_true(ucum_real_parse(text_of(value), &x));
    assert_int_equal(ucum_read(ucum, text_of(from), &a, NULL), UCUM_OK);
    assert_int_equal(ucum_read(ucum, text_of(to), &b, NULL), UCUM_OK);
    if (molar == NULL) {
        ok = ucum_convert(&a, &b, x, &x);
    } else {
        assert_true(ucum_real_parse(text_of(molar), &mass));
        ok = ucum_convert_molar(ucum, &(struct ucum_conversion){&a, &b, mass}, x, &x);
    }
    if (ok) {
        ucum_real_format(out, x, 17);
    }
}

static void values_convert_without_the_noise_of_doubles(void **state)
{
    static const struct {
        const char *value, *from, *to, *molar, *result;
    } cases[] = {
        {"6.3", "mm", "dm", NULL, "0.063"},
        {"0.1", "m/s", "mm/s", NULL, "100"},
        {"1", "s/m.ms", "s2/m", NULL, "0.001"},
        {"1", "m/(s.ms)", "m/s2", NULL, "1000"},
        {"37", "Cel", "K", NULL, "310.15"},
        {"310.15", "K", "Cel", NULL, "37"},
        {"370", "dCel", "K", NULL, "310.15"},
        {"3", "[pH]", "mol/L", NULL, "0.001"},
        {"5", "[aU]/L", "m[aU]/mL", NULL, "5"},
        {"5", "[aU]/L", "[bU]/L", NULL, ""},
        {"5", "m", "s", NULL, ""},
        {"100", "mg/dL", "mmol/L", "180.156", "5.5507449099669176"},
        {"1", "mg/dL", "umol/L", "113.12", "88.401697312588402"},
        {"5.5507449099669176", "mmol/L", "mg/dL", "180.156", "100"},
        {"1", "mg/dL", "mmol", "180", ""},
        {"1", "mg", "mmol", "0", ""},
        {"1e30", "m", "km", NULL, "1e27"},
        {"-0.5", "m", "mm", NULL, "-500"},
    };
    struct strbuf got;

    (void)state;
    strbuf_init(&got, 1000);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        convert(cases[i].value, cases[i].from, cases[i].to, cases[i].molar, &got);
        if (!text_is(strbuf_text(&got), cases[i].result)) {
            fail_msg("%s %s in %s: %s", cases[i].value, cases[i].from, cases[i].to,
                     got.len == 0 ? "refused" : got.at);
        }
    }
    strbuf_release(&got);
}

static void a_unit_is_described_in_words(void **state)
{
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 1000);
    assert_int_equal(ucum_describe(ucum, TEXT_LITERAL("4.mg/dL.s-2"), &out), UCUM_OK);
    assert_text(strbuf_text(&out), "4 * (milligram) / (deciliter) * (second ^ -2)");
    strbuf_release(&out);
}

static void damaged_tables_are_refused_with_a_reason(void **state)
{
    static const struct {
        const char *essence;
        const char *message;
    } cases[] = {
        {"<root/>", "0 base units in place of seven"},
        {"<root>", "line 1: no element found"},
        {"<root><unit Code=\"a\"><value Unit=\"b\" value=\"2\"/></unit>"
         "<unit Code=\"b\"><value Unit=\"a\" value=\"2\"/></unit></root>",
         "the definition of unit 'b' is wrong, or refers to itself"},
        {"<root><unit Code=\"a\"><value Unit=\"1\" value=\"0\"/></unit></root>",
         "a value is no number above 0"},
        {"<root><unit/></root>", "unit 0 has no code of its own"},
        {"<!DOCTYPE root [<!ENTITY a \"b\">]><root/>",
         "line 1: a document type with declarations of its own is refused"},
        {"<!DOCTYPE root SYSTEM \"x\"><root>&a;</root>",
         "line 1: an entity that XML does not define is refused"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        assert_null(ucum_new(text_of(cases[i].essence), &err));
        assert_int_equal(err.code, ERROR_SOURCE);
        assert_string_equal(err.message, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_names_its_kind_and_its_place),
        cmocka_unit_test(values_convert_without_the_noise_of_doubles),
        cmocka_unit_test(a_unit_is_described_in_words),
        cmocka_unit_test(damaged_tables_are_refused_with_a_reason),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
