/* How two values on the screen agree, and what that weighs. */
#include "tests/unit/unit.h"

#include "transform/people/review_compare.h"

#include <math.h>

static const struct {
    enum people_kind kind;
    const char *a;
    const char *b;
    int level;
} cases[] = {
    {PEOPLE_FAMILY, "Smith", "SMITH", LEVEL_EXACT},
    {PEOPLE_FAMILY, "Müller", "Muller", LEVEL_EXACT},
    {PEOPLE_FAMILY, "Robertson", "Robertsen", NAME_TYPO},
    {PEOPLE_FAMILY, "Smith", "Okonkwo", NAME_DIFFERS},
    {PEOPLE_FAMILY, "Garcia", "Garcia Lopez", NAME_ELSEWHERE},
    {PEOPLE_FAMILY, "Garcia Lopez", "Lopez Garcia", NAME_TYPO},
    {PEOPLE_FAMILY, "Garcia Lopez", "Garcia Martin", NAME_LIKE},
    {PEOPLE_FAMILY, "Al-Harbi", "Alharbi", NAME_TYPO},
    {PEOPLE_FAMILY, "van Dijk", "van Rossum", NAME_DIFFERS},
    {PEOPLE_FAMILY, "van den Berg", "Berg, van den", NAME_TYPO},
    {PEOPLE_FAMILY, "Smith", "Smith Jr", NAME_VARIANT},
    {PEOPLE_FAMILY, "Smith Sr", "Smith II", NAME_GENERATION},
    {PEOPLE_FAMILY, "Smith Sr", "Okonkwo Jr", NAME_DIFFERS},
    {PEOPLE_GIVEN, "Maria Isabel", "Maria Teresa", NAME_LIKE},
    {PEOPLE_GIVEN, "Maria Isabel", "Isabel", NAME_ELSEWHERE},
    {PEOPLE_GIVEN, "Maria Isabel", "M Isabel", NAME_CLOSE},
    {PEOPLE_GIVEN, "Elizabeth Ann", "Liz Ann", NAME_CLOSE},
    {PEOPLE_GIVEN, "Elizabeth", "Liz", NAME_VARIANT},
    {PEOPLE_GIVEN, "Anna", "A", NAME_INITIAL},
    {PEOPLE_GIVEN, "Anna", "", LEVEL_MISSING},
    {PEOPLE_GIVEN, "", "", LEVEL_MISSING},
    {PEOPLE_BIRTH_DATE, "1980-02-01", "1980-01-02", DATE_SWAPPED},
    {PEOPLE_BIRTH_DATE, "1980-02-01", "1980-02-01", LEVEL_EXACT},
    {PEOPLE_BIRTH_DATE, "1980-02-01", "1957-11-30", DATE_DIFFERS},
    {PEOPLE_SEX, "male", "female", SEX_DIFFERS},
    {PEOPLE_IDENTIFIER, "AB-123 456", "ab123456", LEVEL_EXACT},
    {PEOPLE_IDENTIFIER, "123456", "654321", IDENTIFIER_DIFFERS},
    {PEOPLE_PHONE, "+44 20 7946 0001", "020 7946 0001", PHONE_LOCAL},
};

static void values_agree_as_dedup_sees_it_both_ways(void **state)
{
    struct review_comparer comparer;

    (void)state;
    review_comparer_init(&comparer, text_of(""));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text a = text_of(cases[i].a);
        struct text b = text_of(cases[i].b);
        assert_int_equal(review_compare(&comparer, cases[i].kind, a, b), cases[i].level);
        assert_int_equal(review_compare(&comparer, cases[i].kind, b, a), cases[i].level);
    }
    review_comparer_release(&comparer);
}

static void hostile_values_are_compared_in_bounds(void **state)
{
    struct review_comparer comparer;
    static char long_name[20000];

    (void)state;
    memset(long_name, 'x', sizeof(long_name) - 1);
    review_comparer_init(&comparer, text_of(""));
    for (int kind = 0; kind < PEOPLE_KIND_COUNT; kind++) {
        int level = review_compare(&comparer, (enum people_kind)kind, text_of(long_name),
                                   text_of("\xff\xfe\x1b[31m"));
        assert_true(level >= 0 && level < level_count((enum people_kind)kind));
        level = review_compare(&comparer, (enum people_kind)kind, text_of("1980"),
                               text_of("99999999999999999999"));
        assert_true(level >= 0 && level < level_count((enum people_kind)kind));
    }
    review_comparer_release(&comparer);
}

static const char learned[] = "hms-dedup-learned 1\n"
                              "prior match 1.5e-07 household 3.1e-07\n"
                              "field given name: first\n"
                              "level exact m 0.8 u 0.1 h 0.2\n"
                              "level differs m 0.025 u 0.8 h 0.9\n"
                              "field shoe size: odd\n"
                              "level exact m 0.5 u 0.25 h 0.2\n"
                              "field birth date: born\n"
                              "level exact m zero u 0.25 h 0.2\n"
                              "level nonsense m 0.5 u 0.25 h 0.2\n"
                              "level";

static void weights_are_those_that_the_last_run_learned(void **state)
{
    struct review_comparer usual;
    struct review_comparer comparer;

    (void)state;
    review_comparer_init(&usual, text_of(""));
    review_comparer_init(&comparer, text_of(learned));
    assert_true(fabs(comparer.weights[PEOPLE_GIVEN][LEVEL_EXACT] - 3.0) < 1e-9);
    assert_true(fabs(comparer.weights[PEOPLE_GIVEN][NAME_DIFFERS] + 5.0) < 1e-9);
    /* what it does not say, or says badly, stays */
    assert_true(comparer.weights[PEOPLE_GIVEN][NAME_TYPO] ==
                usual.weights[PEOPLE_GIVEN][NAME_TYPO]);
    assert_memory_equal(comparer.weights[PEOPLE_BIRTH_DATE], usual.weights[PEOPLE_BIRTH_DATE],
                        sizeof(usual.weights[PEOPLE_BIRTH_DATE]));
    review_comparer_release(&usual);
    review_comparer_release(&comparer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_agree_as_dedup_sees_it_both_ways),
        cmocka_unit_test(hostile_values_are_compared_in_bounds),
        cmocka_unit_test(weights_are_those_that_the_last_run_learned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
