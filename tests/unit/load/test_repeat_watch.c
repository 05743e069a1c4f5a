#include "tests/unit/unit.h"

#include "core/ident.h"
#include "load/repeat_watch.h"

#include <inttypes.h>

/* A tuple of two fields: the id of that number, and NULL. */
static void put_tuple(struct strbuf *tuples, uint64_t number)
{
    char key[24];
    struct ident id;

    snprintf(key, sizeof(key), "%" PRIu64, number);
    id = ident_of(text_of("north"), text_of("north"), text_of("patient"), text_of(key));
    strbuf_add(tuples, "\0\2\0\0\0\20", 6);
    strbuf_add(tuples, id.bytes, sizeof(id.bytes));
    strbuf_add(tuples, "\xff\xff\xff\xff", 4);
}

static void put_tuples(struct repeat_watch *watch, uint64_t from, uint64_t upto)
{
    struct strbuf tuples;

    strbuf_init(&tuples, 64 << 20);
    for (uint64_t number = from; number < upto; number++) {
        put_tuple(&tuples, number);
    }
    repeat_watch_add(watch, strbuf_text(&tuples));
    strbuf_release(&tuples);
}

static void of_ids_that_come_once_few_are_suspected(void **state)
{
    struct repeat_watch watch = {0};

    (void)state;
    put_tuples(&watch, 0, 300000);
    assert_false(watch.gave_up);
    assert_true(watch.nfilters > 2);
    assert_true(watch.nsuspects < 300000 / 100);
    repeat_watch_release(&watch);
}

static void every_id_that_comes_twice_is_suspected(void **state)
{
    struct repeat_watch watch = {0};
    uint64_t before;

    (void)state;
    put_tuples(&watch, 0, 200000);
    before = watch.nsuspects;
    put_tuples(&watch, 100, 1100);
    put_tuples(&watch, 150000, 151000);
    assert_int_equal(watch.nsuspects - before, 2000);
    assert_false(watch.gave_up);
    repeat_watch_release(&watch);
}

static void more_suspects_than_can_be_named_are_given_up(void **state)
{
    struct repeat_watch watch = {0};

    (void)state;
    put_tuples(&watch, 0, SUSPECTS_MAX + 10);
    put_tuples(&watch, 0, SUSPECTS_MAX + 10);
    assert_true(watch.gave_up);
    repeat_watch_release(&watch);
}

static void bytes_that_are_no_tuple_are_given_up(void **state)
{
    struct strbuf tuples;

    (void)state;
    strbuf_init(&tuples, 1000);
    put_tuple(&tuples, 1);
    for (size_t len = 1; len < tuples.len; len++) {
        struct repeat_watch watch = {0};
        char *cut = xmalloc(len); /* of just that size, so that a read past its end is seen */
        memcpy(cut, tuples.at, len);
        repeat_watch_add(&watch, (struct text){cut, len});
        assert_true(watch.gave_up);
        repeat_watch_release(&watch);
        free(cut);
    }
    strbuf_release(&tuples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_ids_that_come_once_few_are_suspected),
        cmocka_unit_test(every_id_that_comes_twice_is_suspected),
        cmocka_unit_test(more_suspects_than_can_be_named_are_given_up),
        cmocka_unit_test(bytes_that_are_no_tuple_are_given_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
