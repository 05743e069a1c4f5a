#include "extract/record.h"

#include "core/batch.h"
#include "tests/unit/unit.h"

/* What is found, as one letter a record and its length: W whole, Q quote, U unclosed, L long. */
static void say_records(struct text bytes, char quote, char *said, size_t size)
{
    size_t len = 0;

    said[0] = '\0';
    while (bytes.len > 0) {
        struct record record = record_find(bytes, true, ',', quote);

        assert_int_not_equal(record.state, RECORD_MORE);
        assert_true(record.taken >= record.length && record.taken > 0);
        len += (size_t)snprintf(said + len, size - len, "%c%zu+%zu/%d ", "MWQUL"[record.state],
                                record.length, record.taken - record.length, (int)record.lines);
        bytes.at += record.taken;
        bytes.len -= record.taken;
    }
}

static const struct {
    const char *bytes;
    char quote;
    const char *said;
} cases[] = {
    {"a,b\n", '"', "W3+1/1 "},
    {"a,b", '"', "W3+0/0 "},
    {"a\nb\r\nc\rd", '"', "W1+1/1 W1+2/1 W1+1/1 W1+0/0 "},
    {"\n\r\n\r", '"', "W0+1/1 W0+2/1 W0+1/1 "},
    {"a\r\r\nb", '"', "W1+1/1 W0+2/1 W1+0/0 "},
    {"\"a\nb\",c\nd\n", '"', "W7+1/2 W1+1/1 "},
    {"\"a\r\n\r\nb\"\r\nd", '"', "W8+2/3 W1+0/0 "},
    {"x,\"a\"\"\n\"\"b\"\ny\n", '"', "W11+1/2 W1+1/1 "},
    {"\"\"\n\"\",\"\"", '"', "W2+1/1 W5+0/0 "},
    {"a\"b\n\"c\"\n", '"', "W3+1/1 W3+1/1 "},                /* a stray quote opens nothing */
    {"\"a\"b\nc\n", '"', "Q4+1/1 W1+1/1 "},                  /* text after a closing quote */
    {"\"a\" \nc\n", '"', "Q4+1/1 W1+1/1 "},                  /* a space is text too */
    {"1,\"a\n2,b\n3,\"c\"\n", '"', "Q4+1/1 W3+1/1 W5+1/1 "}, /* a lost quote costs one line */
    {"1,\"a\n2,b\n", '"', "U4+1/1 W3+1/1 "},
    {"\"", '"', "U1+0/0 "},
    {"\"a\n\"b", '"', "Q2+1/1 U2+0/0 "},
    {"\"a\n", '\0', "W2+1/1 "}, /* quotes are ordinary bytes */
    {"'a\n',b\n", '\'', "W6+1/2 "},
};

static void records_end_where_the_header_of_the_module_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char said[256];

        say_records(text_of(cases[i].bytes), cases[i].quote, said, sizeof(said));
        assert_string_equal(said, cases[i].said);
    }
}

/* Bytes that make trouble, at random. */
static struct text random_bytes(unsigned *seed, char *into, size_t max)
{
    static const char alphabet[] = {'a', 'b', ',', ',', '"', '"', '\n', '\r', '\0', '\xff'};
    size_t len = (size_t)rand_r(seed) % max + 1;

    for (size_t i = 0; i < len; i++) {
        into[i] = alphabet[(size_t)rand_r(seed) % sizeof(alphabet)];
    }
    return (struct text){into, len};
}

static void the_answer_does_not_depend_on_how_much_is_in_sight(void **state)
{
    unsigned seed = 7;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char room[40];
        struct text bytes = random_bytes(&seed, room, sizeof(room));
        struct record whole = record_find(bytes, true, ',', '"');

        for (size_t len = 1; len < bytes.len; len++) {
            struct record part = record_find((struct text){bytes.at, len}, false, ',', '"');

            if (part.state != RECORD_MORE) {
                assert_int_equal(part.state, whole.state);
                assert_int_equal(part.length, whole.length);
                assert_int_equal(part.taken, whole.taken);
                assert_int_equal(part.lines, whole.lines);
            }
        }
    }
}

static void a_record_over_the_limit_is_given_up_at_its_first_line_end(void **state)
{
    size_t size = ROW_BYTES_MAX + 4096;
    char *bytes = xmalloc(size);
    struct record record;

    (void)state;
    memset(bytes, 'x', size);
    memcpy(bytes, "1,\"a\r\n", 6);
    record = record_find((struct text){bytes, size}, true, ',', '"');
    assert_int_equal(record.state, RECORD_TOO_LONG);
    assert_int_equal(record.length, 4);
    assert_int_equal(record.taken, 6);
    memset(bytes, 'x', 6);
    record = record_find((struct text){bytes, size}, true, ',', '"');
    assert_int_equal(record.state, RECORD_TOO_LONG);
    assert_int_equal(record.taken, record.length);
    bytes[ROW_BYTES_MAX] = '\r';
    bytes[ROW_BYTES_MAX + 1] = '\n';
    record = record_find((struct text){bytes, size}, true, ',', '"');
    assert_int_equal(record.state, RECORD_WHOLE);
    assert_int_equal(record.taken, ROW_BYTES_MAX + 2);
    free(bytes);
}

static void a_record_that_may_still_change_asks_for_more(void **state)
{
    static const char *const open[] = {"a",     "a,",      "a\r",   "\"a",
                                       "\"a\"", "\"a\"\r", "\"a\n", "x,\""};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(open); i++) {
        assert_int_equal(record_find(text_of(open[i]), false, ',', '"').state, RECORD_MORE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_end_where_the_header_of_the_module_says),
        cmocka_unit_test(the_answer_does_not_depend_on_how_much_is_in_sight),
        cmocka_unit_test(a_record_over_the_limit_is_given_up_at_its_first_line_end),
        cmocka_unit_test(a_record_that_may_still_change_asks_for_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
