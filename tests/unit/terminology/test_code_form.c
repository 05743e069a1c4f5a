/* Shapes, dots and check digits of codes, and what each dialect makes of the same characters. */
#include "tests/unit/unit.h"

#include "terminology/code_form.h"
#include "terminology/code_loinc.h"

struct form_case {
    enum code_dialect dialect;
    const char *code, *normal; /* "" : refused */
};

static void check_forms(const struct form_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char out[CODE_FORM_MAX];
        struct text normal = code_normal(cases[i].dialect, text_of(cases[i].code), out);
        if (!text_is(normal, cases[i].normal)) {
            fail_msg("%s, '%s': '%.*s'", code_dialect_name(cases[i].dialect), cases[i].code,
                     (int)normal.len, normal.at);
        }
    }
}

static void a_code_has_one_normal_form_in_its_dialect(void **state)
{
    static const struct form_case cases[] = {
        {CODE_ICD10CM, "s52.501a", "S52501A"},
        {CODE_ICD10CM, "W21.9XXA", "W219XXA"},
        {CODE_ICD10CM, "C7A.1", "C7A1"},
        {CODE_ICD10CM, "A00.", ""},
        {CODE_ICD10CM, "A0.0", ""},
        {CODE_ICD10CM, "A00.00000", ""},
        {CODE_ICD10, "A17.8\u2020", "A178"},
        {CODE_ICD10, "G63.2*", "G632"},
        {CODE_ICD10, "A54.4+", "A544"},
        {CODE_ICD10, "M45X", ""},
        {CODE_ICD10_UK, "M45X", "M45X"},
        {CODE_ICD10_UK, "M45.X0", "M45X0"},
        {CODE_ICD9CM, "010.0", "0100"},
        {CODE_ICD9CM, "10.0", ""},
        {CODE_ICD9CM, "345.10", "34510"},
        {CODE_ICD9CM, "E888.1", "E8881"},
        {CODE_ICD9CM, "e88.81", ""},
        {CODE_ICD9CM, "V10.01", "V1001"},
        {CODE_ICD9CM_PROCEDURE, "00.01", "0001"},
        {CODE_ICD9CM_PROCEDURE, "000.1", ""},
        {CODE_ATC, "a10ba02", "A10BA02"},
        {CODE_ATC, "E10BA02", ""},
        {CODE_ATC, "A10B", "A10B"},
        {CODE_ATC, "A10BA0", ""},
        {CODE_LOINC, "718-7", "718-7"},
        {CODE_LOINC, "LP718-7", ""},
        {CODE_LOINC, "12345678-1", ""},
        {CODE_PLAIN, "any Thing", "any Thing"},
        {CODE_ICD10, "U07.1!", ""},
        {CODE_ICD10, "M73.0-", ""},
        {CODE_ICD10_GM, "U07.1!", "U071"},
        {CODE_ICD10_GM, "U07.1! G", "U071"},
        {CODE_ICD10_GM, "S51.9 GL", "S519"},
        {CODE_ICD10_GM, "S51.9 LG", "S519"},
        {CODE_ICD10_GM, "s51.9b", "S519"},
        {CODE_ICD10_GM, "A17.8\u2020V", "A178"},
        {CODE_ICD10_GM, "S51.9 GV", ""},
        {CODE_ICD10_GM, "S51.9 GLG", ""},
        {CODE_ICD10_GM, "M73.0-", "M730"},
        {CODE_ICD10_GM, "M73.0-*", "M730"},
        {CODE_ICD10_GM, "M73.-", "M73"},
        {CODE_ICD10_GM, "A00.", ""},
        {CODE_ICD10PCS, "0016070", "0016070"},
        {CODE_ICD10PCS, "0dtj4zz", "0DTJ4ZZ"},
        {CODE_ICD10PCS, "0DTO4ZZ", ""},
        {CODE_ICD10PCS, "0DTI4ZZ", ""},
        {CODE_ICD10PCS, "0DTJ4Z", ""},
        {CODE_ICD10PCS, "0DTJ.4ZZ", ""},
        {CODE_RXNORM, "1049502", "1049502"},
        {CODE_RXNORM, "01049502", ""},
        {CODE_RXNORM, "0", ""},
        {CODE_RXNORM, "C0000001", ""},
    };

    (void)state;
    check_forms(cases, COUNT_OF(cases));
}

static void an_ndc_has_eleven_digits_where_they_can_be_known(void **state)
{
    static const struct form_case cases[] = {
        {CODE_NDC, "0002-8215-01", "00002821501"},
        {CODE_NDC, "50242-040-62", "50242004062"},
        {CODE_NDC, "60575-4112-1", "60575411201"},
        {CODE_NDC, "00002-8215-01", "00002821501"},
        {CODE_NDC, "*0002-8215-01", "00002821501"},
        {CODE_NDC, "50242-*040-62", "50242004062"},
        {CODE_NDC, "60575-4112-*1", "60575411201"},
        {CODE_NDC, "50242*04062", "50242004062"},
        {CODE_NDC, "5024*040622", ""},
        {CODE_NDC, "50242*040-62", ""},
        {CODE_NDC, "123456-789-01", "123456078901"},
        {CODE_NDC, "123456-7890-1", "123456789001"},
        {CODE_NDC, "012345-6789-01", "12345678901"},
        {CODE_NDC, "012345678901", "12345678901"},
        {CODE_NDC, "123456789012", "123456789012"},
        {CODE_NDC, "0002821501", "0002821501"},
        {CODE_NDC, "00002821501", "00002821501"},
        {CODE_NDC, "0002-8215", "00002-8215"},
        {CODE_NDC, "0002-821-01", ""},
        {CODE_NDC, "0002-8215-01-1", ""},
        {CODE_NDC, "0002--01", ""},
        {CODE_NDC, "0", ""},
        {CODE_NDC, "00000000000", ""},
        {CODE_NDC, "0000-0000-00", ""},
        {CODE_NDC, "", ""},
    };

    (void)state;
    check_forms(cases, COUNT_OF(cases));
}

static void dots_stand_where_the_system_has_them(void **state)
{
    static const struct {
        enum code_dialect dialect;
        const char *code, *dotted;
    } cases[] = {
        {CODE_ICD10CM, "S52501A", "S52.501A"},    {CODE_ICD10CM, "A00", "A00"},
        {CODE_ICD9CM, "E8881", "E888.1"},         {CODE_ICD9CM, "0010", "001.0"},
        {CODE_ICD9CM_PROCEDURE, "0001", "00.01"}, {CODE_ATC, "A10BA02", "A10BA02"},
        {CODE_ICD10, "Q10-Q19", "Q10-Q19"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char out[CODE_FORM_MAX];
        assert_text(code_dotted(cases[i].dialect, text_of(cases[i].code), out),
                    cases[i].dotted);
    }
}

static void a_german_code_says_how_certain_and_on_which_side(void **state)
{
    static const struct {
        enum code_dialect dialect;
        const char *code, *rest;
        char certainty, side;
        bool is_placeholder;
    } cases[] = {
        {CODE_ICD10_GM, "S51.9 GL", "S51.9", 'G', 'L', false},
        {CODE_ICD10_GM, "S51.9LG", "S51.9", 'G', 'L', false},
        {CODE_ICD10_GM, "J20.9 a", "J20.9", 'A', '\0', false},
        {CODE_ICD10_GM, "H25.1 B", "H25.1", '\0', 'B', false},
        {CODE_ICD10_GM, "M73.0-*", "M73.0", '\0', '\0', true},
        {CODE_ICD10_GM, "J20.9", "J20.9", '\0', '\0', false},
        {CODE_ICD10, "J20.9 A", "J20.9 A", '\0', '\0', false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text code = text_of(cases[i].code);
        struct code_suffix suffix = code_take_suffix(cases[i].dialect, &code);
        assert_text(code, cases[i].rest);
        assert_int_equal(suffix.certainty, cases[i].certainty);
        assert_int_equal(suffix.side, cases[i].side);
        assert_int_equal(suffix.is_placeholder, cases[i].is_placeholder);
    }
}

static void loinc_digits_are_luhns_but_for_fourteen_codes(void **state)
{
    static const char *const wrong_but_published[] = {
        "11491-6", "11501-6", "5895-7", "5896-5", "5897-3", "5928-1", "6028-3",
        "6415-5",  "6580-7",  "6645-7", "6646-5", "6647-3", "6648-1", "6649-9",
    };

    (void)state;
    assert_true(code_loinc_digit_is_right(TEXT_LITERAL("718-7")));
    assert_true(code_loinc_digit_is_right(TEXT_LITERAL("2951-2")));
    assert_true(code_loinc_digit_is_right(TEXT_LITERAL("59260-0")));
    assert_false(code_loinc_digit_is_right(TEXT_LITERAL("718-8")));
    assert_false(code_loinc_digit_is_right(TEXT_LITERAL("7187")));
    assert_true(code_loinc_digit_is_right(TEXT_LITERAL("LA6668-3")));
    assert_true(code_loinc_digit_is_right(TEXT_LITERAL("LA33-6")));
    assert_true(code_loinc_digit_is_right(TEXT_LITERAL("LP14885-5")));
    assert_false(code_loinc_digit_is_right(TEXT_LITERAL("LA6668-4")));
    assert_false(code_loinc_digit_is_right(TEXT_LITERAL("LX6668-3")));
    for (size_t i = 0; i < COUNT_OF(wrong_but_published); i++) {
        char other[16] = "";
        size_t last = strlen(wrong_but_published[i]) - 1;
        int right = 0;
        memcpy(other, wrong_but_published[i], last);
        for (other[last] = '0'; other[last] <= '9'; other[last]++) {
            right += code_loinc_digit_is_right(text_of(other));
        }
        assert_int_equal(right, 2); /* the published one and Luhn's */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_one_normal_form_in_its_dialect),
        cmocka_unit_test(an_ndc_has_eleven_digits_where_they_can_be_known),
        cmocka_unit_test(dots_stand_where_the_system_has_them),
        cmocka_unit_test(a_german_code_says_how_certain_and_on_which_side),
        cmocka_unit_test(loinc_digits_are_luhns_but_for_fourteen_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
