#include "serve/accept.h"
#include "serve/fhir.h"
#include "serve/outcome.h"
#include "serve/prepared.h"
#include "serve/route.h"
#include "serve/statement.h"
#include "serve/url.h"
#include "tests/unit/unit.h"

static struct strbuf body;
static struct fhir fhir;

static int set_up(void **state)
{
    (void)state;
    strbuf_init(&body, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    strbuf_release(&body);
    return 0;
}

static void begin(void)
{
    strbuf_clear(&body);
    fhir = (struct fhir){.organisation = "northgate", .version = "v"};
    json_out_init(&fhir.out, &body);
    json_out_object(&fhir.out);
}

static void is(const char *json)
{
    json_out_end_object(&fhir.out);
    assert_string_equal(body.at, json);
}

static void blank_fields_write_nothing(void **state)
{
    static const char *const blanks[] = {"", " ", "\t\n", "\xC2\xA0 "};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(blanks); i++) {
        struct text blank = text_of(blanks[i]);
        begin();
        fhir_text(&fhir, "a", blank);
        fhir_text_list(&fhir, "b", blank);
        fhir_code(&fhir, "c", blank);
        fhir_concept(&fhir, "d", &(struct fhir_concept){.code = blank, .source_code = blank});
        fhir_concept_text(&fhir, "e", blank);
        fhir_date(&fhir, "f", blank, blank);
        fhir_when(&fhir, "g", blank, (struct text){"", 0});
        fhir_decimal(&fhir, "h", blank);
        fhir_period(&fhir, "i", blank, blank);
        is("{}");
    }
    begin();
    fhir_bool(&fhir, "j", (struct text){"", 0});
    fhir_reference(&fhir, "k", "Patient", (struct text){"", 0});
    fhir_reference_elsewhere(&fhir, "l", "Patient", (struct text){"", 0});
    is("{}");
}

static void dates_are_shown_as_far_as_they_are_known(void **state)
{
    static const struct {
        const char *at;
        const char *precision;
        const char *json;
    } cases[] = {
        {"1980-02-01", "Y", "{\"d\":\"1980\"}"},
        {"1980-02-01", "M", "{\"d\":\"1980-02\"}"},
        {"1980-02-01", "D", "{\"d\":\"1980-02-01\"}"},
        {"2024-05-06 07:08:09.25+00", "T", "{\"d\":\"2024-05-06T07:08:09.25Z\"}"},
        {"2024-05-06 07:08:09+00", "", "{\"d\":\"2024-05-06T07:08:09Z\"}"},
        {"infinity", "T", "{}"},
        {"-infinity", "D", "{}"},
        {"0044-03-15 BC", "D", "{}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        begin();
        fhir_when(&fhir, "d", text_of(cases[i].at), text_of(cases[i].precision));
        is(cases[i].json);
    }
}

static void a_concept_has_the_standard_and_the_source(void **state)
{
    static const struct {
        struct fhir_concept concept;
        const char *json;
    } cases[] = {
        {{.code = {"718-7", 5},
          .system = {"loinc", 5},
          .source_code = {" HB ", 4},
          .source_system = {"lab x", 5},
          .source_text = {"Hb", 2}},
         "{\"c\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"},"
         "{\"system\":\"urn:hms:northgate:lab%20x\",\"code\":\"HB\"}],\"text\":\"Hb\"}}"},
        {{.code = {"1", 1}}, "{\"c\":{\"coding\":[{\"code\":\"1\"}]}}"},
        {{.code = {"1", 1}, .system = {"http://x.org/y", 14}},
         "{\"c\":{\"coding\":[{\"system\":\"http://x.org/y\",\"code\":\"1\"}]}}"},
        {{.source_code = {"A  B", 4}}, "{\"c\":{\"text\":\"A  B\"}}"},
        {{.source_text = {"words", 5}}, "{\"c\":{\"text\":\"words\"}}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        begin();
        fhir_concept(&fhir, "c", &cases[i].concept);
        is(cases[i].json);
    }
}

static void a_system_that_was_written_is_found_again(void **state)
{
    static const char *const names[] = {
        "loinc", "icd10cm", "mrn", "national id", "a/b%c", "http://hl7.org/fhir/sid/us-ssn"};
    struct arena arena = {0};
    struct strbuf uri;

    (void)state;
    strbuf_init(&uri, 1024);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        strbuf_clear(&uri);
        fhir_system_uri(&uri, "northgate", text_of(names[i]));
        assert_text(fhir_system_name(&arena, strbuf_text(&uri), "northgate"), names[i]);
        assert_text(fhir_system_name(&arena, text_of(names[i]), "northgate"), names[i]);
    }
    strbuf_release(&uri);
    arena_release(&arena);
}

static void codes_are_what_fhir_allows(void **state)
{
    (void)state;
    assert_true(fhir_is_code(text_of("a")));
    assert_true(fhir_is_code(text_of("a b")));
    assert_false(fhir_is_code(text_of("")));
    assert_false(fhir_is_code(text_of(" a")));
    assert_false(fhir_is_code(text_of("a ")));
    assert_false(fhir_is_code(text_of("a  b")));
    assert_false(fhir_is_code(text_of("a\tb")));
}

static void numbers_stay_as_they_are(void **state)
{
    (void)state;
    begin();
    fhir_decimal(&fhir, "a", text_of("123456789012.000001"));
    fhir_decimal(&fhir, "b", text_of("-0.5"));
    fhir_decimal(&fhir, "c", text_of("NaN"));
    is("{\"a\":123456789012.000001,\"b\":-0.5}");
}

static void urls_are_decoded_once(void **state)
{
    static const struct {
        const char *encoded;
        const char *decoded; /* NULL: refused */
    } cases[] = {
        {"", ""},         {"a+b", "a b"},         {"%41%2B", "A+"},    {"%2541", "%41"},
        {"%", NULL},      {"%4", NULL},           {"%g0", NULL},       {"%00", NULL},
        {"%c0%80", NULL}, {"%C3%A9", "\xC3\xA9"}, {"%ed%a0%80", NULL}, {"\xFF", NULL},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text out;
        bool ok = url_decode(&arena, text_of(cases[i].encoded), true, &out);
        assert_int_equal(ok, cases[i].decoded != NULL);
        if (ok) {
            assert_text(out, cases[i].decoded);
        }
    }
    arena_release(&arena);
}

static void paths_find_their_route(void **state)
{
    static const struct {
        const char *path;
        const char *pattern;
        const char *id;
    } cases[] = {
        {"/healthz", "/healthz", ""},
        {"/fhir/Patient", "/fhir/Patient", ""},
        {"/fhir/Patient/x", "/fhir/Patient/{id}", "x"},
        {"/fhir/Patient/", NULL, ""},
        {"/fhir/Patient/x/y", NULL, ""},
        {"/fhir/Patients", NULL, ""},
        {"/FHIR/Patient", NULL, ""},
        {"", NULL, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text id;
        const struct route *route = route_find(text_of(cases[i].path), &id);
        if (cases[i].pattern == NULL) {
            assert_null(route);
            continue;
        }
        assert_string_equal(route->pattern, cases[i].pattern);
        assert_text(id, cases[i].id);
    }
    for (size_t i = 0; i < route_count; i++) {
        assert_int_not_equal(route_table[i].scope, SCOPE_DENIED);
    }
}

static void headers_choose_the_answer(void **state)
{
    static const struct {
        const char *accept;
        bool ok;
    } cases[] = {
        {NULL, true},
        {"", true},
        {"*/*", true},
        {"application/fhir+json", true},
        {"text/html, APPLICATION/JSON;q=0.5", true},
        {"application/fhir+json;fhirVersion=4.0", true},
        {"application/fhir+json;q=0", false},
        {"application/fhir+json;q=0.000, text/plain", false},
        {"text/html", false},
        {",;,", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(accept_is_json(cases[i].accept), cases[i].ok);
    }
    assert_true(etag_is_listed("W/\"v\"", "v"));
    assert_true(etag_is_listed("\"x\" , \"v\"", "v"));
    assert_true(etag_is_listed("*", "v"));
    assert_false(etag_is_listed(NULL, "v"));
    assert_false(etag_is_listed("v", "v"));
    assert_false(etag_is_listed("W/\"w\"", "v"));
}

static void array_literals_quote_what_they_hold(void **state)
{
    static const struct text items[] = {
        {"a", 1}, {"\"\\,{}", 5}, {NULL, 0}, {"", 0}, {"NULL", 4}};
    struct arena arena = {0};

    (void)state;
    assert_string_equal(array_literal(&arena, items, 5),
                        "{\"a\",\"\\\"\\\\,{}\",NULL,\"\",\"NULL\"}");
    assert_string_equal(array_literal(&arena, items, 0), "{}");
    arena_release(&arena);
}

static void a_full_table_of_statements_makes_room(void **state)
{
    struct prepared prepared = {0};
    struct strbuf sql;
    uint64_t evicted = 0;

    (void)state;
    for (uint64_t i = 1; i <= PREPARED_MAX; i++) {
        assert_false(prepared_add(&prepared, i, &evicted));
    }
    assert_true(prepared_add(&prepared, 1000, &evicted));
    assert_int_equal(evicted, 1);
    assert_false(prepared_has(&prepared, 1));
    assert_true(prepared_has(&prepared, 1000));
    prepared_forget(&prepared, 1000);
    assert_false(prepared_has(&prepared, 1000));

    strbuf_init(&sql, 1024);
    prepared_sql("{org} = x AND {org}", -7, &sql);
    assert_string_equal(sql.at, "-7 = x AND -7");
    strbuf_release(&sql);
    assert_int_not_equal(prepared_statement("a", 1), prepared_statement("a", 2));
}

static void an_outcome_replaces_what_was_written(void **state)
{
    struct reply reply = {.status = 200};

    (void)state;
    strbuf_init(&reply.body, 1 << 20);
    strbuf_puts(&reply.body, "half an answer");
    snprintf(reply.etag, sizeof(reply.etag), "W/\"x\"");
    assert_false(
        outcome_reply(&reply, 404, ISSUE_NOT_FOUND, "there is no such %s", "\"thing\""));
    assert_int_equal(reply.status, 404);
    assert_string_equal(reply.etag, "");
    assert_string_equal(
        reply.body.at,
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
        "\"code\":\"not-found\",\"diagnostics\":\"there is no such \\\"thing\\\"\"}]}");
    strbuf_release(&reply.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_fields_write_nothing),
        cmocka_unit_test(dates_are_shown_as_far_as_they_are_known),
        cmocka_unit_test(a_concept_has_the_standard_and_the_source),
        cmocka_unit_test(a_system_that_was_written_is_found_again),
        cmocka_unit_test(codes_are_what_fhir_allows),
        cmocka_unit_test(numbers_stay_as_they_are),
        cmocka_unit_test(urls_are_decoded_once),
        cmocka_unit_test(paths_find_their_route),
        cmocka_unit_test(headers_choose_the_answer),
        cmocka_unit_test(array_literals_quote_what_they_hold),
        cmocka_unit_test(a_full_table_of_statements_makes_room),
        cmocka_unit_test(an_outcome_replaces_what_was_written),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
