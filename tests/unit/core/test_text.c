#include "core/arena.h"
#include "core/strbuf.h"
#include "core/strmap.h"
#include "core/text.h"
#include "tests/unit/unit.h"

static void trim_takes_spaces_tabs_line_ends_and_nbsp_only(void **state)
{
    static const struct {
        const char *in;
        const char *out;
    } cases[] = {
        {"", ""},
        {"  ", ""},
        {" a b ", "a b"},
        {"\ta\r\n", "a"},
        {"\xC2\xA0x\xC2\xA0", "x"},
        {"\xC3\xA9", "\xC3\xA9"},
        {"\x01", "\x01"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_text(text_trim(text_of(cases[i].in)), cases[i].out);
    }
}

static void utf8_check_knows_overlong_surrogate_and_cut_sequences(void **state)
{
    static const struct {
        struct text in;
        bool good;
    } cases[] = {
        {TEXT_LITERAL("plain text of more than eight bytes"), true},
        {TEXT_LITERAL("M\xC3\xBCller \xD9\x85\xD8\xAD \xF0\x9F\x98\x80"), true},
        {TEXT_LITERAL("\xEF\xBF\xBD"), true},
        {TEXT_LITERAL("\xC0\xAF"), false},
        {TEXT_LITERAL("\xE0\x80\xAF"), false},
        {TEXT_LITERAL("\xED\xA0\x80"), false},
        {TEXT_LITERAL("\xF4\x90\x80\x80"), false},
        {TEXT_LITERAL("\xF5\x80\x80\x80"), false},
        {TEXT_LITERAL("abc\xC3"), false},
        {TEXT_LITERAL("\x80"), false},
        {TEXT_LITERAL("eight by\0tes, one of them NUL"), false},
        {TEXT_LITERAL("a\0"), false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(text_is_utf8(cases[i].in), cases[i].good);
    }
}

static void globs_match_stars_and_question_marks(void **state)
{
    (void)state;
    assert_true(text_match_glob("FIPS_*_CD", "FIPS_STATE_JAN_CD"));
    assert_true(text_match_glob("*", ""));
    assert_true(text_match_glob("a?c", "abc"));
    assert_false(text_match_glob("a?c", "ac"));
    assert_false(text_match_glob("a*b", "abc"));
    assert_true(text_match_glob("a*b*c", "axxbyybzc"));
}

static void comparison_is_bytewise_shorter_first(void **state)
{
    (void)state;
    assert_true(text_compare(text_of("a"), text_of("ab")) < 0);
    assert_true(text_compare(text_of("b"), text_of("ab")) > 0);
    assert_int_equal(text_compare(text_of("ab"), text_of("ab")), 0);
    assert_true(text_equal_nocase(text_of("aB"), text_of("Ab")));
}

static void arena_keeps_what_it_gave_until_clear(void **state)
{
    struct arena arena = {0};
    char *texts[1000];
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            texts[i] = arena_printf(&arena, "%d-%0*d", i, i, 7);
        }
        for (int i = 0; i < 1000; i++) {
            assert_int_equal(strtol(texts[i], NULL, 10), i);
        }
        assert_int_equal((uintptr_t)arena_alloc(&arena, 3) % 16, 0);
        arena_clear(&arena);
        assert_int_equal(arena.used, 0);
    }
    arena_release(&arena);
}

static void strbuf_refuses_to_pass_its_maximum(void **state)
{
    struct strbuf sb;
    (void)state;
    strbuf_init(&sb, 8);
    strbuf_puts(&sb, "12345");
    strbuf_addf(&sb, "%d", 678);
    assert_false(strbuf_is_full(&sb));
    strbuf_putc(&sb, '9');
    assert_true(strbuf_is_full(&sb));
    assert_string_equal(sb.at, "12345678");
    strbuf_clear(&sb);
    assert_false(strbuf_is_full(&sb));
    strbuf_release(&sb);
}

static void strmap_finds_all_it_was_given_and_stops_at_its_maximum(void **state)
{
    struct strmap map;
    char key[16];
    (void)state;
    strmap_init(&map, 5000);
    for (uint64_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof(key), "k%d", (int)i);
        strmap_put(&map, text_of(key))->number = i;
    }
    assert_null(strmap_put(&map, text_of("one too many")));
    assert_non_null(strmap_put(&map, text_of("k17")));
    for (uint64_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof(key), "k%d", (int)i);
        assert_int_equal(strmap_find(&map, text_of(key))->number, i);
    }
    assert_null(strmap_find(&map, text_of("k5000")));
    strmap_release(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trim_takes_spaces_tabs_line_ends_and_nbsp_only),
        cmocka_unit_test(utf8_check_knows_overlong_surrogate_and_cut_sequences),
        cmocka_unit_test(globs_match_stars_and_question_marks),
        cmocka_unit_test(comparison_is_bytewise_shorter_first),
        cmocka_unit_test(arena_keeps_what_it_gave_until_clear),
        cmocka_unit_test(strbuf_refuses_to_pass_its_maximum),
        cmocka_unit_test(strmap_finds_all_it_was_given_and_stops_at_its_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
