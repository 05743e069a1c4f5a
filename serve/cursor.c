#include "serve/cursor.h"

#include <assert.h>

enum {
    VERSION = 1,
    TAG_BYTES = 16,
    CURSOR_BYTES_MAX = 1 + CURSOR_POSITION_MAX + TAG_BYTES,
    SEALED_BYTES_MAX = 64 << 10,
};

static void tag_of(const struct cursor_scope *scope, struct text position,
                   uint8_t tag[SHA256_BYTES])
{
    struct strbuf sealed;

    strbuf_init(&sealed, SEALED_BYTES_MAX);
    strbuf_putc(&sealed, VERSION);
    strbuf_puts(&sealed, scope->organisation);
    strbuf_putc(&sealed, '\0');
    strbuf_add_text(&sealed, scope->search);
    strbuf_putc(&sealed, '\0');
    strbuf_add_text(&sealed, position);
    assert(!strbuf_is_full(&sealed));
    hmac_sha256_of(scope->key, strbuf_text(&sealed), tag);
    strbuf_release(&sealed);
}

void cursor_write(const struct cursor_scope *scope, struct text position, struct strbuf *out)
{
    uint8_t bytes[CURSOR_BYTES_MAX];
    uint8_t tag[SHA256_BYTES];
    char text[CURSOR_BYTES_MAX * 2];
    size_t len;

    assert(position.len <= CURSOR_POSITION_MAX);
    bytes[0] = VERSION;
    memcpy(bytes + 1, position.at, position.len);
    tag_of(scope, position, tag);
    memcpy(bytes + 1 + position.len, tag, TAG_BYTES);
    len = base64url_format((struct text){(const char *)bytes, 1 + position.len + TAG_BYTES},
                           text);
    strbuf_add(out, text, len);
}

bool cursor_read(const struct cursor_scope *scope, struct text cursor, struct arena *arena,
                 struct text *position)
{
    uint8_t bytes[CURSOR_BYTES_MAX];
    uint8_t tag[SHA256_BYTES];
    size_t len;

    if (!base64url_parse(cursor, bytes, sizeof(bytes), &len) || len <= 1 + TAG_BYTES ||
        bytes[0] != VERSION) {
        return false;
    }
    *position = arena_copy(arena, (struct text){(const char *)bytes + 1, len - 1 - TAG_BYTES});
    tag_of(scope, *position, tag);
    return digest_equal(tag, bytes + len - TAG_BYTES, TAG_BYTES);
}
