#include "transform/digit.h"

int digit_read(const char *at, size_t len, size_t *width)
{
    *width = 1;
    if (digit_is_ascii(at[0])) {
        return at[0] - '0';
    }
    if (len > 1) {
        unsigned char low = (unsigned char)at[1];
        if (at[0] == '\xD9' && low >= 0xA0 && low <= 0xA9) {
            *width = 2;
            return low - 0xA0;
        }
        if (at[0] == '\xDB' && low >= 0xB0 && low <= 0xB9) {
            *width = 2;
            return low - 0xB0;
        }
    }
    return -1;
}

static bool text_is_ascii(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((text.at[i] & 0x80) != 0) {
            return false;
        }
    }
    return true;
}

struct text digit_fold(struct text text, char *buffer, size_t size)
{
    size_t used = 0;

    if (text_is_ascii(text)) {
        return text;
    }
    for (size_t i = 0; i < text.len;) {
        size_t width;
        int digit = digit_read(text.at + i, text.len - i, &width);
        if (used == size) {
            return (struct text){"", 0};
        }
        buffer[used++] = (char)(digit < 0 ? text.at[i] : '0' + digit);
        i += width;
    }
    return (struct text){buffer, used};
}
