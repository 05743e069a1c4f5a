/* Marks never say "nothing in common" of values that have something. */
#include "tests/unit/unit.h"

#include "transform/dedup/compare_value.h"
#include "transform/dedup/level.h"
#include "transform/dedup/value_form.h"
#include "transform/dedup/value_mark.h"

#include <stdio.h>

enum { PAIRS = 200000 };

static uint64_t seed = 5;

static uint32_t pick(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static size_t make_value(enum people_kind kind, char out[VALUE_FORM_MAX])
{
    static const char *const words[] = {"kamiru", "lo", "station", "5th",
                                        "elm",    "a",  "rosebank"};

    if (kind == PEOPLE_STREET) {
        return (size_t)snprintf(out, VALUE_FORM_MAX, "%u %s %s", pick(30), words[pick(7)],
                                words[pick(7)]);
    }
    return (size_t)snprintf(out, VALUE_FORM_MAX, "%u%u%s", 10 + pick(900), 100 + pick(90000),
                            kind != PEOPLE_IDENTIFIER || pick(2) > 0 ? ""
                            : pick(2) > 0                            ? "@00ff"
                                                                     : "@0b00");
}

/* Another value, or the same one a little changed. */
static size_t make_other(enum people_kind kind, const char *value, size_t len,
                         char out[VALUE_FORM_MAX])
{
    if (pick(2) > 0) {
        return make_value(kind, out);
    }
    memcpy(out, value, len);
    for (uint32_t i = 1 + pick(2); i > 0; i--) {
        out[pick(5)] = (char)('0' + pick(10));
    }
    return len;
}

static bool differ(enum people_kind kind, struct text a, struct text b)
{
    uint64_t mark_a = value_mark(kind, a);
    uint64_t mark_b = value_mark(kind, b);

    return kind == PEOPLE_STREET
               ? street_marks_differ(mark_a, mark_b)
               : digits_folds_differ(kind, digits_fold(mark_a), digits_fold(mark_b));
}

static void marks_are_right_when_they_say_that_values_differ(void **state)
{
    static const enum people_kind kinds[] = {PEOPLE_PHONE, PEOPLE_IDENTIFIER, PEOPLE_STREET};
    struct jaro jaro = {0};

    (void)state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        int said = 0;
        for (int i = 0; i < PAIRS; i++) {
            char forms[2][VALUE_FORM_MAX];
            struct side a = {.form = {forms[0], make_value(kinds[k], forms[0])}};
            struct side b = {.form = {forms[1], 0}};
            b.form.len = make_other(kinds[k], forms[0], a.form.len, forms[1]);
            if (text_equal(a.form, b.form) || !differ(kinds[k], a.form, b.form)) {
                continue;
            }
            said++;
            a.bag = value_mark(kinds[k], a.form);
            b.bag = value_mark(kinds[k], b.form);
            assert_int_equal(compare_values(&jaro, kinds[k], &a, &b), level_differs(kinds[k]));
        }
        assert_true(said > PAIRS / 20); /* and they say it often enough to be of use */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_right_when_they_say_that_values_differ),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
