#include "mappings/map_fmt.h"
#include "mappings/map_notes.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void format(const char *content, struct strbuf *out)
{
    struct error err = {0};

    if (!map_fmt("m.yml", text_of(content), out, &err)) {
        fail_msg("%s\n%s", err.message, content);
    }
}

static void each_form_has_one_result(void **state)
{
    static const struct {
        const char *from;
        const char *to;
    } cases[] = {
        {"target: patient\nmap: a/b\n", "map: a/b\ntarget: patient\n"},
        {"map:   a/b   # why\n", "map: a/b  # why\n"},
        {"{map: a/b, release: \"1.0\"}\n", "map: a/b\nrelease: \"1.0\"\n"},
        {"map: 'a/b'\n", "map: \"a/b\"\n"},
        {"map: a/b\nsource:\n    key:\n    - K\n    - L\n    table: T\n",
         "map: a/b\nsource: {table: T, key: [K, L]}\n"},
        {"map: a/b\nsource:\n  # the key\n  key: K\n  table: T\n",
         "map: a/b\nsource:\n  table: T\n  # the key\n  key: K\n"},
        {"map: a/b\nrules:\n  M10:\n    to: x\n  M9: {from: a, to: y}\n",
         "map: a/b\nrules:\n  M9: {to: y, from: a}\n  M10:\n    to: x\n"},
        {"map: a/b\n\n\n\ntarget: x\n\n\n", "map: a/b\n\ntarget: x\n"},
        {"# head\n\n# of map\nmap: a/b\n# foot\n", "# head\n\n# of map\nmap: a/b\n# foot\n"},
        {"map: a/b\ndrop:\n  A: {why: \"it's\"}\n  # behind A\ntarget: t\n",
         "map: a/b\ntarget: t\ndrop:\n  A: {why: \"it's\"}\n  # behind A\n"},
        {"map: a/b\ndrop:\n  A:\n    why: a [b] c\n  B: {why: \"x # y\"}\n",
         "map: a/b\ndrop:\n  A: {why: \"a [b] c\"}\n  B: {why: \"x # y\"}\n"},
        {"map: a/b\ndrop:\n  '*': {why: 'say \"no\"'}\n",
         "map: a/b\ndrop:\n  \"*\": {why: 'say \"no\"'}\n"},
        {"map: a/b\ndrop:\n  A: {why: \"\\ttab\"}\n",
         "map: a/b\ndrop:\n  A: {why: \"\\ttab\"}\n"},
        {"map: a/b\nrules:\n  M1:\n    why: |\n      # no comment\n      two\n    to: x\n",
         "map: a/b\nrules:\n  M1:\n    to: x\n    why: |-\n      # no comment\n      two\n"},
        {"map: a/b\nrules:\n  M1:\n    to: x\n    tests:\n    - in: a # note\n      out: b\n",
         "map: a/b\nrules:\n  M1:\n    to: x\n    tests:\n      - {in: a, out: b}  # note\n"},
        {"map: a/b\nnote: \"two\n  lines # no comment\"\n",
         "map: a/b\nnote: \"two lines # no comment\"\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct strbuf out, again;

        strbuf_init(&out, 1 << 20);
        strbuf_init(&again, 1 << 20);
        format(cases[i].from, &out);
        assert_string_equal(out.at, cases[i].to);
        format(out.at, &again);
        assert_string_equal(again.at, cases[i].to);
        strbuf_release(&out);
        strbuf_release(&again);
    }
}

static void a_long_reason_is_folded_at_its_spaces(void **state)
{
    struct strbuf content, out;
    char *line;

    (void)state;
    strbuf_init(&content, 1 << 20);
    strbuf_init(&out, 1 << 20);
    strbuf_puts(&content, "map: a/b\nrules:\n  M1:\n    to: x\n    why:");
    for (int i = 0; i < 60; i++) {
        strbuf_puts(&content, " because");
    }
    strbuf_puts(&content, "\n");
    format(content.at, &out);
    assert_non_null(strstr(out.at, "    why: >-\n      because because"));
    for (line = out.at; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        assert_true(strcspn(line, "\n") <= MAP_FMT_WIDTH);
    }
    strbuf_release(&content);
    strbuf_release(&out);
}

static void comments_are_told_from_text(void **state)
{
    static const struct {
        const char *text;
        size_t comments;
    } cases[] = {
        {"# one\na: b # two\n", 2},
        {"a: b#c\n", 0},
        {"a: \"b # c\"\n", 0},
        {"a: 'it''s # b' # two\n", 1},
        {"a: \"b \\\" # c\"\n", 0},
        {"a: it's # one\n", 1},
        {"a: \"b\n # c\n d\" # one\n", 1},
        {"a: >-\n  # text\n\n  more\nb: c # one\n", 1},
        {"- |2\n   # text\n# one\n", 1},
        {"a: [b, # one\n 'c#', #two\n d]\n", 2},
        {"a: b > # one\n", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct map_notes notes;

        map_notes_read(&notes, text_of(cases[i].text), NULL);
        if (notes.comments != cases[i].comments) {
            fail_msg("%zu comments in %s", notes.comments, cases[i].text);
        }
        map_notes_release(&notes);
    }
}

static void what_is_no_map_is_refused(void **state)
{
    static const char *const cases[] = {"a: b\n", "- map\n", "map\n", "", "map: [\n"};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error err = {0};
        struct strbuf out;

        strbuf_init(&out, 1 << 20);
        assert_false(map_fmt("m.yml", text_of(cases[i]), &out, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        strbuf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_has_one_result),
        cmocka_unit_test(a_long_reason_is_folded_at_its_spaces),
        cmocka_unit_test(comments_are_told_from_text),
        cmocka_unit_test(what_is_no_map_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
