#include "rehearsals/synth/charset.h"

/* What Windows-1252 has at 80..9F, Unicode's site: MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
 */
static const uint16_t windows_1252_80[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

enum { BAD_BYTE = 0xF8FF };

/* One character of well-formed UTF-8; moves *at on. */
static uint32_t next_character(const uint8_t **at)
{
    const uint8_t *p = *at;
    uint32_t c = p[0];
    int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;

    if (more > 0) {
        c &= 0x3FU >> more;
    }
    for (int i = 1; i <= more; i++) {
        c = c << 6 | (p[i] & 0x3FU);
    }
    *at = p + more + 1;
    return c;
}

static bool put_windows_1252(uint32_t c, char **to)
{
    if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) {
        *(*to)++ = (char)c;
        return true;
    }
    for (uint32_t i = 0; i < 32; i++) {
        if (windows_1252_80[i] == c) {
            *(*to)++ = (char)(0x80 + i);
            return true;
        }
    }
    return false;
}

static bool put_utf16le(uint32_t c, char **to)
{
    if (c > 0xFFFF) {
        return false;
    }
    if (c == BAD_BYTE) {
        c = 0xD800;
    }
    *(*to)++ = (char)(c & 0xFF);
    *(*to)++ = (char)(c >> 8);
    return true;
}

static void put_utf8(struct text utf8, struct strbuf *out)
{
    const struct text bad = TEXT_LITERAL(CHARSET_BAD_BYTE);
    const char *end = utf8.at + utf8.len;

    while (utf8.at < end) {
        const char *found = memmem(utf8.at, (size_t)(end - utf8.at), bad.at, bad.len);

        strbuf_add(out, utf8.at, (size_t)((found != NULL ? found : end) - utf8.at));
        if (found == NULL) {
            return;
        }
        strbuf_putc(out, '\xFF');
        utf8.at = found + bad.len;
    }
}

bool charset_encode(enum charset charset, struct text utf8, struct strbuf *out)
{
    const uint8_t *at = (const uint8_t *)utf8.at;
    const uint8_t *end = at + utf8.len;
    char *to;

    if (charset == CHARSET_UTF8) {
        put_utf8(utf8, out);
        return !strbuf_is_full(out);
    }
    to = strbuf_reserve(out, utf8.len * 2);
    if (to == NULL) {
        return false;
    }
    while (at < end) {
        uint32_t c = next_character(&at);
        bool known =
            charset == CHARSET_UTF16LE ? put_utf16le(c, &to) : put_windows_1252(c, &to);

        if (!known) {
            return false;
        }
    }
    out->len = (size_t)(to - out->at);
    out->at[out->len] = '\0';
    return true;
}
