/* What people said of pairs: sets, pairs apart, contradictions. */
#include "tests/unit/unit.h"

#include "transform/dedup/constraints.h"

static void verdicts_join_sets(void **state)
{
    struct verdict_pair pairs[] = {{4, 2, true, 1}, {2, 0, true, 2}, {3, 1, false, 3}};
    struct constraints constraints;
    size_t count;

    (void)state;
    constraints_build(&constraints, pairs, 3, 6, NULL);
    assert_int_equal(constraints_set(&constraints, 4), 0);
    assert_int_equal(constraints_set(&constraints, 2), 0);
    assert_int_equal(constraints_set(&constraints, 3), 3);
    assert_true(constraints_names(&constraints, 3));
    assert_false(constraints_names(&constraints, 5));
    assert_int_equal(constraints.aparts[constraints_apart(&constraints, 1, &count)].other, 3);
    assert_int_equal(count, 1);
    constraints_apart(&constraints, 0, &count);
    assert_int_equal(count, 0);
    assert_int_equal(constraints.ncontradictions, 0);
    constraints_release(&constraints);
}

static void nothing_said_costs_nothing(void **state)
{
    struct constraints constraints;

    (void)state;
    constraints_build(&constraints, NULL, 0, 1000, NULL);
    assert_null(constraints.set_of);
    assert_false(constraints_names(&constraints, 7));
    assert_int_equal(constraints_set(&constraints, 7), 7);
    constraints_release(&constraints);
}

static void a_contradiction_names_the_shortest_chain(void **state)
{
    /* 0=1=2=3 the long way, 0=3 directly, 3 is not 0 */
    struct verdict_pair pairs[] = {{0, 1, true, 11},
                                   {1, 2, true, 12},
                                   {2, 3, true, 13},
                                   {3, 0, false, 14},
                                   {3, 2, false, 15}};
    struct constraints constraints;

    (void)state;
    constraints_build(&constraints, pairs, 5, 4, NULL);
    assert_int_equal(constraints.ncontradictions, 2);
    assert_int_equal(constraints.contradictions[0].apart, 14);
    assert_int_equal(constraints.contradictions[0].ntogether, 3);
    assert_int_equal(constraints.contradictions[0].together[0], 11);
    assert_int_equal(constraints.contradictions[0].together[2], 13);
    assert_int_equal(constraints.contradictions[1].apart, 15);
    assert_int_equal(constraints.contradictions[1].ntogether, 1);
    for (uint32_t i = 0; i < 4; i++) { /* without a before all stay alone */
        assert_int_equal(constraints_set(&constraints, i), i);
        assert_int_equal(constraints_kept(&constraints, i), 0);
    }
    constraints_release(&constraints);
}

static void contradicted_records_stay_as_they_were(void **state)
{
    struct verdict_pair pairs[] = {
        {0, 1, true, 1}, {1, 2, true, 2}, {0, 2, false, 3}, {2, 5, false, 4}, {5, 6, true, 5}};
    const uint32_t before[] = {7, 8, 7, 9, 9, RECORD_NONE, RECORD_NONE};
    struct constraints constraints;
    size_t count;

    (void)state;
    constraints_build(&constraints, pairs, 5, 7, before);
    assert_int_equal(constraints.ncontradictions, 1);
    assert_int_equal(constraints_set(&constraints, 0), 0);
    assert_int_equal(constraints_set(&constraints, 1), 1);
    assert_int_equal(constraints_set(&constraints, 2), 0);
    constraints_apart(&constraints, 0, &count); /* 0 and 2 were together: that stays */
    assert_int_equal(count, 0);
    constraints_apart(&constraints, 2, &count); /* what is said of others holds */
    assert_int_equal(count, 1);
    assert_int_equal(constraints_set(&constraints, 6), 5);
    assert_int_equal(constraints_kept(&constraints, 5), RECORD_NONE);
    constraints_release(&constraints);
}

static void the_order_of_verdicts_does_not_matter(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int round = 0; round < 500; round++) {
        struct verdict_pair one[12], two[12];
        uint32_t before[8];
        struct constraints a, b;
        for (int i = 0; i < 12; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            one[i].a = (uint32_t)(seed >> 33) % 8;
            one[i].b = (one[i].a + 1 + (uint32_t)(seed >> 40) % 7) % 8;
            one[i].same = (seed >> 50) % 3 != 0;
            one[i].verdict = i;
            two[11 - i] = one[i];
        }
        for (uint32_t i = 0; i < 8; i++) {
            before[i] = (uint32_t)(seed >> (34 + i)) % 3;
        }
        constraints_build(&a, one, 12, 8, before);
        constraints_build(&b, two, 12, 8, before);
        assert_int_equal(a.ncontradictions, b.ncontradictions);
        assert_int_equal(a.naparts, b.naparts);
        assert_memory_equal(a.set_of, b.set_of, 8 * sizeof(uint32_t));
        for (size_t i = 0; i < a.ncontradictions; i++) {
            assert_int_equal(a.contradictions[i].apart, b.contradictions[i].apart);
            assert_int_equal(a.contradictions[i].ntogether, b.contradictions[i].ntogether);
        }
        for (size_t i = 0; i < a.naparts; i++) { /* nothing apart is inside a set */
            assert_int_not_equal(a.set_of[a.aparts[i].record], a.set_of[a.aparts[i].other]);
        }
        constraints_release(&a);
        constraints_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_join_sets),
        cmocka_unit_test(nothing_said_costs_nothing),
        cmocka_unit_test(a_contradiction_names_the_shortest_chain),
        cmocka_unit_test(contradicted_records_stay_as_they_were),
        cmocka_unit_test(the_order_of_verdicts_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
