/*
 * text.h - bytes that somebody else owns: pointer and length, usually UTF-8, never NUL-
 * terminated by promise.
 *
 * Lifetime  that of the arena, file mapping or literal it points into; said where it is
 *           declared.
 */
#ifndef HMS_CORE_TEXT_H
#define HMS_CORE_TEXT_H

#include "core/banned.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *at;
    size_t len;
};

#define TEXT_LITERAL(literal) ((struct text){(literal), sizeof(literal) - 1})

struct text text_of(const char *string); /* NULL gives an empty text */
bool text_equal(struct text a, struct text b);
bool text_equal_nocase(struct text a, struct text b); /* ASCII letters only */
bool text_is(struct text a, const char *string);
int text_compare(struct text a, struct text b); /* bytewise, as memcmp, shorter first */
bool text_is_blank(struct text a);              /* empty, or only spaces and tabs */
bool text_has_control(struct text a);           /* a byte below the space */
struct text text_trim(struct text a); /* spaces, tabs, CR, LF and U+00A0 at both ends */
bool text_is_utf8(struct text a);     /* well-formed UTF-8 and without NUL */
bool text_match_glob(const char *pattern, const char *name); /* '*' and '?' only */

/* Memory that cannot be had ends the process: no function has an out-of-memory path. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *string);
char *xstrndup(const char *at, size_t len);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
