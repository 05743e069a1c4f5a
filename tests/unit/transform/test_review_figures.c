/* Figures of the review queue, against values worked out by hand and against chance itself. */
#include "tests/unit/unit.h"

#include "transform/people/review_figures.h"

#include <math.h>

#define assert_near(got, wanted) assert_true(fabs((got) - (wanted)) < 0.0005)

static const struct {
    double hits, n, low, high;
} wilson[] = {
    {8, 10, 0.4902, 0.9433},   {0, 10, 0.0, 0.2775},        {10, 10, 0.7225, 1.0},
    {50, 100, 0.4038, 0.5962}, {985, 1000, 0.9754, 0.9909}, {1, 1, 0.2065, 1.0},
};

static void a_share_has_wilsons_interval(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wilson); i++) {
        struct share share = share_of(wilson[i].hits, wilson[i].n);
        assert_true(share.known);
        assert_near(share.value, wilson[i].hits / wilson[i].n);
        assert_near(share.low, wilson[i].low);
        assert_near(share.high, wilson[i].high);
    }
    assert_false(share_of(0, 0).known);
}

static void kappa_takes_off_what_chance_agrees(void **state)
{
    static const double half[3][3] = {{20, 5, 0}, {10, 15, 0}, {0, 0, 0}};
    static const double all[3][3] = {{10, 0, 0}, {0, 5, 0}, {0, 0, 5}};
    static const double against[3][3] = {{0, 10, 0}, {10, 0, 0}, {0, 0, 0}};
    static const double one_word[3][3] = {{9, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    static const double nothing[3][3] = {{0}};
    struct kappa kappa = kappa_of(half);

    (void)state;
    assert_true(kappa.known);
    assert_near(kappa.agreed, 0.7);
    assert_near(kappa.value, 0.4); /* (0.7 - 0.5) / 0.5 */
    assert_near(kappa.low, 0.4 - 0.2540);
    assert_near(kappa.high, 0.4 + 0.2540);
    assert_near(kappa_of(all).value, 1.0);
    assert_near(kappa_of(against).value, -1.0);
    assert_false(kappa_of(one_word).known);
    assert_near(kappa_of(one_word).agreed, 1.0);
    assert_false(kappa_of(nothing).known);
}

static void strata_count_as_many_times_as_they_have_pairs(void **state)
{
    static const struct stratum strata[] = {
        {true, 900, 88, 2, 0},
        {true, 100, 7, 3, 0},
        {false, 200, 12, 8, 0},
        {false, 1000, 1, 99, 0},
    };
    struct share precision = audit_precision(strata, 4);
    struct share recall = audit_recall(strata, 4);

    (void)state;
    assert_near(precision.value, 0.95);        /* (880 + 70) / 1000 */
    assert_near(recall.value, 950.0 / 1080.0); /* 950 / (950 + 120 + 10) */
    assert_true(precision.low > 0.88 && precision.low < 0.93);
    assert_true(precision.high > 0.96 && precision.high < 0.99);
    assert_true(recall.low < recall.value && recall.value < recall.high);
}

static void one_large_stratum_gives_wilsons_interval(void **state)
{
    static const struct stratum stratum = {true, 1e12, 48, 2, 0};
    struct share precision = audit_precision(&stratum, 1);
    struct share plain = share_of(48, 50);

    (void)state;
    assert_near(precision.low, plain.low);
    assert_near(precision.high, plain.high);
}

static void what_is_known_whole_has_no_interval(void **state)
{
    static const struct stratum strata[] = {{true, 50, 48, 2, 0}, {false, 10, 2, 8, 0}};
    struct share precision = audit_precision(strata, 2);
    struct share recall = audit_recall(strata, 2);

    (void)state;
    assert_near(precision.low, 0.96);
    assert_near(precision.high, 0.96);
    assert_near(recall.low, 0.96);
    assert_near(recall.high, 0.96);
}

static void no_error_seen_is_not_no_error(void **state)
{
    static const struct stratum stratum = {true, 1000, 50, 0, 0};
    struct share precision = audit_precision(&stratum, 1);

    (void)state;
    assert_near(precision.value, 1.0);
    assert_true(precision.low < 0.94);
}

static void a_stratum_without_a_draw_leaves_the_whole_unknown(void **state)
{
    static const struct stratum strata[] = {{true, 900, 88, 2, 0}, {true, 5, 0, 0, 0}};
    static const struct stratum empty[] = {{true, 900, 88, 2, 0}, {true, 0, 0, 0, 0}};

    (void)state;
    assert_false(audit_precision(strata, 2).known);
    assert_true(audit_precision(empty, 2).known);
    assert_false(audit_precision(empty, 0).known);
    assert_false(audit_recall(empty, 0).known);
}

static void unsure_pairs_widen_the_interval_only(void **state)
{
    static const struct stratum sure = {true, 1e9, 90, 10, 0};
    static const struct stratum unsure = {true, 1e9, 90, 10, 10};
    struct share narrow = audit_precision(&sure, 1);
    struct share wide = audit_precision(&unsure, 1);

    (void)state;
    assert_near(narrow.value, wide.value);
    assert_near(wide.low, share_of(90, 110).low);
    assert_near(wide.high, share_of(100, 110).high);
}

/* A small generator: chance that is the same on every machine. */
static double chance(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static void draw(struct stratum *stratum, int n, double truth, uint64_t *seed)
{
    stratum->same = 0;
    for (int i = 0; i < n; i++) {
        stratum->same += chance(seed) < truth ? 1 : 0;
    }
    stratum->different = n - stratum->same;
}

static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    enum { ROUNDS = 4000 };
    const double true_precision = (20000 * 0.995 + 2000 * 0.9) / 22000;
    const double found = 20000 * 0.995 + 2000 * 0.9;
    const double true_recall = found / (found + 1000 * 0.6 + 5000 * 0.01);
    struct stratum strata[] = {{.linked = true, .pairs = 20000},
                               {.linked = true, .pairs = 2000},
                               {.pairs = 1000},
                               {.pairs = 5000}};
    uint64_t seed = 4711;
    double precision = 0.0;
    double recall = 0.0;
    int inside[2] = {0, 0};

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct share p;
        struct share r;
        draw(&strata[0], 400, 0.995, &seed);
        draw(&strata[1], 100, 0.9, &seed);
        draw(&strata[2], 50, 0.6, &seed);
        draw(&strata[3], 250, 0.01, &seed);
        p = audit_precision(strata, 4);
        r = audit_recall(strata, 4);
        precision += p.value / ROUNDS;
        recall += r.value / ROUNDS;
        inside[0] += p.low <= true_precision && true_precision <= p.high;
        inside[1] += r.low <= true_recall && true_recall <= r.high;
    }
    assert_near(precision, true_precision);
    assert_near(recall, true_recall);
    assert_true(inside[0] > ROUNDS * 0.935);
    assert_true(inside[1] > ROUNDS * 0.935);
}

static void a_forecast_says_when_it_assumes_a_day(void **state)
{
    static const struct pace measured[] = {{120, 30}, {80, 45}};
    static const struct pace begun[] = {{100, 30}, {0, 60}};
    struct forecast forecast = forecast_of(1240, measured, 2, 2);

    (void)state;
    assert_true(forecast.known);
    assert_false(forecast.assumed);
    assert_near(forecast.days, 6.2);
    forecast = forecast_of(1100, begun, 2, 2); /* 100 + 2 x 3600 / 60 = 220 a day */
    assert_true(forecast.assumed);
    assert_near(forecast.days, 5.0);
    assert_false(forecast_of(10, begun, 0, 2).known);
}

static void disagreement_and_planted_pairs_are_work_too(void **state)
{
    (void)state;
    assert_near(decisions_left(970, 0, 0, 0.03), 1000);
    assert_near(decisions_left(100, 50, 0.2, 0), 110);
    assert_near(decisions_left(0, 0, 0, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_has_wilsons_interval),
        cmocka_unit_test(kappa_takes_off_what_chance_agrees),
        cmocka_unit_test(strata_count_as_many_times_as_they_have_pairs),
        cmocka_unit_test(one_large_stratum_gives_wilsons_interval),
        cmocka_unit_test(what_is_known_whole_has_no_interval),
        cmocka_unit_test(no_error_seen_is_not_no_error),
        cmocka_unit_test(a_stratum_without_a_draw_leaves_the_whole_unknown),
        cmocka_unit_test(unsure_pairs_widen_the_interval_only),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(a_forecast_says_when_it_assumes_a_day),
        cmocka_unit_test(disagreement_and_planted_pairs_are_work_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
