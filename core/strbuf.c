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

char *strbuf_grow(struct strbuf *sb, size_t more)
{
    size_t need = sb->len + more + 1;
    size_t size = sb->size < STRBUF_FIRST ? STRBUF_FIRST : sb->size * 2;

    if (sb->full || more > sb->max || sb->len + more > sb->max) {
        sb->full = true;
        return NULL;
    }
    while (size < need) {
        size *= 2;
    }
    sb->size = size <= sb->max ? size : sb->max + 1;
    sb->at = xrealloc(sb->at, sb->size);
    return sb->at + sb->len;
}

void strbuf_puts(struct strbuf *sb, const char *string)
{
    strbuf_add(sb, string, strlen(string));
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
