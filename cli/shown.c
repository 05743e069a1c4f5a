#include "cli/shown.h"

#include <stdio.h>

size_t shown_char_bytes(struct text text)
{
    unsigned char first = (unsigned char)text.at[0];
    size_t len = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    return len <= text.len && text_is_utf8((struct text){text.at, len}) ? len : 1;
}

/* C0, C1, U+202A-202E, U+2066-2069, U+200E-F, and a byte that begins no character. */
static bool is_control(const char *at, size_t len)
{
    const unsigned char *byte = (const unsigned char *)at;

    if (len == 1) {
        return byte[0] < 0x20 || byte[0] >= 0x7F;
    }
    if (len == 2) {
        return byte[0] == 0xC2 && byte[1] < 0xA0;
    }
    return len == 3 && byte[0] == 0xE2 &&
           ((byte[1] == 0x80 &&
             (byte[2] == 0x8E || byte[2] == 0x8F || (byte[2] >= 0xAA && byte[2] <= 0xAE))) ||
            (byte[1] == 0x81 && byte[2] >= 0xA6 && byte[2] <= 0xA9));
}

int shown_print(struct text text)
{
    int chars = 0;

    while (text.len > 0) {
        size_t len = shown_char_bytes(text);
        if (is_control(text.at, len)) {
            fputs("\xEF\xBF\xBD", stdout);
        } else {
            fwrite(text.at, 1, len, stdout);
        }
        text = (struct text){text.at + len, text.len - len};
        chars++;
    }
    return chars;
}
