#include "core/json_out.h"
#include "core/strbuf.h"
#include "core/yaml.h"
#include "tests/unit/unit.h"

static void nodes_know_their_place_and_stay_text(void **state)
{
    struct error err = {0};
    struct yaml *yaml = yaml_parse("m.yml",
                                   text_of("country: no\n"
                                           "list: [1, \"2\", 1.50]\n"
                                           "empty:\n"
                                           "big: 123456789012345678901\n"),
                                   &err);
    const struct yaml_node *root;
    (void)state;
    assert_non_null(yaml);
    root = yaml_root(yaml);
    assert_string_equal(yaml_get_text(root, "country", NULL), "no");
    assert_string_equal(yaml_get_text(root, "big", NULL), "123456789012345678901");
    assert_string_equal(yaml_get_text(root, "empty", NULL), "");
    assert_int_equal(yaml_get(root, "empty")->line, 3);
    assert_null(yaml_get_text(root, "missing", NULL));
    assert_int_equal(yaml_get(root, "list")->nchildren, 3);
    assert_string_equal(yaml_get(root, "list")->child->next->next->text, "1.50");
    assert_true(yaml_get(root, "list")->child->next->quoted);
    assert_int_equal(yaml_get(root, "list")->child->line, 2);
    assert_int_equal(yaml_get(root, "list")->child->col, 8);
    yaml_free(yaml);
}

static void an_error_shows_the_line_and_a_caret_under_the_word(void **state)
{
    struct error err = {0};
    struct yaml *yaml = yaml_parse("m.yml", text_of("a: b\nvia: trim | daet 'x'\n"), &err);
    (void)state;
    assert_non_null(yaml);
    assert_false(yaml_error_at(yaml, yaml_get(yaml_root(yaml), "via"), 7, 4, &err,
                               "unknown step '%s'", "daet"));
    assert_int_equal(err.code, ERROR_CONFIG);
    assert_string_equal(err.message, "m.yml:2:13: unknown step 'daet'\n"
                                     "  2 | via: trim | daet 'x'\n"
                                     "    |             ^^^^");
    yaml_free(yaml);
}

static void what_is_not_part_of_the_language_is_refused(void **state)
{
    static const struct {
        const char *in;
        const char *message;
    } cases[] = {
        {"", "empty"},
        {"a: 1\na: 2\n", "given twice"},
        {"a: *b\n", "anchors"},
        {"a: &b c\n", "anchors"},
        {"a: !!str c\n", "anchors"},
        {"a: [1, 2\nb: c\n", "m.yml:"},
        {"a: 1\n---\nb: 2\n", "second document"},
        {"? [x]\n: y\n", "a key must be a word"},
        {"a: \xFF\n", "not UTF-8"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "levels"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        struct yaml *yaml = yaml_parse("m.yml", text_of(cases[i].in), &err);
        assert_null(yaml);
        if (strstr(err.message, cases[i].message) == NULL) {
            fail_msg("case %zu: %s", i, err.message);
        }
    }
}

static void unknown_keys_are_named_where_they_stand(void **state)
{
    static const char *const known[] = {"a", "b", NULL};
    struct error err = {0};
    struct yaml *yaml = yaml_parse("m.yml", text_of("a: 1\nc: 2\n"), &err);
    (void)state;
    assert_false(yaml_only(yaml, yaml_root(yaml), known, &err));
    assert_non_null(strstr(err.message, "m.yml:2:1: unknown key 'c'"));
    yaml_free(yaml);
}

static void json_escapes_what_must_be_and_mends_what_is_not_utf8(void **state)
{
    struct strbuf sb;
    struct json_out out;
    (void)state;
    strbuf_init(&sb, 1000);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member_text(&out, "a\"b", TEXT_LITERAL("\x01\n\\\xC3\xA9\xFFz\xE2\x82"));
    json_out_key(&out, "n");
    json_out_array(&out);
    json_out_int(&out, -5);
    json_out_raw(&out, TEXT_LITERAL("1.50"));
    json_out_bool(&out, false);
    json_out_null(&out);
    json_out_end_array(&out);
    json_out_member(&out, "none", NULL);
    json_out_end_object(&out);
    assert_string_equal(
        sb.at, "{\"a\\\"b\":\"\\u0001\\n\\\\\xC3\xA9\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\","
               "\"n\":[-5,1.50,false,null],\"none\":null}");
    strbuf_release(&sb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_place_and_stay_text),
        cmocka_unit_test(an_error_shows_the_line_and_a_caret_under_the_word),
        cmocka_unit_test(what_is_not_part_of_the_language_is_refused),
        cmocka_unit_test(unknown_keys_are_named_where_they_stand),
        cmocka_unit_test(json_escapes_what_must_be_and_mends_what_is_not_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
