/*
 * auth.h - who may ask, and for which organisation: bearer tokens from a file.
 *
 * File      YAML, mode 0600 and owned by root or by whoever reads it, written by token_new():
 *
 *               cursor_key: <64 hex digits>     # signs the cursors of paging
 *               tokens:
 *                 - {name: demo, organisation: northgate, sha256: <64 hex digits>, expires: 2027-01-01T00:00:00Z}
 *
 * Tokens    "hms_" and 43 characters of base64url: 32 random bytes.  Only their SHA-256 is kept.
 * Compare   the digest of what was presented against every token of the file, in constant time.
 * Errors    reading: ERROR_CONFIG.  A token that is missing, malformed, unknown or expired is a
 *           verdict, and which of them it was goes into no answer but "expired".
 * Limits    AUTH_TOKENS_MAX tokens, AUTH_HEADER_MAX bytes of header.
 */
#ifndef HMS_SERVE_AUTH_H
#define HMS_SERVE_AUTH_H

#include "core/error.h"
#include "core/ident.h"
#include "serve/digest.h"

enum { AUTH_TOKENS_MAX = 1000, AUTH_HEADER_MAX = 512, AUTH_NAME_MAX = 40, AUTH_TOKEN_MAX = 64 };

struct token {
    char name[AUTH_NAME_MAX + 1]; /* for the access log: [A-Za-z0-9_.-] */
    char organisation[ORG_CODE_MAX + 1];
    uint8_t sha256[SHA256_BYTES];
    int64_t expires_us; /* since 1970 */
};

struct auth {
    struct token *tokens;
    size_t ntokens;
    uint8_t cursor_key[SHA256_BYTES];
};

enum auth_verdict { AUTH_GRANTED, AUTH_MISSING, AUTH_UNKNOWN, AUTH_EXPIRED };

bool auth_load(struct auth *auth, const char *path, struct error *err) MUST_CHECK;
void auth_release(struct auth *auth);
/* `header` is the value of Authorization, or NULL; *token is set when granted. */
enum auth_verdict auth_check(const struct auth *auth, const char *header, int64_t now_us,
                             const struct token **token);

/* Adds a token to the file, which is made when it is not there; `out` gets the token, the only
 * time anybody sees it. */
bool token_new(const char *path, const char *organisation, const char *name, int days,
               char out[AUTH_TOKEN_MAX], struct error *err) MUST_CHECK;

#endif
