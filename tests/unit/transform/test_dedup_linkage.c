/* Clusters by average linkage, cut at 0. */
#include "tests/unit/unit.h"

#include "transform/dedup/linkage.h"

#include "core/text.h"

static void one_bad_edge_does_not_chain_two_groups(void **state)
{
    struct linkage linkage;

    (void)state;
    linkage_init(&linkage, 6); /* 0 1 2 and 3 4 5, with one strong edge between 2 and 3 */
    for (uint32_t i = 0; i < 6; i++) {
        for (uint32_t k = i + 1; k < 6; k++) {
            linkage_set(&linkage, i, k, i / 3 == k / 3 ? 10.0F : -6.0F);
        }
    }
    linkage_set(&linkage, 2, 3, 8.0F);
    linkage_run(&linkage);
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(linkage.group_of[i], i / 3 * 3);
    }
    linkage_release(&linkage);
}

static void a_third_record_joins_two_that_share_nothing(void **state)
{
    struct linkage linkage;

    (void)state;
    linkage_init(&linkage, 3);
    linkage_set(&linkage, 0, 1, 9.0F);
    linkage_set(&linkage, 1, 2, 9.0F);
    linkage_set(&linkage, 0, 2, -5.0F);
    linkage_run(&linkage);
    assert_int_equal(linkage.group_of[0], 0);
    assert_int_equal(linkage.group_of[1], 0);
    assert_int_equal(linkage.group_of[2], 0);
    linkage_release(&linkage);
}

static void nothing_above_zero_joins_nobody(void **state)
{
    struct linkage linkage;

    (void)state;
    linkage_init(&linkage, 40);
    linkage_run(&linkage);
    for (uint32_t i = 0; i < 40; i++) {
        assert_int_equal(linkage.group_of[i], i);
    }
    linkage_release(&linkage);
}

static void what_must_be_apart_is_never_joined_through_others(void **state)
{
    struct linkage linkage;

    (void)state;
    linkage_init(&linkage, 4); /* everybody is alike, 0 and 3 must be apart */
    for (uint32_t i = 0; i < 4; i++) {
        for (uint32_t k = i + 1; k < 4; k++) {
            linkage_set(&linkage, i, k, 20.0F);
        }
    }
    linkage_set(&linkage, 0, 3, LINKAGE_NEVER);
    linkage_run(&linkage);
    assert_int_not_equal(linkage.group_of[0], linkage.group_of[3]);
    linkage_release(&linkage);
}

static void an_item_of_several_records_weighs_as_many(void **state)
{
    struct linkage linkage;

    (void)state;
    linkage_init(&linkage, 3); /* 0 stands for nine records that do not want 2 */
    linkage.sizes[0] = 9;
    linkage_set(&linkage, 0, 1, 9.0F);
    linkage_set(&linkage, 1, 2, 8.0F);
    linkage_set(&linkage, 0, 2, -2.0F);
    linkage_run(&linkage);
    assert_int_equal(linkage.group_of[1], 0);
    assert_int_equal(linkage.group_of[2], 2);
    linkage_release(&linkage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_bad_edge_does_not_chain_two_groups),
        cmocka_unit_test(a_third_record_joins_two_that_share_nothing),
        cmocka_unit_test(nothing_above_zero_joins_nobody),
        cmocka_unit_test(what_must_be_apart_is_never_joined_through_others),
        cmocka_unit_test(an_item_of_several_records_weighs_as_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
