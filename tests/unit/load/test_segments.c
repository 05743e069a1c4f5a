#include "tests/unit/unit.h"

#include "load/segments.h"

static void rows_of_one_map_in_a_row_are_one_segment(void **state)
{
    struct segments segments = {0};

    (void)state;
    segments_add(&segments, "a/one", 10);
    segments_add(&segments, "a/one", 5);
    assert_int_equal(segments.count, 1);
    assert_int_equal(segments.at[0].upto, 15);
    segments_release(&segments);
}

static void maps_that_take_turns_are_kept_in_order(void **state)
{
    static const char *const maps[] = {"a/one", "a/two"};
    struct segments segments = {0};

    (void)state;
    for (int i = 0; i < 1000; i++) {
        char name[16]; /* the caller's text need not live on */
        snprintf(name, sizeof(name), "%s", maps[i % 2]);
        segments_add(&segments, name, 3);
    }
    assert_int_equal(segments.count, 1000);
    assert_int_equal(segments.rows, 3000);
    for (size_t i = 0; i < segments.count; i++) {
        assert_string_equal(segments.at[i].map, maps[i % 2]);
        assert_int_equal(segments.at[i].upto, 3 * (i + 1));
    }
    segments_release(&segments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_one_map_in_a_row_are_one_segment),
        cmocka_unit_test(maps_that_take_turns_are_kept_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
