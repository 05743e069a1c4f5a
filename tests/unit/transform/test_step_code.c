#include "tests/unit/transform/step_trial.h"

static void icd_codes_have_their_dot_and_keep_their_zeros(void **state)
{
    static const struct trial_case cases[] = {
        {"icd10", "A09", "A09"},
        {"icd10", "a090", "A09.0"},
        {"icd10", "I21.9", "I21.9"},
        {"icd10", "A17.8+", "A17.8"},
        {"icd10", "G63.2*", "G63.2"},
        {"icd10", "A54.4\u2020", "A54.4"},
        {"icd10", "M45X", "refused code.format"},
        {"icd10", "A09.", "refused code.format"},
        {"icd10", "M73.0-", "refused code.format"},
        {"icd10", "I2", "refused code.format"},
        {"icd10", "I21.9 I25.1", "refused code.format"},
        {"icd10", "5-Mar", "refused code.excel"},
        {"icd10", "Mar-05", "refused code.excel"},
        {"icd10", "1.2E+11", "refused code.excel"},
        {"icd10", "1,2E+11", "refused code.excel"},
        {"icd10", "5E+05", "refused code.excel"},
        {"icd10", "2005-03-05", "refused code.excel"},
        {"icd10", "#NAME?", "refused code.excel"},
        {"icd10", "", "NULL"},
        {"icd10cm", "S72.001A", "S72.001A"},
        {"icd10cm", "W219XXA", "W21.9XXA"},
        {"icd10cm", "C4A.0", "C4A.0"},
        {"icd10cm", "S72.001AB", "refused code.format"},
        {"icd9", "250.00", "250.00"},
        {"icd9", "2500", "250.0"},
        {"icd9", "001", "001"},
        {"icd9", "V1011", "V10.11"},
        {"icd9", "E8500", "E850.0"},
        {"icd9", "E850", "E850"},
        {"icd9", "41.9", "refused code.format"},
        {"icd9", "250.", "refused code.format"},
        {"icd9", "25", "refused code.format"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void loinc_numbers_have_a_right_check_digit_or_are_known(void **state)
{
    static const struct trial_case cases[] = {
        {"loinc", "2345-7", "2345-7"},
        {"loinc", "2345-8", "refused code.check"},
        {"loinc", "11491-6", "11491-6"},
        {"loinc", "6649-9", "6649-9"},
        {"loinc", "5805-9", "refused code.check"},
        {"loinc", "2345", "refused code.format"},
        {"loinc", "-7", "refused code.format"},
        {"loinc", "LP1234-5", "refused code.format"},
        {"loinc", "12345678-9", "refused code.format"},
        {"loinc", "7-Feb", "refused code.excel"},
        {"atc", "N02BE01", "N02BE01"},
        {"atc", "n02b", "N02B"},
        {"atc", "N", "N"},
        {"atc", "E01", "refused code.format"},
        {"atc", "N02BE1", "refused code.format"},
        {"snomed", "22298006", "22298006"},
        {"snomed", "22298007", "refused code.check"},
        {"snomed", "0022298006", "refused code.format"},
        {"snomed", "2.2298E+07", "refused code.excel"},
        {"snomed", "999000011000001104", "999000011000001104"},
        {"snomed", "999000011000001105", "refused code.check"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void words_are_chosen_mapped_or_refused(void **state)
{
    static const struct trial_case cases[] = {
        {"one_of 'a' 'b'", " b ", "b"},
        {"one_of 'a' 'b'", "B", "refused text.set"},
        {"one_of 'a' 'b'", "", "NULL"},
        {"map 'I' 'in' 'O' 'out'", "O", "out"},
        {"map 'I' 'in' 'O' 'out'", "X", "refused text.unmapped"},
        {"map 'I' 'in' '*' 'other'", "X", "other"},
        {"map 'I' 'in' '*' ''", "X", "NULL"},
        {"map 'I' 'in' '*' 'other'", "NULL", "NULL"},
        {"when '9'", "250.00 ; 9", "250.00"},
        {"when '9'", "250.00 ; 10", "NULL"},
        {"when '9'", "250.00 ; NULL", "NULL"},
        {"boolean", "Ja", "true"},
        {"boolean", "0", "false"},
        {"boolean", "maybe", "refused boolean.unknown"},
        {"boolean 'X' ' -,?'", "x", "true"},
        {"boolean 'X' ' -,?'", "?", "false"},
        {"boolean 'X' '-'", "ja", "refused boolean.unknown"},
        {"sex", "M", "male"},
        {"sex", "W", "female"},
        {"sex", "m\u00C4nnlich", "male"},
        {"sex", "ma\u0308nnlich", "male"},
        {"sex", "\u0623\u0646\u062B\u0649", "female"},
        {"sex", "\u0630\u0643\u0631", "male"},
        {"sex", "9", "unknown"},
        {"sex", "divers", "other"},
        {"sex", "Z", "refused sex.unknown"},
        {"sex", " ", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("map 'a' 'b' 'c'", "no new one behind it");
    trial_refuses_to_compile("boolean 'a'", "without false words");
}

static void patterns_find_match_and_never_hang(void **state)
{
    static const struct trial_case cases[] = {
        {"regex 'bed ([0-9]+)'", "Ward 7 bed 12", "12"},
        {"regex '[0-9]+'", "Ward 7", "7"},
        {"regex '([a-z]+)-([a-z]+)' 2", "ab-cd", "cd"},
        {"regex '([a-z]+)-([a-z]+)' 0", "ab-cd", "ab-cd"},
        {"regex '(x)?a'", "a", "NULL"},
        {"regex 'bed'", "ward", "NULL"},
        {"regex '\\p{L}+'", "12 \u00C4rzte", "\u00C4rzte"},
        {"regex '(a+)+$'", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
         "refused text.pattern"},
        {"matches '[A-Z]{2}[0-9]{3}'", "AB123", "AB123"},
        {"matches '[A-Z]{2}[0-9]{3}'", "AB1234", "refused text.pattern"},
        {"matches '[A-Z]{2}[0-9]{3}'", "NULL", "NULL"},
        {"matches '.'", "\u00E9", "\u00E9"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("regex '(a'", "the pattern breaks at its character");
    trial_refuses_to_compile("regex '(a)' 2", "no whole number from 0 to 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(icd_codes_have_their_dot_and_keep_their_zeros),
        cmocka_unit_test(loinc_numbers_have_a_right_check_digit_or_are_known),
        cmocka_unit_test(words_are_chosen_mapped_or_refused),
        cmocka_unit_test(patterns_find_match_and_never_hang),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
