#include "rehearsals/fingerprint.h"
#include "tests/unit/unit.h"

static struct fingerprint left, right;

/* An id whose first bytes are those of `start`, and a row of its own. */
static void add(struct fingerprint *fingerprint, uint32_t start, const char *row)
{
    uint8_t id[16] = {(uint8_t)(start >> 8), (uint8_t)start};
    fingerprint_add(fingerprint, id, text_of(row));
}

static int clear(void **state)
{
    (void)state;
    memset(&left, 0, sizeof(left));
    memset(&right, 0, sizeof(right));
    return 0;
}

static uint32_t differing(void)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < FINGERPRINT_BUCKETS; i++) {
        count += fingerprint_bucket_equal(&left, &right, i) ? 0 : 1;
    }
    return count;
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    add(&left, 0x1234, "one");
    add(&left, 0x1235, "two");
    add(&right, 0x1235, "two");
    add(&right, 0x1234, "one");
    assert_int_equal(differing(), 0);
}

static void one_changed_byte_shows_in_one_bucket(void **state)
{
    (void)state;
    add(&left, 0x1234, "one");
    add(&left, 0x9234, "two");
    add(&right, 0x1234, "onf");
    add(&right, 0x9234, "two");
    assert_int_equal(differing(), 1);
    assert_false(fingerprint_bucket_equal(&left, &right, 0x123));
}

static void a_repeated_row_is_not_the_row_once(void **state)
{
    (void)state;
    add(&left, 0x1234, "one");
    add(&right, 0x1234, "one");
    add(&right, 0x1234, "one");
    assert_int_equal(differing(), 1);
}

static void two_repeats_do_not_cancel_each_other(void **state)
{
    (void)state;
    add(&left, 0x1234, "one");
    add(&left, 0x1234, "one");
    add(&right, 0x1234, "two");
    add(&right, 0x1234, "two");
    assert_int_equal(differing(), 1);
}

static void merging_parts_gives_the_whole(void **state)
{
    static struct fingerprint part;
    (void)state;
    memset(&part, 0, sizeof(part));
    for (uint32_t i = 0; i < 20000; i++) {
        char row[16];
        snprintf(row, sizeof(row), "row %u", i);
        add(&left, i, row);
        add(i % 3 == 0 ? &part : &right, i, row);
    }
    fingerprint_merge(&right, &part);
    assert_int_equal(differing(), 0);
    assert_int_equal(fingerprint_total(&left).rows, 20000);
}

static void buckets_are_ranges_of_ids(void **state)
{
    uint8_t last[16];
    (void)state;
    memset(last, 0xFF, sizeof(last));
    assert_int_equal(fingerprint_bucket_of(last), FINGERPRINT_BUCKETS - 1);
    for (uint32_t bucket = 0; bucket < FINGERPRINT_BUCKETS; bucket++) {
        struct ident first = fingerprint_first_id(bucket);
        assert_int_equal(fingerprint_bucket_of(first.bytes), bucket);
        if (bucket > 0) {
            struct ident before = fingerprint_first_id(bucket - 1);
            assert_true(memcmp(before.bytes, first.bytes, 16) < 0);
        }
    }
}

static void sums_carry_into_the_high_half(void **state)
{
    struct digest128 sum = {0, UINT64_MAX};
    (void)state;
    digest_add(&sum, (struct digest128){0, 1});
    assert_int_equal(sum.high, 1);
    assert_int_equal(sum.low, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_order_of_rows_does_not_matter, clear),
        cmocka_unit_test_setup(one_changed_byte_shows_in_one_bucket, clear),
        cmocka_unit_test_setup(a_repeated_row_is_not_the_row_once, clear),
        cmocka_unit_test_setup(two_repeats_do_not_cancel_each_other, clear),
        cmocka_unit_test_setup(merging_parts_gives_the_whole, clear),
        cmocka_unit_test(buckets_are_ranges_of_ids),
        cmocka_unit_test(sums_carry_into_the_high_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
