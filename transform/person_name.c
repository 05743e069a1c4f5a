#include "transform/person_name.h"

#include "terminology/suggest/name_fold.h"

/* Greek and Cyrillic letters that look like a Latin one, large or small. */
static const struct {
    uint32_t point;
    char latin;
} alike[] = {
    {0x386, 'a'}, {0x388, 'e'}, {0x389, 'h'}, {0x38a, 'i'}, {0x38c, 'o'}, {0x38e, 'y'},
    {0x391, 'a'}, {0x392, 'b'}, {0x395, 'e'}, {0x396, 'z'}, {0x397, 'h'}, {0x399, 'i'},
    {0x39a, 'k'}, {0x39c, 'm'}, {0x39d, 'n'}, {0x39f, 'o'}, {0x3a1, 'p'}, {0x3a4, 't'},
    {0x3a5, 'y'}, {0x3a7, 'x'}, {0x3ac, 'a'}, {0x3ad, 'e'}, {0x3ae, 'h'}, {0x3af, 'i'},
    {0x3b1, 'a'}, {0x3b2, 'b'}, {0x3b5, 'e'}, {0x3b6, 'z'}, {0x3b7, 'h'}, {0x3b9, 'i'},
    {0x3ba, 'k'}, {0x3bc, 'm'}, {0x3bd, 'n'}, {0x3bf, 'o'}, {0x3c1, 'p'}, {0x3c4, 't'},
    {0x3c5, 'y'}, {0x3c7, 'x'}, {0x3cc, 'o'}, {0x3cd, 'y'}, {0x401, 'e'}, {0x405, 's'},
    {0x406, 'i'}, {0x407, 'i'}, {0x408, 'j'}, {0x410, 'a'}, {0x412, 'b'}, {0x415, 'e'},
    {0x41a, 'k'}, {0x41c, 'm'}, {0x41d, 'h'}, {0x41e, 'o'}, {0x420, 'p'}, {0x421, 'c'},
    {0x422, 't'}, {0x423, 'y'}, {0x425, 'x'}, {0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'},
    {0x43a, 'k'}, {0x43c, 'm'}, {0x43d, 'h'}, {0x43e, 'o'}, {0x440, 'p'}, {0x441, 'c'},
    {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}, {0x451, 'e'}, {0x455, 's'}, {0x456, 'i'},
    {0x457, 'i'}, {0x458, 'j'},
};

/* A sign of two bytes; 0: it has another length. */
static uint32_t point_of_two(struct text rest)
{
    unsigned char first = (unsigned char)rest.at[0];
    unsigned char second = rest.len < 2 ? 0 : (unsigned char)rest.at[1];

    return first >= 0xC2 && first < 0xE0 && (second & 0xC0) == 0x80
               ? (uint32_t)(first & 0x1F) << 6 | (second & 0x3F)
               : 0;
}

/* Small letters of Greek and Cyrillic. */
static uint32_t small(uint32_t point)
{
    bool is_capital = (point >= 0x391 && point <= 0x3A9) || (point >= 0x410 && point <= 0x42F);

    return is_capital                         ? point + 0x20
           : point == 0x3C2                   ? 0x3C3 /* sigma at the end of a word */
           : point == 0x439                   ? 0x438 /* i with a breve */
           : point == 0x419                   ? 0x438
           : point == 0x3CE || point == 0x38F ? 0x3C9
                                              : point;
}

/* What the letter is compared by; its bytes. */
static size_t fold_letter(struct text *rest, char out[NAME_FOLD_MAX])
{
    uint32_t point = point_of_two(*rest);
    bool is_mark = (point >= 0x300 && point <= 0x36F) || point == 0xAD;

    if (point < 0x300 && !is_mark) {
        return name_fold(rest, out);
    }
    rest->at += 2;
    rest->len -= 2;
    for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++) {
        if (alike[i].point == point) {
            out[0] = alike[i].latin;
            return 1;
        }
    }
    point = small(small(point));
    out[0] = (char)(0xC0 | (point >> 6));
    out[1] = (char)(0x80 | (point & 0x3F));
    return is_mark ? 0 : 2;
}

static bool is_unseen(struct text rest)
{
    return rest.len >= 3 &&
           (memcmp(rest.at, "\xEF\xBB\xBF", 3) == 0 ||
            (memcmp(rest.at, "\xE2\x80", 2) == 0 && (unsigned char)rest.at[2] < 0xB0) ||
            memcmp(rest.at, "\xE2\x81\xA0", 3) == 0);
}

/* SIZE_MAX: too long. */
static size_t fold(struct text name, char out[PERSON_NAME_MAX])
{
    size_t len = 0;

    while (name.len > 0) {
        char letter[NAME_FOLD_MAX];
        size_t bytes = 0;
        if (is_unseen(name)) {
            name.at += 3;
            name.len -= 3;
        } else {
            bytes = fold_letter(&name, letter);
        }
        for (size_t i = 0; i < bytes; i++) {
            if (memchr(" .-_", letter[i], 4) != NULL) {
                continue;
            }
            if (len == PERSON_NAME_MAX) {
                return SIZE_MAX;
            }
            out[len++] = letter[i];
        }
    }
    return len;
}

bool person_name_is_same(struct text a, struct text b)
{
    char folded[2][PERSON_NAME_MAX];
    size_t len[2] = {fold(a, folded[0]), fold(b, folded[1])};

    return len[0] == SIZE_MAX || len[1] == SIZE_MAX ||
           (len[0] == len[1] && memcmp(folded[0], folded[1], len[0]) == 0);
}
