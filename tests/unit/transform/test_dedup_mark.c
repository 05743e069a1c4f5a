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

static size_t make_letters(char *out, uint32_t most)
{
    uint32_t len = 1 + pick(most);

    for (uint32_t i = 0; i < len; i++) {
        out[i] = (char)('a' + pick(pick(2) > 0 ? 6 : 26));
    }
    return len;
}

static size_t make_value(enum people_kind kind, char out[VALUE_FORM_MAX])
{
    static const char *const words[] = {"kamiru", "lo", "station", "5th",
                                        "elm",    "a",  "rosebank"};

    if (kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_PLACE) {
        size_t len = make_letters(out, 12);
        if (pick(8) == 0) {
            out[len++] = ' ';
            len += make_letters(out + len, 6);
        }
        return len;
    }
    if (kind == PEOPLE_POSTCODE) {
        return (size_t)snprintf(out, VALUE_FORM_MAX, "%c%u%c", (char)('a' + pick(3)),
                                10 + pick(900), (char)('a' + pick(26)));
    }
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
        if (kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_PLACE) {
            out[pick((uint32_t)len)] = (char)('a' + pick(26));
        } else {
            out[pick(len < 5 ? (uint32_t)len : 5)] = (char)('0' + pick(10));
        }
    }
    return len;
}

/* As compare.c asks: names also by their first byte, their sounds and nicknames. */
static bool differ(enum people_kind kind, const struct side *a, const struct side *b)
{
    switch ((int)kind) {
    case PEOPLE_STREET:
        return street_marks_differ(a->bag, b->bag);
    case PEOPLE_POSTCODE:
        return postcode_marks_differ(a->bag, b->bag);
    case PEOPLE_PLACE:
        return words_differ(a->bag, b->bag);
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
        return names_differ(a->bag, b->bag, a->form.at[0] == b->form.at[0]) &&
               a->sound != b->sound;
    default:
        return digits_folds_differ(kind, digits_fold(a->bag), digits_fold(b->bag));
    }
}

static void set_mark(enum people_kind kind, struct side *side)
{
    side->bag = value_mark(kind, side->form);
    side->sound = (uint32_t)sound_key(side->form);
}

static void marks_are_right_when_they_say_that_values_differ(void **state)
{
    static const enum people_kind kinds[] = {PEOPLE_PHONE,   PEOPLE_IDENTIFIER, PEOPLE_STREET,
                                             PEOPLE_GIVEN,   PEOPLE_FAMILY,     PEOPLE_PLACE,
                                             PEOPLE_POSTCODE};
    struct jaro jaro = {0};

    (void)state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        int said = 0;
        for (int i = 0; i < PAIRS; i++) {
            char forms[2][VALUE_FORM_MAX];
            struct side a = {.form = {forms[0], make_value(kinds[k], forms[0])}};
            struct side b = {.form = {forms[1], 0}};
            b.form.len = make_other(kinds[k], forms[0], a.form.len, forms[1]);
            set_mark(kinds[k], &a);
            set_mark(kinds[k], &b);
            if (text_equal(a.form, b.form) || !differ(kinds[k], &a, &b)) {
                continue;
            }
            said++;
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
