#include "serve/auth.h"

#include "core/file.h"
#include "tests/unit/unit.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/hms-auth.XXXXXX";
static char path[64];

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/tokens.yml", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static enum auth_verdict check(const struct auth *auth, const char *header, int64_t now_us,
                               const char **name)
{
    const struct token *token;
    enum auth_verdict verdict = auth_check(auth, header, now_us, &token);

    *name = token == NULL ? "" : token->name;
    return verdict;
}

static void a_new_token_opens_its_organisation(void **state)
{
    struct error err = {0};
    struct auth auth;
    char first[AUTH_TOKEN_MAX];
    char second[AUTH_TOKEN_MAX];
    char header[128];
    const char *name;
    struct stat info;

    (void)state;
    assert_true(token_new(path, "northgate", "one", 30, first, &err));
    assert_true(token_new(path, "lindenhof", "two", 30, second, &err));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(first), 47);

    assert_true(auth_load(&auth, path, &err));
    assert_int_equal(auth.ntokens, 2);
    assert_string_equal(auth.tokens[0].organisation, "northgate");
    snprintf(header, sizeof(header), "Bearer %s", second);
    assert_int_equal(check(&auth, header, 0, &name), AUTH_GRANTED);
    assert_string_equal(name, "two");
    header[0] = 'b';
    assert_int_equal(check(&auth, header, 0, &name), AUTH_GRANTED);
    assert_int_equal(check(&auth, header, INT64_MAX, &name), AUTH_EXPIRED);
    header[strlen(header) - 1] ^= 1;
    assert_int_equal(check(&auth, header, 0, &name), AUTH_UNKNOWN);
    assert_string_equal(name, "");
    auth_release(&auth);
}

static void headers_that_are_no_token_are_refused(void **state)
{
    static const struct {
        const char *header;
        enum auth_verdict verdict;
    } cases[] = {
        {NULL, AUTH_MISSING},      {"", AUTH_MISSING},          {"Bearer", AUTH_UNKNOWN},
        {"Bearer ", AUTH_UNKNOWN}, {"Basic abc", AUTH_UNKNOWN}, {"Bearer abc", AUTH_UNKNOWN},
    };
    struct auth none = {0};
    const char *name;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(check(&none, cases[i].header, 0, &name), cases[i].verdict);
    }
}

#define KEY    "cursor_key: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
#define SHA    "sha256: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FUTURE "expires: 2099-01-01T00:00:00Z"

static void a_file_that_is_not_right_is_refused_as_a_whole(void **state)
{
    static const char *const contents[] = {
        "",
        "just words\n",
        "tokens: []\n",
        "cursor_key: 12\ntokens: []\n",
        KEY,
        KEY "tokens: x\n",
        KEY "tokens: [x]\n",
        KEY "tokens: []\nmore: 1\n",
        KEY "tokens:\n  - {name: a, organisation: b, " SHA "}\n",
        KEY "tokens:\n  - {name: a, organisation: b, sha256: 00, " FUTURE "}\n",
        KEY "tokens:\n  - {name: a b, organisation: b, " SHA ", " FUTURE "}\n",
        KEY "tokens:\n  - {name: a, organisation: B, " SHA ", " FUTURE "}\n",
        KEY "tokens:\n  - {name: a, organisation: b, " SHA ", expires: soon}\n",
        KEY "tokens:\n  - {name: a, organisation: b, " SHA ", " FUTURE ", scope: all}\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(contents); i++) {
        struct error err = {0};
        struct error ignored = {0};
        struct auth auth;
        assert_true(file_write(path, text_of(contents[i]), &ignored));
        print_message("%zu\n", i);
        assert_false(auth_load(&auth, path, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        assert_null(auth.tokens);
    }
}

static void a_file_that_others_may_read_is_refused(void **state)
{
    static const mode_t modes[] = {0640, 0604, 0620, 0644, 0700};
    struct error ignored = {0};
    struct auth auth;

    (void)state;
    assert_true(file_write(path, text_of(KEY "tokens: []\n"), &ignored));
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        struct error err = {0};
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_false(auth_load(&auth, path, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
    }
    assert_int_equal(chmod(path, 0600), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_token_opens_its_organisation),
        cmocka_unit_test(headers_that_are_no_token_are_refused),
        cmocka_unit_test(a_file_that_is_not_right_is_refused_as_a_whole),
        cmocka_unit_test(a_file_that_others_may_read_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
