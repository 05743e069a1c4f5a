#include "serve/search.h"
#include "tests/unit/unit.h"

static const struct search_param params[] = {{"_id", SEARCH_ID, ""},
                                             {"identifier", SEARCH_TOKEN, ""},
                                             {"name", SEARCH_STRING, ""},
                                             {"birthdate", SEARCH_DATE, ""},
                                             {"patient", SEARCH_REFERENCE, ""},
                                             {0}};
static struct arena arena;
static struct search search;
static const char *which;

static enum search_fault parse(const char *query, bool strict)
{
    arena_clear(&arena);
    return search_parse(&search, params, text_of(query), strict, &arena, &which);
}

#define ID "aaaaaaaa-0000-8000-8000-000000000001"

static void each_fault_has_its_query(void **state)
{
    static const struct {
        const char *query;
        bool strict;
        enum search_fault fault;
        const char *which;
    } cases[] = {
        {"", true, SEARCH_OK, NULL},
        {"&&&", true, SEARCH_OK, NULL},
        {"name=a", true, SEARCH_OK, "name"},
        {"shoe=42", false, SEARCH_OK, NULL},
        {"shoe=42", true, SEARCH_UNKNOWN, NULL},
        {"=a", true, SEARCH_UNKNOWN, NULL},
        {"name=%", false, SEARCH_MALFORMED, NULL},
        {"name=%00", false, SEARCH_MALFORMED, NULL},
        {"name=%C0%AF", false, SEARCH_MALFORMED, NULL},
        {"na%ffme=x", false, SEARCH_MALFORMED, NULL},
        {"name:exact=a", false, SEARCH_MODIFIER, "name"},
        {"shoe:exact=a", false, SEARCH_OK, NULL},
        {"name=", false, SEARCH_BAD_VALUE, "name"},
        {"name=a,,b", false, SEARCH_BAD_VALUE, "name"},
        {"_id=x", false, SEARCH_BAD_VALUE, "_id"},
        {"_id=" ID "," ID, false, SEARCH_OK, "_id"},
        {"identifier=a%7C", false, SEARCH_NOT_SUPPORTED, "identifier"},
        {"birthdate=ge", false, SEARCH_BAD_VALUE, "birthdate"},
        {"birthdate=1980,1981", false, SEARCH_NOT_SUPPORTED, "birthdate"},
        {"birthdate=ap1980", false, SEARCH_BAD_VALUE, "birthdate"},
        {"patient=Group/" ID, false, SEARCH_BAD_VALUE, "patient"},
        {"patient=XPatient/" ID, false, SEARCH_BAD_VALUE, "patient"},
        {"_count=0", false, SEARCH_OK, "_count"},
        {"_count=-1", false, SEARCH_BAD_VALUE, "_count"},
        {"_count=1000000", false, SEARCH_BAD_VALUE, "_count"},
        {"_total=accurate", false, SEARCH_OK, "_total"},
        {"_total=yes", false, SEARCH_BAD_VALUE, "_total"},
        {"_format=application/fhir%2Bjson", false, SEARCH_OK, "_format"},
        {"_format=xml", false, SEARCH_NOT_ACCEPTABLE, "_format"},
        {"_cursor=", false, SEARCH_BAD_VALUE, "_cursor"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        print_message("%s\n", cases[i].query);
        assert_int_equal(parse(cases[i].query, cases[i].strict), cases[i].fault);
        if (cases[i].which == NULL) {
            assert_null(which);
        } else {
            assert_string_equal(which, cases[i].which);
        }
    }
}

static void limits_hold(void **state)
{
    struct strbuf query;

    (void)state;
    strbuf_init(&query, 1 << 20);
    for (int i = 0; i < SEARCH_PAIRS_MAX + 1; i++) {
        strbuf_puts(&query, "x=1&");
    }
    assert_int_equal(parse(query.at, false), SEARCH_TOO_MANY);
    strbuf_clear(&query);
    for (int i = 0; i < SEARCH_VALUES_MAX + 1; i++) {
        strbuf_puts(&query, "name=a&");
    }
    assert_int_equal(parse(query.at, false), SEARCH_TOO_MANY);
    strbuf_clear(&query);
    strbuf_puts(&query, "name=a");
    for (int i = 0; i < SEARCH_ALTERNATIVES_MAX; i++) {
        strbuf_puts(&query, ",a");
    }
    assert_int_equal(parse(query.at, false), SEARCH_TOO_MANY);
    strbuf_clear(&query);
    strbuf_puts(&query, "name=");
    for (int i = 0; i < SEARCH_TEXT_MAX + 1; i++) {
        strbuf_putc(&query, 'a');
    }
    assert_int_equal(parse(query.at, false), SEARCH_TOO_LONG);
    strbuf_release(&query);
}

static void values_are_decoded_once_and_cut_at_bare_marks(void **state)
{
    const struct search_value *value;

    (void)state;
    assert_int_equal(parse("identifier=a%7Cb,c%5C%7Cd,%5C,e,f%252C%7Cg%7Ch", true), SEARCH_OK);
    value = search_find(&search, "identifier");
    assert_int_equal(value->nalternatives, 4);
    assert_text(value->alternatives[0].system, "a");
    assert_text(value->alternatives[0].value, "b");
    assert_null(value->alternatives[1].system.at);
    assert_text(value->alternatives[1].value, "c|d");
    assert_text(value->alternatives[2].value, ",e");
    assert_text(value->alternatives[3].system, "f%2C");
    assert_text(value->alternatives[3].value, "g|h");
    assert_int_equal(parse("name=a+b%2Bc", true), SEARCH_OK);
    assert_text(search_find(&search, "name")->alternatives[0].value, "a b+c");
    assert_null(search_find(&search, "identifier"));
}

static void references_give_the_id(void **state)
{
    static const char *const queries[] = {"patient=" ID, "patient=Patient/" ID,
                                          "patient=http://x/fhir/Patient/" ID};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(queries); i++) {
        assert_int_equal(parse(queries[i], true), SEARCH_OK);
        assert_text(search_find(&search, "patient")->alternatives[0].value, ID);
    }
}

static void dates_stand_for_a_time(void **state)
{
    enum { SEC = 1000000, DAY = 86400 };
    static const struct {
        const char *text;
        int64_t from_sec;
        int64_t length_us;
    } cases[] = {
        {"1970", 0, (int64_t)365 * DAY * SEC},
        {"1972", (int64_t)730 * DAY, (int64_t)366 * DAY * SEC},
        {"1970-02", (int64_t)31 * DAY, (int64_t)28 * DAY * SEC},
        {"1970-12", (int64_t)334 * DAY, (int64_t)31 * DAY * SEC},
        {"1970-01-02", DAY, (int64_t)DAY * SEC},
        {"1969-12-31", -DAY, (int64_t)DAY * SEC},
        {"1970-01-01T01:02", 3720, 60 * SEC},
        {"1970-01-01T01:02Z", 3720, 60 * SEC},
        {"1970-01-01T01:02:03Z", 3723, SEC},
        {"1970-01-01T01:02:03.5Z", 3723, 100000},
        {"1970-01-01T04:02:03+03:00", 3723, SEC},
    };
    static const char *const wrong[] = {"",
                                        "1",
                                        "197",
                                        "19700",
                                        "1970-",
                                        "1970-1",
                                        "1970-00",
                                        "1970-13",
                                        "1970-02-30",
                                        "1970-02-00",
                                        "1970-02-1",
                                        "1970/02/01",
                                        "1970-02-01T",
                                        "1970-02-01T1",
                                        "1970-02-01 10:00",
                                        "1970-02-01T25:00",
                                        "1970-02-01T10:00:00+99:00",
                                        "0000",
                                        "abcd",
                                        "1970-02-01T10:00:00.Z"};
    int64_t from_us;
    int64_t to_us;
    bool is_dated;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        print_message("%s\n", cases[i].text);
        assert_true(search_date_range(text_of(cases[i].text), &from_us, &to_us, &is_dated));
        assert_int_equal(to_us - from_us, cases[i].length_us);
        assert_int_equal(from_us / SEC, cases[i].from_sec);
    }
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        print_message("%s\n", wrong[i]);
        assert_false(search_date_range(text_of(wrong[i]), &from_us, &to_us, &is_dated));
    }
}

static void prefixes_are_taken_off(void **state)
{
    static const struct {
        const char *query;
        enum search_prefix prefix;
    } cases[] = {{"birthdate=1980", PREFIX_EQ},   {"birthdate=eq1980", PREFIX_EQ},
                 {"birthdate=lt1980", PREFIX_LT}, {"birthdate=le1980", PREFIX_LE},
                 {"birthdate=gt1980", PREFIX_GT}, {"birthdate=ge1980", PREFIX_GE}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(parse(cases[i].query, true), SEARCH_OK);
        assert_int_equal(search_find(&search, "birthdate")->prefix, cases[i].prefix);
    }
}

static void the_link_holds_what_was_understood(void **state)
{
    static const struct {
        const char *query;
        const char *link;
    } cases[] = {
        {"", "Patient"},
        {"shoe=42", "Patient"},
        {"name=a&shoe=42&_count=7", "Patient?name=a&_count=7"},
        {"name=%D9%85+x&_count=9999&_total=accurate",
         "Patient?name=%D9%85+x&_count=200&_total=accurate"},
        {"name=\"<a>\"", "Patient?name=%22%3Ca%3E%22"},
        {"_total=none&_format=json&_cursor=x", "Patient"},
    };
    struct strbuf link;

    (void)state;
    strbuf_init(&link, 4096);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        strbuf_clear(&link);
        assert_int_equal(parse(cases[i].query, false), SEARCH_OK);
        search_write(&search, "Patient", &link);
        assert_string_equal(link.at, cases[i].link);
    }
    strbuf_release(&link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_has_its_query),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(values_are_decoded_once_and_cut_at_bare_marks),
        cmocka_unit_test(references_give_the_id),
        cmocka_unit_test(dates_stand_for_a_time),
        cmocka_unit_test(prefixes_are_taken_off),
        cmocka_unit_test(the_link_holds_what_was_understood),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_release(&arena);
    return failed;
}
