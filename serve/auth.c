#include "serve/auth.h"

#include "core/calendar.h"
#include "core/file.h"
#include "core/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TOKENS_FILE_MAX = 1 << 20, TOKEN_RANDOM_BYTES = 32 };

static const char token_prefix[] = "hms_";
static const char name_letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

/* ---- reading ---- */

/* The content of a file that nobody else can read or replace behind our back: what was checked
 * is the open file, not the name. */
static bool read_private(const char *path, struct strbuf *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;
    ssize_t got = 0;

    if (fd < 0) {
        return error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
    }
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        error_set(err, ERROR_CONFIG, "%s: not a file", path);
    } else if ((st.st_mode & 0177) != 0 || (st.st_uid != 0 && st.st_uid != geteuid())) {
        error_set(err, ERROR_CONFIG, "%s: others may read or change it", path);
        error_hint(err, "chmod 600, and owned by the user who serves");
    } else {
        char *room;
        while ((room = strbuf_reserve(out, 4096)) != NULL && (got = read(fd, room, 4096)) > 0) {
            out->len += (size_t)got;
            out->at[out->len] = '\0';
        }
        if (got < 0) {
            error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
        } else if (strbuf_is_full(out)) {
            error_set(err, ERROR_LIMIT, "%s: larger than %d bytes", path, TOKENS_FILE_MAX);
        }
    }
    close(fd);
    return err->code == ERROR_NONE;
}

static bool name_is_valid(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len <= AUTH_NAME_MAX && strspn(name, name_letters) == len;
}

static bool read_token(const struct yaml *yaml, const struct yaml_node *node,
                       struct token *token, struct error *err)
{
    static const char *const known[] = {"name", "organisation", "sha256", "expires", NULL};
    const char *name;
    const char *organisation;

    if (node->kind != YAML_MAP) {
        return yaml_error(yaml, node, err, "a token is {name, organisation, sha256, expires}");
    }
    if (!yaml_only(yaml, node, known, err)) {
        return false;
    }
    name = yaml_get_text(node, "name", "");
    organisation = yaml_get_text(node, "organisation", "");
    if (!name_is_valid(name)) {
        return yaml_error(yaml, node, err, "name is 1 to %d of [A-Za-z0-9_.-]", AUTH_NAME_MAX);
    }
    if (!org_code_is_valid(text_of(organisation))) {
        return yaml_error(yaml, node, err, "organisation is not a code");
    }
    if (!hex_parse(text_of(yaml_get_text(node, "sha256", "")), token->sha256, SHA256_BYTES)) {
        return yaml_error(yaml, node, err, "sha256 is 64 hex digits");
    }
    if (!calendar_parse_timestamp(text_of(yaml_get_text(node, "expires", "")),
                                  &token->expires_us)) {
        return yaml_error(yaml, node, err, "expires is a time such as 2027-01-01T00:00:00Z");
    }
    snprintf(token->name, sizeof(token->name), "%s", name);
    snprintf(token->organisation, sizeof(token->organisation), "%s", organisation);
    return true;
}

static bool read_tokens(struct auth *auth, const struct yaml *yaml, struct error *err)
{
    static const char *const known[] = {"cursor_key", "tokens", NULL};
    const struct yaml_node *root = yaml_root(yaml);
    const struct yaml_node *tokens;

    if (root == NULL || root->kind != YAML_MAP || !yaml_only(yaml, root, known, err)) {
        return error_set(err, ERROR_CONFIG, "%s: no tokens", yaml_path(yaml));
    }
    if (!hex_parse(text_of(yaml_get_text(root, "cursor_key", "")), auth->cursor_key,
                   SHA256_BYTES)) {
        return yaml_error(yaml, root, err, "cursor_key is 64 hex digits");
    }
    tokens = yaml_get(root, "tokens");
    if (tokens == NULL || tokens->kind != YAML_LIST || tokens->nchildren > AUTH_TOKENS_MAX) {
        return yaml_error(yaml, root, err, "tokens is a list of at most %d", AUTH_TOKENS_MAX);
    }
    auth->tokens = xcalloc(tokens->nchildren, sizeof(auth->tokens[0]));
    for (const struct yaml_node *node = tokens->child; node != NULL; node = node->next) {
        if (!read_token(yaml, node, &auth->tokens[auth->ntokens], err)) {
            return false;
        }
        auth->ntokens++;
    }
    return true;
}

bool auth_load(struct auth *auth, const char *path, struct error *err)
{
    struct strbuf content;
    struct yaml *yaml = NULL;
    bool ok = false;

    *auth = (struct auth){0};
    strbuf_init(&content, TOKENS_FILE_MAX);
    if (read_private(path, &content, err)) {
        yaml = yaml_parse_data(path, strbuf_text(&content), err);
        ok = yaml != NULL && read_tokens(auth, yaml, err);
    }
    yaml_free(yaml);
    strbuf_release(&content);
    if (!ok) {
        auth_release(auth);
    }
    return ok;
}

void auth_release(struct auth *auth)
{
    free(auth->tokens);
    *auth = (struct auth){0};
}

/* ---- checking ---- */

enum auth_verdict auth_check(const struct auth *auth, const char *header, int64_t now_us,
                             const struct token **token)
{
    static const char scheme[] = "Bearer ";
    struct text text = text_of(header);
    uint8_t presented[SHA256_BYTES];

    *token = NULL;
    if (text.len == 0) {
        return AUTH_MISSING;
    }
    if (text.len < sizeof(scheme) || text.len > AUTH_HEADER_MAX ||
        !text_equal_nocase((struct text){text.at, sizeof(scheme) - 1}, text_of(scheme))) {
        return AUTH_UNKNOWN;
    }
    sha256_of((struct text){text.at + sizeof(scheme) - 1, text.len - sizeof(scheme) + 1},
              presented);
    for (size_t i = 0; i < auth->ntokens; i++) {
        if (digest_equal(presented, auth->tokens[i].sha256, SHA256_BYTES)) {
            *token = &auth->tokens[i];
        }
    }
    if (*token == NULL) {
        return AUTH_UNKNOWN;
    }
    return now_us < (*token)->expires_us ? AUTH_GRANTED : AUTH_EXPIRED;
}

/* ---- making ---- */

static void start_file(struct strbuf *content)
{
    uint8_t key[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];

    random_bytes(key, sizeof(key));
    hex_format(key, sizeof(key), hex);
    strbuf_puts(content,
                "# Tokens of hms serve; each token itself was shown once, when it was made.\n");
    strbuf_addf(content, "cursor_key: %s\ntokens:\n", hex);
}

static void make_token(char out[AUTH_TOKEN_MAX], char hash[2 * SHA256_BYTES + 1])
{
    uint8_t random[TOKEN_RANDOM_BYTES];
    uint8_t digest[SHA256_BYTES];

    random_bytes(random, sizeof(random));
    snprintf(out, AUTH_TOKEN_MAX, "%s", token_prefix);
    base64url_format((struct text){(const char *)random, sizeof(random)},
                     out + sizeof(token_prefix) - 1);
    sha256_of(text_of(out), digest);
    hex_format(digest, sizeof(digest), hash);
}

bool token_new(const char *path, const char *organisation, const char *name, int days,
               char out[AUTH_TOKEN_MAX], struct error *err)
{
    char hash[2 * SHA256_BYTES + 1];
    struct auth auth = {0};
    struct strbuf content;
    bool ok = false;

    strbuf_init(&content, TOKENS_FILE_MAX);
    if (!org_code_is_valid(text_of(organisation))) {
        error_set(err, ERROR_USAGE, "'%s' is not the code of an organisation", organisation);
        goto out;
    }
    if (!name_is_valid(name)) {
        error_set(err, ERROR_USAGE, "the name of a token is 1 to %d of [A-Za-z0-9_.-]",
                  AUTH_NAME_MAX);
        goto out;
    }
    if (!file_exists(path)) {
        start_file(&content);
    } else if (!auth_load(&auth, path, err) || !read_private(path, &content, err)) {
        goto out;
    }
    make_token(out, hash);
    strbuf_addf(&content, "  - {name: %s, organisation: %s, sha256: %s, expires: ", name,
                organisation, hash);
    calendar_format_date(&content, calendar_today() + days);
    strbuf_puts(&content, "T00:00:00Z}\n");
    ok = file_write(path, strbuf_text(&content), err);
out:
    auth_release(&auth);
    strbuf_release(&content);
    return ok;
}
