#include "core/text.h"

#include <stdarg.h>

struct text text_of(const char *string)
{
    return (struct text){string == NULL ? "" : string, string == NULL ? 0 : strlen(string)};
}

bool text_equal(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool text_equal_nocase(struct text a, struct text b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.at[i]) != lower(b.at[i])) {
            return false;
        }
    }
    return true;
}

bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_of(string));
}

int text_compare(struct text a, struct text b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);

    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

bool text_is_blank(struct text a)
{
    for (size_t i = 0; i < a.len; i++) {
        if (a.at[i] != ' ' && a.at[i] != '\t') {
            return false;
        }
    }
    return true;
}

bool text_has_control(struct text a)
{
    for (size_t i = 0; i < a.len; i++) {
        if ((unsigned char)a.at[i] < ' ') {
            return true;
        }
    }
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Neither a space nor a part of U+00A0. */
static bool is_ink(char c)
{
    return (unsigned char)c > ' ' && c != '\xC2' && c != '\xA0';
}

struct text text_trim(struct text a)
{
    if (a.len > 0 && is_ink(a.at[0]) && is_ink(a.at[a.len - 1])) { /* nearly always */
        return a;
    }
    for (;;) {
        if (a.len > 0 && is_space(a.at[0])) {
            a.at++;
            a.len--;
        } else if (a.len > 1 && memcmp(a.at, "\xC2\xA0", 2) == 0) {
            a.at += 2;
            a.len -= 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (a.len > 0 && is_space(a.at[a.len - 1])) {
            a.len--;
        } else if (a.len > 1 && memcmp(a.at + a.len - 2, "\xC2\xA0", 2) == 0) {
            a.len -= 2;
        } else {
            break;
        }
    }
    return a;
}

/* Bytes of the well-formed sequence at `at`, or 0 (Unicode 15, table 3-7). */
static size_t utf8_sequence(const unsigned char *at, size_t len)
{
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t more;

    if (at[0] >= 0xC2 && at[0] <= 0xDF) {
        more = 1;
    } else if (at[0] >= 0xE0 && at[0] <= 0xEF) {
        more = 2;
        low = at[0] == 0xE0 ? 0xA0 : 0x80;
        high = at[0] == 0xED ? 0x9F : 0xBF;
    } else if (at[0] >= 0xF0 && at[0] <= 0xF4) {
        more = 3;
        low = at[0] == 0xF0 ? 0x90 : 0x80;
        high = at[0] == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    if (more >= len || at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t i = 2; i <= more; i++) {
        if (at[i] < 0x80 || at[i] > 0xBF) {
            return 0;
        }
    }
    return more + 1;
}

/* Eight bytes at once: none with the top bit, none zero. */
static bool is_plain_word(const unsigned char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return (word & UINT64_C(0x8080808080808080)) == 0 &&
           ((word - UINT64_C(0x0101010101010101)) & UINT64_C(0x8080808080808080)) == 0;
}

bool text_is_utf8(struct text a)
{
    const unsigned char *at = (const unsigned char *)a.at;
    size_t i = 0;

    while (i < a.len) {
        if (i + 8 <= a.len && is_plain_word(at + i)) {
            i += 8;
        } else if (at[i] < 0x80) {
            if (at[i] == 0) {
                return false;
            }
            i++;
        } else {
            size_t step = utf8_sequence(at + i, a.len - i);
            if (step == 0) {
                return false;
            }
            i += step;
        }
    }
    return true;
}

bool text_match_glob(const char *pattern, const char *name)
{
    const char *star = NULL;
    const char *retry = NULL;

    while (*name != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            retry = name;
        } else if (*pattern == '?' || *pattern == *name) {
            pattern++;
            name++;
        } else if (star != NULL) {
            pattern = star + 1;
            name = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}

static void *not_null(void *memory)
{
    if (memory == NULL) {
        abort(); /* by design: nobody can do better half way through a batch */
    }
    return memory;
}

void *xmalloc(size_t size)
{
    return not_null(malloc(size == 0 ? 1 : size));
}

void *xcalloc(size_t count, size_t size)
{
    return not_null(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *xrealloc(void *old, size_t size)
{
    return not_null(realloc(old, size == 0 ? 1 : size));
}

char *xstrdup(const char *string)
{
    return xstrndup(string, strlen(string));
}

char *xstrndup(const char *at, size_t len)
{
    char *copy = xmalloc(len + 1);

    if (len > 0) {
        memcpy(copy, at, len);
    }
    copy[len] = '\0';
    return copy;
}

char *xasprintf(const char *format, ...)
{
    char *out = NULL;
    va_list args;
    int len;

    va_start(args, format);
    len = vasprintf(&out, format, args);
    va_end(args);
    if (len < 0) {
        abort();
    }
    return out;
}
