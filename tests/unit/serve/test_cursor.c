#include "serve/cursor.h"
#include "tests/unit/unit.h"

static struct arena arena;
static const uint8_t key[SHA256_BYTES] = {1, 2, 3};
static const uint8_t other_key[SHA256_BYTES] = {1, 2, 4};
static const struct cursor_scope scope = {key, "northgate", {"Patient?name=a", 14}};

static char *make(const struct cursor_scope *of, const char *position)
{
    struct strbuf out;
    char *copy;

    strbuf_init(&out, 4096);
    cursor_write(of, text_of(position), &out);
    copy = arena_strdup(&arena, strbuf_text(&out));
    strbuf_release(&out);
    return copy;
}

static void a_cursor_gives_its_position_back(void **state)
{
    static const char *const positions[] = {
        "x", "aaaaaaaa-0000-8000-8000-000000000001",
        "2024-01-01 00:00:00.123456+00 aaaaaaaa-0000-8000-8000-000000000001",
        "-infinity aaaaaaaa-0000-8000-8000-000000000001"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(positions); i++) {
        struct text position;
        assert_true(
            cursor_read(&scope, text_of(make(&scope, positions[i])), &arena, &position));
        assert_text(position, positions[i]);
    }
}

static void a_cursor_is_good_for_its_scope_only(void **state)
{
    static const struct cursor_scope others[] = {
        {other_key, "northgate", {"Patient?name=a", 14}},
        {key, "northgat", {"Patient?name=a", 14}},
        {key, "northgate", {"Patient?name=b", 14}},
        {key, "northgate", {"Patient?name=", 13}},
    };
    struct text position;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        assert_false(cursor_read(&others[i], text_of(make(&scope, "x")), &arena, &position));
    }
}

static void a_changed_letter_is_refused(void **state)
{
    const char *cursor = make(&scope, "aaaaaaaa-0000-8000-8000-000000000001");
    size_t len = strlen(cursor);
    struct text position;

    (void)state;
    for (size_t i = 0; i < len; i++) {
        char *changed = arena_strdup(&arena, text_of(cursor));
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        assert_false(cursor_read(&scope, text_of(changed), &arena, &position));
        assert_false(cursor_read(&scope, (struct text){cursor, i}, &arena, &position));
    }
    assert_false(cursor_read(&scope, text_of("AQ=="), &arena, &position));
    assert_false(cursor_read(&scope, text_of("A\xC3"), &arena, &position));
}

static void base64url_has_one_text_for_each_value(void **state)
{
    uint8_t bytes[64];
    uint8_t back[64];
    char text[128];
    size_t len;

    (void)state;
    for (size_t size = 0; size <= sizeof(bytes); size++) {
        random_bytes(bytes, size);
        base64url_format((struct text){(const char *)bytes, size}, text);
        assert_true(base64url_parse(text_of(text), back, sizeof(back), &len));
        assert_int_equal(len, size);
        assert_memory_equal(bytes, back, size);
    }
    assert_false(base64url_parse(text_of("AB"), back, sizeof(back), &len)); /* bits left over */
    assert_false(base64url_parse(text_of("A"), back, sizeof(back), &len));
    assert_false(base64url_parse(text_of("AA"), back, 0, &len)); /* no room */
}

static void digests_are_those_of_the_standards(void **state)
{
    uint8_t digest[SHA256_BYTES];
    uint8_t hmac_key[SHA256_BYTES] = "Jefe";
    char hex[2 * SHA256_BYTES + 1];

    (void)state;
    sha256_of(text_of("abc"), digest); /* FIPS 180-2, appendix B.1 */
    hex_format(digest, sizeof(digest), hex);
    assert_string_equal(hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    /* RFC 4231, test case 2: a key is filled up with zeros */
    hmac_sha256_of(hmac_key, text_of("what do ya want for nothing?"), digest);
    hex_format(digest, sizeof(digest), hex);
    assert_string_equal(hex,
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cursor_gives_its_position_back),
        cmocka_unit_test(a_cursor_is_good_for_its_scope_only),
        cmocka_unit_test(a_changed_letter_is_refused),
        cmocka_unit_test(base64url_has_one_text_for_each_value),
        cmocka_unit_test(digests_are_those_of_the_standards),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_release(&arena);
    return failed;
}
