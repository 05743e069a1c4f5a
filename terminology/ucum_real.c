#include "terminology/ucum_real.h"

#include "core/decimal.h"

#include <math.h>

enum { EXPONENT_MAX = 999, MANTISSA_DIGITS = 36 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool ucum_real_is_finite(ucum_real value)
{
    return value - value == 0;
}

ucum_real ucum_real_power(ucum_real base, int exponent)
{
    unsigned left = exponent < 0 ? 0u - (unsigned)exponent : (unsigned)exponent;
    ucum_real power = 1;

    for (; left > 0; left >>= 1) {
        if ((left & 1) != 0) {
            power *= base;
        }
        base *= base;
    }
    return exponent < 0 ? 1 / power : power;
}

/* Ten to a power that is not negative; the small ones, which nearly all are, without a loop. */
static ucum_real ten_to(int exponent)
{
    static const uint64_t small[] = {1,
                                     10,
                                     100,
                                     1000,
                                     10000,
                                     100000,
                                     1000000,
                                     10000000,
                                     100000000,
                                     1000000000,
                                     10000000000,
                                     100000000000,
                                     1000000000000,
                                     10000000000000,
                                     100000000000000,
                                     1000000000000000,
                                     10000000000000000,
                                     100000000000000000,
                                     1000000000000000000};
    enum { SMALL = sizeof(small) / sizeof(small[0]) };

    return exponent < SMALL ? (ucum_real)small[exponent] : ucum_real_power(10, exponent);
}

static ucum_real scale_ten(ucum_real value, int exponent)
{
    return exponent < 0 ? value / ten_to(-exponent) : value * ten_to(exponent);
}

/* Digits and one point; `*exponent` grows by what was cut off and shrinks by the places behind
 * the point. */
static bool parse_mantissa(struct text *text, int128 *digits, int *exponent)
{
    int count = 0;
    bool point = false;

    *digits = 0;
    for (; text->len > 0; text->at++, text->len--) {
        if (*text->at == '.' && !point) {
            point = true;
        } else if (!is_digit(*text->at)) {
            break;
        } else if (count == MANTISSA_DIGITS) {
            *exponent += point ? 0 : 1;
        } else {
            *digits = *digits * 10 + (*text->at - '0');
            count += *digits != 0 || count > 0;
            *exponent -= point;
        }
        if (*exponent > EXPONENT_MAX || *exponent < -EXPONENT_MAX) {
            return false;
        }
    }
    return true;
}

static bool parse_exponent(struct text text, int *exponent)
{
    bool minus = text.len > 0 && text.at[0] == '-';
    int value = 0;

    if (text.len > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        text.at++;
        text.len--;
    }
    if (text.len == 0 || text.len > 3) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i])) {
            return false;
        }
        value = value * 10 + (text.at[i] - '0');
    }
    *exponent += minus ? -value : value;
    return true;
}

bool ucum_real_parse(struct text text, ucum_real *out)
{
    bool minus = text.len > 0 && text.at[0] == '-';
    int exponent = 0;
    int128 digits;
    size_t len;

    if (text.len > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        text.at++;
        text.len--;
    }
    len = text.len;
    if (!parse_mantissa(&text, &digits, &exponent) || len == text.len ||
        (len - text.len == 1 && text.at[-1] == '.')) {
        return false;
    }
    if (text.len > 0 && (*text.at == 'e' || *text.at == 'E') &&
        !parse_exponent((struct text){text.at + 1, text.len - 1}, &exponent)) {
        return false;
    }
    if (text.len > 0 && *text.at != 'e' && *text.at != 'E') {
        return false;
    }
    *out = scale_ten((ucum_real)(minus ? -digits : digits), exponent);
    return ucum_real_is_finite(*out);
}

/* value = 0.d1d2d3... * 10^point; the digits without trailing zeros. */
static int to_digits(ucum_real value, int digits, char out[UCUM_REAL_DIGITS_MAX + 1],
                     int *point)
{
    int128 scaled;
    int count = digits;

    /* 0.1 <= value < 1; by halves, because ten to the whole of it may be out of range */
    *point = (int)floorl(log10l((long double)value)) + 1;
    value = scale_ten(scale_ten(value, -(*point / 2)), -(*point - *point / 2));
    for (; value >= 1; (*point)++) {
        value /= 10;
    }
    for (; value * 10 < 1; (*point)--) {
        value *= 10;
    }
    scaled = (int128)(value * ten_to(digits) + (ucum_real)1 / 2);
    if (scaled >= (int128)ten_to(digits)) {
        scaled /= 10;
        (*point)++;
    }
    for (int i = digits; i-- > 0; scaled /= 10) {
        out[i] = (char)('0' + (int)(scaled % 10));
    }
    while (count > 1 && out[count - 1] == '0') {
        count--;
    }
    return count;
}

void ucum_real_format(struct strbuf *out, ucum_real value, int digits)
{
    char text[UCUM_REAL_DIGITS_MAX + 1];
    int point;
    int count;

    if (!ucum_real_is_finite(value) || value == 0) {
        strbuf_puts(out, value == 0 ? "0" : "NaN");
        return;
    }
    if (value < 0) {
        strbuf_putc(out, '-');
        value = -value;
    }
    count = to_digits(value, digits > UCUM_REAL_DIGITS_MAX ? UCUM_REAL_DIGITS_MAX : digits,
                      text, &point);
    if (point > 21 || point < -6) {
        strbuf_putc(out, text[0]);
        if (count > 1) {
            strbuf_putc(out, '.');
            strbuf_add(out, text + 1, (size_t)count - 1);
        }
        strbuf_addf(out, "e%d", point - 1);
        return;
    }
    if (point <= 0) {
        strbuf_puts(out, "0.");
    }
    for (int i = point; i < 0; i++) {
        strbuf_putc(out, '0');
    }
    for (int i = 0; i < count || i < point; i++) {
        if (i == point && i > 0) {
            strbuf_putc(out, '.');
        }
        strbuf_putc(out, i < count ? text[i] : '0');
    }
}
