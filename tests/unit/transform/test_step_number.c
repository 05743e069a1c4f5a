#include "tests/unit/transform/step_trial.h"

static void a_number_is_exact_decimal_text(void **state)
{
    static const struct trial_case cases[] = {
        {"number", "1.50", "1.50"},
        {"number", "+1.5", "1.5"},
        {"number", "007", "7"},
        {"number", ".5", "0.5"},
        {"number", "5.", "5"},
        {"number", "-0", "0"},
        {"number", "-0.00", "0.00"},
        {"number", "-0.01", "-0.01"},
        {"number", "000", "0"},
        {"number", ".", "refused number.format"},
        {"number", "-", "refused number.format"},
        {"number", "", "NULL"},
        {"number", "1,5", "refused number.format"},
        {"number", "1 5", "refused number.format"},
        {"number", "1e3", "refused number.format"},
        {"number", "1.2.3", "refused number.format"},
        {"number", "--1", "refused number.format"},
        {"number", "99999999999999999999999999999999999999",
         "99999999999999999999999999999999999999"},
        {"number", "999999999999999999999999999999999999990", "refused number.format"},
        {"number", "0000000000000000000000000000000000000000000000001", "1"},
        {"number", "\u2212\u0661\u0662\u066B\u0665", "-12.5"},
        {"number", "\u0661\u066C\u0660\u0660\u0660", "1000"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void marks_are_those_the_map_names(void **state)
{
    static const struct trial_case cases[] = {
        {"number ','", "0,1", "0.1"},
        {"number ','", "0.1", "refused number.format"},
        {"number ',' '.'", "1.234,56", "1234.56"},
        {"number ',' '.'", "1.234.567", "1234567"},
        {"number ',' '.'", "12.34", "refused number.format"},
        {"number ',' '.'", "1234.567", "refused number.format"},
        {"number ',' '.'", "1.2345", "refused number.format"},
        {"number ',' '.'", ".123", "refused number.format"},
        {"number ',' '.'", "123.", "refused number.format"},
        {"number ',' '.'", "1,234.5", "refused number.format"},
        {"number ',' '.'", "1234,5", "1234.5"},
        {"number ',' ' '", "1\u00A0234\u202F567,5", "1234567.5"},
        {"number '.' ''''", "1'234.5", "1234.5"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("number ';'", "argument 1 is no mark");
    trial_refuses_to_compile("number ',' ','", "are the same");
}

static void money_has_four_digits_and_ledger_minus(void **state)
{
    static const struct trial_case cases[] = {
        {"money", "12.3456", "12.3456"},
        {"money", "12.34560", "12.3456"},
        {"money", "12.34567", "refused money.format"},
        {"money", "(12.50)", "-12.50"},
        {"money", "12.50-", "-12.50"},
        {"money", "(-12.50)", "refused money.format"},
        {"money", "(0.00)", "0.00"},
        {"money", "()", "refused money.format"},
        {"money", "-", "refused money.format"},
        {"money", "$5", "refused money.format"},
        {"integer", "12.00", "12"},
        {"integer", "12.01", "refused integer.format"},
        {"integer", "-0", "0"},
        {"integer", "twelve", "refused integer.format"},
        {"abs", "-2.50", "2.50"},
        {"abs", "x", "refused number.format"},
        {"negate", "-2.50", "2.50"},
        {"negate", "0.0", "0.0"},
        {"negate", "99999999999999999999999999999999999999",
         "-99999999999999999999999999999999999999"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void arithmetic_is_exact_or_refused(void **state)
{
    static const struct trial_case cases[] = {
        {"scale 0.001", "100", "0.1"},
        {"scale 1000", "0.0015", "1.5000"},
        {"scale 1", "99999999999999999999999999999999999999",
         "99999999999999999999999999999999999999"},
        {"scale 10", "99999999999999999999999999999999999999", "refused number.range"},
        {"scale 0.01", "x", "refused number.format"},
        {"sum", "0.1 ; 0.2", "0.3"},
        {"sum", "NULL ; NULL", "NULL"},
        {"sum", "1 ; -1", "0"},
        {"sum", "99999999999999999999999999999999999999 ; 1", "refused number.range"},
        {"multiply", "3 ; NULL", "NULL"},
        {"multiply", "-1.50 ; 1.5", "-2.25"},
        {"multiply", "123456789012345678901234567890 ; 12345678901", "refused number.range"},
        {"multiply", "0.000000000000000001 ; 0.1", "refused number.range"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("scale many", "no decimal number");
}

static void results_and_ranges_are_taken_apart(void **state)
{
    static const struct trial_case cases[] = {
        {"comparator_split", "<0.1", "< ; 0.1"},
        {"comparator_split", ">= 5", ">= ; 5"},
        {"comparator_split", "\u2264 5", "<= ; 5"},
        {"comparator_split", "=>5", ">= ; 5"},
        {"comparator_split", "5.20", "NULL ; 5.20"},
        {"comparator_split", "1:40", "NULL ; 40 (number.titre)"},
        {"comparator_split", ">1:640", "> ; 640 (number.titre)"},
        {"comparator_split", "1:-40", "refused number.format"},
        {"comparator_split", "<", "refused number.format"},
        {"comparator_split", "positive", "refused number.format"},
        {"comparator_split", "NULL", "NULL ; NULL"},
        {"result_split", "<0.1", "< ; 0.1 ; NULL"},
        {"result_split", "<5 seen", "NULL ; NULL ; <5 seen"},
        {"result_split ','", "5,2", "NULL ; 5.2 ; NULL"},
        {"result_split", "NULL", "NULL ; NULL ; NULL"},
        {"range_split", "3.5 - 5.1", "3.5 ; 5.1"},
        {"range_split", "3.5\u20135.1", "3.5 ; 5.1"},
        {"range_split ','", "3,5 bis 5,1", "3.5 ; 5.1"},
        {"range_split", "-2--1", "-2 ; -1"},
        {"range_split", "-2-3", "-2 ; 3"},
        {"range_split", "<5.1", "NULL ; 5.1"},
        {"range_split", ">=3.5", "3.5 ; NULL"},
        {"range_split", "5.1-3.5", "refused range.format"},
        {"range_split", "9-10", "9 ; 10"},
        {"range_split", "1-2-3", "refused range.format"},
        {"range_split", "negative", "refused range.format"},
        {"range_split", "<", "refused range.format"},
        {"range_split", " ", "NULL ; NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void units_become_ucum_or_are_flagged(void **state)
{
    static const struct trial_case cases[] = {
        {"unit", "mg/dl", "mg/dL"},
        {"unit", "MG/DL", "mg/dL"},
        {"unit", "\u00B5mol/l", "umol/L"},
        {"unit", "\u03BCg/L", "ug/L"},
        {"unit", "10^9/L", "10*9/L"},
        {"unit", "x 10\u2079/L", "10*9/L"},
        {"unit", "10*3/uL", "10*3/uL"},
        {"unit", "U/l", "U/L"},
        {"unit", "mmHg", "mm[Hg]"},
        {"unit", "\u00B0C", "Cel"},
        {"unit", "G/L", "G/L (unit.unknown)"},
        {"unit", "g/L", "g/L"},
        {"unit", "{score}", "{score}"},
        {"unit", "{anything else}", "{anything else}"},
        {"unit", "furlong", "furlong (unit.unknown)"},
        {"unit", "", "NULL"},
        {"currency", "eur", "EUR"},
        {"currency", "EU", "refused currency.unknown"},
        {"currency", "R EU", "refused currency.unknown"},
        {"currency", "ED ", "refused currency.unknown"},
        {"currency", "ZWL", "ZWL"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_exact_decimal_text),
        cmocka_unit_test(marks_are_those_the_map_names),
        cmocka_unit_test(money_has_four_digits_and_ledger_minus),
        cmocka_unit_test(arithmetic_is_exact_or_refused),
        cmocka_unit_test(results_and_ranges_are_taken_apart),
        cmocka_unit_test(units_become_ucum_or_are_flagged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
