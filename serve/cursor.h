/*
 * cursor.h - where the next page begins, as a text that only this server can make.
 *
 * Layout    base64url of: version (1 byte), position (its bytes), tag (16 bytes); the tag is
 *           HMAC-SHA256 over version, organisation, search and position, cut to 16 bytes.
 * Promise   a cursor of another organisation, another search, another key, or with one bit
 *           changed is refused; the position in it is one that we wrote.
 * Limits    CURSOR_POSITION_MAX bytes.
 */
#ifndef HMS_SERVE_CURSOR_H
#define HMS_SERVE_CURSOR_H

#include "core/arena.h"
#include "core/strbuf.h"
#include "serve/digest.h"

enum { CURSOR_POSITION_MAX = 128 };

/* What a cursor is bound to. */
struct cursor_scope {
    const uint8_t *key; /* SHA256_BYTES */
    const char *organisation;
    struct text search; /* the self link without a cursor */
};

void cursor_write(const struct cursor_scope *scope, struct text position, struct strbuf *out);
/* The position, in the arena; false when the cursor is not ours. */
bool cursor_read(const struct cursor_scope *scope, struct text cursor, struct arena *arena,
                 struct text *position) __attribute__((warn_unused_result));

#endif
