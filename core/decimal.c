#include "core/decimal.h"

enum {
    DECIMAL_DIGITS_MAX = 38,
    DECIMAL_SCALE_MAX = 18,
    WORD_DIGITS = 18, /* as many as always fit into 64 bits */
};

uint64_t decimal_power(int exponent)
{
    static const uint64_t powers[] = {UINT64_C(1),
                                      UINT64_C(10),
                                      UINT64_C(100),
                                      UINT64_C(1000),
                                      UINT64_C(10000),
                                      UINT64_C(100000),
                                      UINT64_C(1000000),
                                      UINT64_C(10000000),
                                      UINT64_C(100000000),
                                      UINT64_C(1000000000),
                                      UINT64_C(10000000000),
                                      UINT64_C(100000000000),
                                      UINT64_C(1000000000000),
                                      UINT64_C(10000000000000),
                                      UINT64_C(100000000000000),
                                      UINT64_C(1000000000000000),
                                      UINT64_C(10000000000000000),
                                      UINT64_C(100000000000000000),
                                      UINT64_C(1000000000000000000)};

    return powers[exponent];
}

/* Up to 37. */
static int128 power_of_ten(int exponent)
{
    int128 power = 1;

    for (; exponent > WORD_DIGITS; exponent -= WORD_DIGITS) {
        power *= decimal_power(WORD_DIGITS);
    }
    return power * decimal_power(exponent);
}

bool decimal_parse(struct text text, struct decimal *out)
{
    struct decimal value = {0, 0};
    uint64_t word = 0; /* the last `in_word` digits, not yet in value.units */
    int in_word = 0;
    bool negative = false;
    bool point = false;
    int digits = 0;
    int significant = 0;
    size_t i = 0;

    if (text.len > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        negative = text.at[0] == '-';
        i = 1;
    }
    for (; i < text.len; i++) {
        char c = text.at[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') {
            return false;
        }
        digits++;
        significant += significant > 0 || c != '0';
        value.scale += point;
        if (significant > DECIMAL_DIGITS_MAX || value.scale > DECIMAL_SCALE_MAX) {
            return false;
        }
        word = word * 10 + (uint64_t)(c - '0');
        if (++in_word == WORD_DIGITS) {
            value.units = value.units * decimal_power(in_word) + word;
            word = 0;
            in_word = 0;
        }
    }
    if (digits == 0) {
        return false;
    }
    value.units = value.units * decimal_power(in_word) + word;
    value.units = negative ? -value.units : value.units;
    *out = value;
    return true;
}

bool decimal_rescale(struct decimal *value, int scale)
{
    if (value->scale < scale) {
        int128 limit = power_of_ten(DECIMAL_DIGITS_MAX - (scale - value->scale));

        if (value->units > limit || value->units < -limit) {
            return false;
        }
        value->units *= power_of_ten(scale - value->scale);
    } else if (value->scale > scale) {
        int128 power = power_of_ten(value->scale - scale);

        if (value->units % power != 0) {
            return false;
        }
        value->units /= power;
    }
    value->scale = scale;
    return true;
}

bool decimal_round(struct decimal *value, int scale)
{
    if (value->scale > scale) {
        int128 unit = power_of_ten(value->scale - scale);
        int128 half = value->units < 0 ? -(unit / 2) : unit / 2;
        value->units = (value->units + half) / unit;
        value->scale = scale;
    }
    return decimal_rescale(value, scale);
}

void decimal_format(struct strbuf *out, struct decimal value)
{
    char digits[DECIMAL_DIGITS_MAX + 4];
    size_t at = sizeof(digits);
    bool negative = value.units < 0;
    int written = 0;

    do {
        int digit = (int)(value.units % 10);
        if (written == value.scale && written > 0) {
            digits[--at] = '.';
        }
        digits[--at] = (char)('0' + (digit < 0 ? -digit : digit));
        value.units /= 10;
        written++;
    } while (value.units != 0 || written <= value.scale);
    if (negative) {
        digits[--at] = '-';
    }
    strbuf_add(out, digits + at, sizeof(digits) - at);
}
