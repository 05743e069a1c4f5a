#include "terminology/code_system.h"

#include "tests/unit/unit.h"

static void a_system_is_found_by_each_of_its_names(void **state)
{
    static const char *const cases[][2] = {
        {"loinc", "loinc"},
        {"LOINC", "loinc"},
        {"http://loinc.org", "loinc"},
        {"ICD-10-CM", "icd10cm"},
        {"icd_10_cm", "icd10cm"},
        {"icd10", "icd10"},
        {"ICD-10", "icd10"},
        {"ICD-10-GM", "icd10-gm"},
        {"icd9proc", "icd9cm-procedure"},
        {"icd9cm-procedure", "icd9cm-procedure"},
        {"ICD-9-CM", "icd9cm"},
        {"ATC", "atc"},
        {"own-list", "own-list"}, /* a pack may have that name */
        {"icd10cmx", "icd10cmx"},
        {"icd", "icd"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text found = code_system_pack(text_of(cases[i][0]));
        assert_true(text_is(found, cases[i][1]));
    }
}

static void national_modifications_are_not_the_who_s(void **state)
{
    (void)state;
    assert_string_not_equal(code_system_find(TEXT_LITERAL("icd10"))->name,
                            code_system_find(TEXT_LITERAL("icd10cm"))->name);
    assert_null(code_system_find(TEXT_LITERAL("icd10xx")));
    assert_null(code_system_find(TEXT_LITERAL("-")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_is_found_by_each_of_its_names),
        cmocka_unit_test(national_modifications_are_not_the_who_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
