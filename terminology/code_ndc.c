#include "terminology/code_ndc.h"

#include <stdio.h>

enum { NDC_PARTS = 3 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Digits, the first may be '*'; all zeros is only refused for the code as a whole. */
static bool is_part(struct text part)
{
    for (size_t i = 0; i < part.len; i++) {
        if (!is_digit(part.at[i]) && (i > 0 || part.at[i] != '*')) {
            return false;
        }
    }
    return part.len > 0;
}

static int split(struct text code, struct text parts[NDC_PARTS])
{
    int count = 0;

    for (;;) {
        const char *hyphen = memchr(code.at, '-', code.len);
        size_t len = hyphen == NULL ? code.len : (size_t)(hyphen - code.at);
        if (count == NDC_PARTS || !is_part((struct text){code.at, len})) {
            return 0;
        }
        parts[count++] = (struct text){code.at, len};
        if (hyphen == NULL) {
            return count;
        }
        code.at += len + 1;
        code.len -= len + 1;
    }
}

/* The part in `width` places, zeros in front. */
static char *put_part(char *to, struct text part, size_t width)
{
    memset(to, '0', width);
    memcpy(to + width - part.len, part.at, part.len);
    if (to[width - part.len] == '*') {
        to[width - part.len] = '0';
    }
    return to + width;
}

/* A labeler of six digits whose first is 0 is one of five. */
static size_t labeler_width(struct text *labeler)
{
    if (labeler->len == 6 && (labeler->at[0] == '0' || labeler->at[0] == '*')) {
        labeler->at++;
        labeler->len--;
    }
    return labeler->len == 6 ? 6 : 5;
}

/* The lengths that the law knows; 5-4-2 and 6-4-2 are what they are filled up to. */
static bool are_lengths(const struct text *parts, int count)
{
    static const char *const known[] = {"442", "532", "541", "542", "632", "641",
                                        "642", "44",  "53",  "54",  "63",  "64"};
    char lengths[NDC_PARTS + 1] = "";

    for (int i = 0; i < count; i++) {
        lengths[i] = (char)('0' + (parts[i].len < 9 ? parts[i].len : 9));
    }
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i], lengths) == 0) {
            return true;
        }
    }
    return false;
}

static struct text with_hyphens(struct text *parts, int count, char *out)
{
    char *end = out;

    if (!are_lengths(parts, count)) {
        return (struct text){"", 0};
    }
    end = put_part(end, parts[0], labeler_width(&parts[0]));
    if (count == 2) {
        *end++ = '-';
    }
    end = put_part(end, parts[1], 4);
    if (count == 3) {
        end = put_part(end, parts[2], 2);
    }
    return (struct text){out, (size_t)(end - out)};
}

/* Digits, or 5-4-2 without its hyphens and with a '*' where a part begins. */
static struct text without_hyphens(struct text code, char *out)
{
    if (code.len < 10 || code.len > 12 || (code.len == 10 && code.at[0] == '*')) {
        return (struct text){"", 0};
    }
    for (size_t i = 0; i < code.len; i++) {
        bool is_start = code.len == 11 && (i == 0 || i == 5 || i == 9);
        if (!is_digit(code.at[i]) && !(code.at[i] == '*' && is_start)) {
            return (struct text){"", 0};
        }
        out[i] = code.at[i];
        if (out[i] == '*') {
            out[i] = '0';
        }
    }
    if (code.len == 12 && out[0] == '0') {
        return (struct text){out + 1, 11};
    }
    return (struct text){out, code.len};
}

static bool are_zeros(struct text code)
{
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] != '0' && code.at[i] != '-') {
            return false;
        }
    }
    return true;
}

struct text ndc_normal(struct text code, char *out)
{
    struct text parts[NDC_PARTS];
    struct text normal = {"", 0};
    int count;

    if (code.len >= NDC_BYTES_MAX) {
        return normal;
    }
    count = memchr(code.at, '-', code.len) == NULL ? 1 : split(code, parts);
    if (count == 1) {
        normal = without_hyphens(code, out);
    } else if (count > 1) {
        normal = with_hyphens(parts, count, out);
    }
    return are_zeros(normal) ? (struct text){"", 0} : normal;
}

int ndc_readings(struct text digits, char out[NDC_READINGS_MAX][NDC_BYTES_MAX])
{
    const char *d = digits.at;

    if (digits.len == 10) {
        snprintf(out[0], NDC_BYTES_MAX, "0%.10s", d);
        snprintf(out[1], NDC_BYTES_MAX, "%.5s0%.5s", d, d + 5);
        snprintf(out[2], NDC_BYTES_MAX, "%.9s0%.1s", d, d + 9);
        return NDC_READINGS_MAX;
    }
    if (digits.len == 11) {
        snprintf(out[0], NDC_BYTES_MAX, "%.11s", d);
        snprintf(out[1], NDC_BYTES_MAX, "%.6s0%.5s", d, d + 6);
        snprintf(out[2], NDC_BYTES_MAX, "%.10s0%.1s", d, d + 10);
        return NDC_READINGS_MAX;
    }
    return 0;
}
