#include "core/strbuf.h"

#include <stdarg.h>

enum { STRBUF_FIRST = 256 };

void strbuf_init(struct strbuf *sb, size_t max)
{
    *sb = (struct strbuf){.max = max};
}

void strbuf_release(struct strbuf *sb)
{
    free(sb->at);
    *sb = (struct strbuf){.max = sb->max};
}

void strbuf_clear(struct strbuf *sb)
{
    sb->len = 0;
    sb->full = false;
    if (sb->at != NULL) {
        sb->at[0] = '\0';
    }
}

bool strbuf_is_full(const struct strbuf *sb)
{
    return sb->full;
}

char *strbuf_reserve(struct strbuf *sb, size_t more)
{
    size_t need = sb->len + more + 1;

    if (sb->full || more > sb->max || sb->len + more > sb->max) {
        sb->full = true;
        return NULL;
    }
    if (need > sb->size) {
        size_t size = sb->size < STRBUF_FIRST ? STRBUF_FIRST : sb->size * 2;
        while (size < need) {
            size *= 2;
        }
        sb->at = xrealloc(sb->at, size);
        sb->size = size;
    }
    return sb->at + sb->len;
}

void strbuf_add(struct strbuf *sb, const void *bytes, size_t len)
{
    char *room = strbuf_reserve(sb, len);

    if (room == NULL) {
        return;
    }
    if (len > 0) {
        memcpy(room, bytes, len);
    }
    sb->len += len;
    sb->at[sb->len] = '\0';
}

void strbuf_add_text(struct strbuf *sb, struct text text)
{
    strbuf_add(sb, text.at, text.len);
}

void strbuf_puts(struct strbuf *sb, const char *string)
{
    strbuf_add(sb, string, strlen(string));
}

void strbuf_putc(struct strbuf *sb, char byte)
{
    strbuf_add(sb, &byte, 1);
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
    va_list args;
    va_list again;
    char *room;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    room = len < 0 ? NULL : strbuf_reserve(sb, (size_t)len);
    if (room != NULL) {
        vsnprintf(room, (size_t)len + 1, format, again);
        sb->len += (size_t)len;
    }
    va_end(again);
}

struct text strbuf_text(const struct strbuf *sb)
{
    return (struct text){sb->at == NULL ? "" : sb->at, sb->len};
}
