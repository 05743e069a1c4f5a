/*
 * strbuf.h - a growing run of bytes with a stated maximum.
 *
 * Ownership the caller owns the struct and releases it.
 * Limits    what would pass `max` is not added and sets `full`; the caller asks
 *           strbuf_is_full() once at the end and answers with ERROR_LIMIT.
 * Terminator a NUL byte always follows the content and is not counted; `size` counts it, and is at
 *           most `max` + 1.
 */
#ifndef HMS_CORE_STRBUF_H
#define HMS_CORE_STRBUF_H

#include "core/text.h"

struct strbuf {
    char *at;
    size_t len;
    size_t size;
    size_t max;
    bool full;
};

void strbuf_init(struct strbuf *sb, size_t max);
void strbuf_release(struct strbuf *sb);
void strbuf_clear(struct strbuf *sb);
bool strbuf_is_full(const struct strbuf *sb);
char *strbuf_grow(struct strbuf *sb, size_t more); /* the slow half of strbuf_reserve() */
void strbuf_puts(struct strbuf *sb, const char *string);
void strbuf_addf(struct strbuf *sb, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct text strbuf_text(const struct strbuf *sb);

/* Below: what is called for every cell, in the header so that the call is none. */

/* Room for `more` bytes and a NUL behind the content; NULL and full if over. */
static inline char *strbuf_reserve(struct strbuf *sb, size_t more)
{
    return !sb->full && more < sb->size - sb->len ? sb->at + sb->len : strbuf_grow(sb, more);
}

/* `len` bytes were written into the room. */
static inline void strbuf_advance(struct strbuf *sb, size_t len)
{
    sb->len += len;
    sb->at[sb->len] = '\0';
}

static inline void strbuf_add(struct strbuf *sb, const void *bytes, size_t len)
{
    char *room = strbuf_reserve(sb, len);

    if (room != NULL) {
        if (len > 0) {
            memcpy(room, bytes, len);
        }
        strbuf_advance(sb, len);
    }
}

static inline void strbuf_add_text(struct strbuf *sb, struct text text)
{
    strbuf_add(sb, text.at, text.len);
}

static inline void strbuf_putc(struct strbuf *sb, char byte)
{
    strbuf_add(sb, &byte, 1);
}

#endif
