/* Similarity of short texts, and the bound that saves most comparisons. */
#include "tests/unit/unit.h"

#include "transform/dedup/jaro.h"
#include "transform/dedup/value_form.h"

static const struct {
    const char *a;
    const char *b;
    double like; /* W. Winkler's published values, in 1/10,000 */
} known[] = {
    {"martha", "marhta", 0.9611}, {"dwayne", "duane", 0.8400}, {"dixon", "dicksonx", 0.8133},
    {"abc", "xyz", 0.0},          {"same", "same", 1.0},       {"", "same", 0.0},
};

static void winkler_gives_the_published_values_both_ways(void **state)
{
    struct jaro jaro = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct text a = text_of(known[i].a);
        struct text b = text_of(known[i].b);
        assert_true(jaro_winkler(&jaro, a, b) > known[i].like - 0.0001);
        assert_true(jaro_winkler(&jaro, a, b) < known[i].like + 0.0001);
        assert_true(jaro_winkler(&jaro, b, a) == jaro_winkler(&jaro, a, b));
    }
}

static void the_bound_is_never_below_the_similarity(void **state)
{
    struct jaro jaro = {0};
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char at[2][80];
        struct text texts[2];
        for (int k = 0; k < 2; k++) {
            texts[k] = (struct text){at[k], 0};
            do {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                at[k][texts[k].len++] = "abcde19 "[seed >> 61];
            } while (texts[k].len < 60 && (seed >> 40) % 9 != 0);
        }
        assert_true(jaro_winkler_bound(letter_bag(texts[0]), texts[0], letter_bag(texts[1]),
                                       texts[1]) >=
                    jaro_winkler(&jaro, texts[0], texts[1]) - 1e-9);
    }
}

static void one_edit_is_put_in_left_out_changed_or_changed_about(void **state)
{
    static const struct {
        const char *a;
        const char *b;
        bool one;
    } cases[] = {
        {"1234", "1235", true}, {"1234", "134", true},   {"1234", "12344", true},
        {"1234", "2134", true}, {"1234", "1234", false}, {"1234", "4321", false},
        {"1234", "12", false},  {"", "1", true},         {"1234", "1423", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(text_one_edit(text_of(cases[i].a), text_of(cases[i].b)), cases[i].one);
        assert_int_equal(text_one_edit(text_of(cases[i].b), text_of(cases[i].a)), cases[i].one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(winkler_gives_the_published_values_both_ways),
        cmocka_unit_test(the_bound_is_never_below_the_similarity),
        cmocka_unit_test(one_edit_is_put_in_left_out_changed_or_changed_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
