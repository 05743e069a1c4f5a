#include "rehearsals/tuple.h"
#include "tests/unit/unit.h"

/* Three fields: an id, "abc" and NULL. */
static const char good[] = "\0\3"
                           "\0\0\0\20"
                           "0123456789abcdef"
                           "\0\0\0\3"
                           "abc"
                           "\xff\xff\xff\xff";
enum { GOOD_LEN = sizeof(good) - 1 };

static void a_tuple_is_taken_off_the_front(void **state)
{
    char two[2 * GOOD_LEN];
    struct text rest = {two, sizeof(two)};
    struct tuple tuple;
    (void)state;
    memcpy(two, good, GOOD_LEN);
    memcpy(two + GOOD_LEN, good, GOOD_LEN);
    for (int i = 0; i < 2; i++) {
        assert_true(tuple_take(&tuple, 3, &rest));
        assert_int_equal(tuple.bytes.len, GOOD_LEN);
        assert_memory_equal(tuple_id(&tuple), "0123456789abcdef", 16);
        assert_text(tuple.fields[1], "abc");
        assert_null(tuple.fields[2].at);
    }
    assert_int_equal(rest.len, 0);
}

static void every_cut_is_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < GOOD_LEN; len++) {
        char *cut = xmalloc(len + 1);
        memcpy(cut, good, len);
        struct text rest = {cut, len};
        struct tuple tuple;
        assert_false(tuple_take(&tuple, 3, &rest));
        free(cut);
    }
}

static void another_number_of_fields_is_refused(void **state)
{
    struct text rest = {good, GOOD_LEN};
    struct tuple tuple;
    (void)state;
    assert_false(tuple_take(&tuple, 2, &rest));
    assert_false(tuple_take(&tuple, 4, &rest));
    assert_false(tuple_take(&tuple, 0, &rest));
}

static void a_row_without_an_id_is_refused(void **state)
{
    static const char no_id[] = "\0\1\xff\xff\xff\xff";
    static const char short_id[] = "\0\1\0\0\0\2ab";
    struct text rest = {no_id, 6};
    struct tuple tuple;
    (void)state;
    assert_false(tuple_take(&tuple, 1, &rest));
    rest = (struct text){short_id, 8};
    assert_false(tuple_take(&tuple, 1, &rest));
}

static void blanking_sets_only_the_named_fields_to_null(void **state)
{
    struct text rest = {good, GOOD_LEN};
    struct tuple tuple, blanked;
    struct strbuf out;
    (void)state;
    strbuf_init(&out, 1024);
    assert_true(tuple_take(&tuple, 3, &rest));
    tuple_write_blanked(&tuple, 1U << 1 | 1U << 2, &out);
    rest = strbuf_text(&out);
    assert_true(tuple_take(&blanked, 3, &rest));
    assert_true(tuple_field_equal(blanked.fields[0], tuple.fields[0]));
    assert_null(blanked.fields[1].at);
    assert_null(blanked.fields[2].at);
    strbuf_release(&out);
}

static void null_equals_only_null(void **state)
{
    struct text null = {NULL, 0}, empty = {"", 0};
    (void)state;
    assert_true(tuple_field_equal(null, null));
    assert_true(tuple_field_equal(empty, empty));
    assert_false(tuple_field_equal(null, empty));
    assert_false(tuple_field_equal(empty, null));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tuple_is_taken_off_the_front),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(another_number_of_fields_is_refused),
        cmocka_unit_test(a_row_without_an_id_is_refused),
        cmocka_unit_test(blanking_sets_only_the_named_fields_to_null),
        cmocka_unit_test(null_equals_only_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
