/*
 * strbuf.h - a growing run of bytes with a stated maximum.
 *
 * Ownership the caller owns the struct and releases it.
 * Limits    what would pass `max` is not added and sets `full`; the caller asks
 *           strbuf_is_full() once at the end and answers with ERROR_LIMIT.
 * Terminator a NUL byte always follows the content and is not counted.
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
char *strbuf_reserve(struct strbuf *sb,
                     size_t more); /* room for `more`; NULL and full if over */
void strbuf_add(struct strbuf *sb, const void *bytes, size_t len);
void strbuf_add_text(struct strbuf *sb, struct text text);
void strbuf_puts(struct strbuf *sb, const char *string);
void strbuf_putc(struct strbuf *sb, char byte);
void strbuf_addf(struct strbuf *sb, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct text strbuf_text(const struct strbuf *sb);

#endif
