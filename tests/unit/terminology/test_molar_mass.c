#include "terminology/molar_mass.h"

#include "tests/unit/unit.h"

#include <math.h>

static void masses_are_those_that_laboratories_use(void **state)
{
    static const struct {
        const char *component;
        double grams;
        int charge;
    } cases[] = {
        {"Glucose", 180.16, 0},         {"GLUCOSE^2H post meal", 180.16, 0},
        {"Creatinine", 113.12, 0},      {"Calcium.ionized", 40.08, 2},
        {"Sodium", 22.99, 1},           {"Cholesterol.in HDL", 386.66, 0},
        {"Bilirubin.total", 584.67, 0}, {"Urea", 60.06, 0},
        {"Urea nitrogen", 28.01, 0},    {"Urate", 168.11, 0},
        {"Thyroxine.free", 776.87, 0},  {"Cobalamin (Vitamin B12)", 1355.4, 0},
        {"Testosterone", 288.43, 0},    {"Digoxin", 780.95, 0},
        {"cycloSPORINE", 1202.6, 0},    {"Hemoglobin", 16114, 0},
        {"Triglyceride", 885.4, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct molar_mass found;
        assert_true(molar_mass_find(text_of(cases[i].component), &found));
        assert_true(fabs(found.grams / cases[i].grams - 1) < 2e-4);
        assert_int_equal(found.charge, cases[i].charge);
    }
}

static void ratios_sums_and_strangers_have_none(void **state)
{
    static const char *const cases[] = {"Albumin/Creatinine",
                                        "Calcium+Magnesium",
                                        "Insulin",
                                        "Gluco",
                                        "",
                                        "^",
                                        ".total",
                                        "Cholesterol.total/Cholesterol.in HDL"};
    struct molar_mass found;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_false(molar_mass_find(text_of(cases[i]), &found));
    }
}

static void a_formula_of_unknown_elements_weighs_nothing(void **state)
{
    (void)state;
    assert_true(molar_mass_of("C6H12O6") > 180);
    assert_true(molar_mass_of("Xx2") == 0);
    assert_true(molar_mass_of("c6") == 0);
    assert_true(molar_mass_of("") == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masses_are_those_that_laboratories_use),
        cmocka_unit_test(ratios_sums_and_strangers_have_none),
        cmocka_unit_test(a_formula_of_unknown_elements_weighs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
