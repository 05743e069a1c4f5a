#include "terminology/unit_spelling.h"

#include "terminology/unit_words.h"

#include <stdio.h>

enum { PARTS_MAX = 4 };

/* A word that is this only above that; `capital`: when it is typed so. */
static const struct {
    const char *word;
    bool capital;
    const char *below;
    const char *ucum;
} above[] = {
    {"k", false, "uL", "10*3"},
    {"m", true, "uL", "10*6"}, /* m/mm3 is a thousand in some countries */
    {"t", true, "L", "10*12"},
    {"eu", false, "dL", "{Ehrlich'U}"}, /* EU/mL is an endotoxin or ELISA unit */
};

/* As typed, without blanks. */
static const char *const two_meanings[] = {
    "G/L",
    "G/l",
    "\u0413/\u043B",
    "\u0413/\u041B", /* giga or gram */
    "gr",
    "Gr",
    "GR", /* gram or grain */
    "M",
    "mM",
    "uM", /* meter or mole in a liter */
    "MU",
    "MIU",
    "MIE", /* mega or milli */
    "mil",
    "mil/mm3",
    "mil/uL",
    "mil/ul", /* a thousand or a million */
};

struct glyph {
    const char *written;
    const char *plain; /* '^' in front of a raised digit */
};

static const struct glyph glyphs[] = {
    {"\u00B5", "u"},   {"\u03BC", "u"},  {"\u00B9", "^1"}, {"\u00B2", "^2"}, {"\u00B3", "^3"},
    {"\u2070", "^0"},  {"\u2074", "^4"}, {"\u2075", "^5"}, {"\u2076", "^6"}, {"\u2077", "^7"},
    {"\u2078", "^8"},  {"\u2079", "^9"}, {"\u00D7", "x"},  {"\u2215", "/"},  {"\u2044", "/"},
    {"\u066A", "%"},   {"\u00B7", "."},  {"\u22C5", "."},  {"\u207B", "-"},  {"\u2212", "-"},
    {"\u2113", "l"},   {"\u338D", "ug"}, {"\u338E", "mg"}, {"\u338F", "kg"}, {"\u3395", "ul"},
    {"\u3396", "ml"},  {"\u3397", "dl"}, {"\u339C", "mm"}, {"\u339D", "cm"}, {"\u33A1", "m2"},
    {"\u33A3", "mm3"}, {"\u00A0", ""},   {"\u1680", ""},   {"\u202F", ""},   {"\u205F", ""},
    {"\u3000", ""},    {"\uFEFF", ""},   {"\u200B", ""},   {"\u2009", ""},   {"\u200A", ""},
    {"\u2002", ""},    {"\u2003", ""},   {"\u2008", ""},
};

/* What the sign at `rest` stands for, `*width` are its bytes; NULL: itself. */
static const char *plain_of(struct text rest, size_t *width)
{
    *width = 1;
    for (size_t g = 0; (rest.at[0] & 0x80) != 0 && g < sizeof(glyphs) / sizeof(glyphs[0]);
         g++) {
        size_t len = strlen(glyphs[g].written);
        if (len <= rest.len && memcmp(rest.at, glyphs[g].written, len) == 0) {
            *width = len;
            return glyphs[g].plain;
        }
    }
    return rest.at[0] == ' ' || rest.at[0] == '\t' ? "" : NULL;
}

/* U+FF01 to U+FF5E, the wide forms of ASCII in the East; '\0': none. */
static char wide_ascii(struct text rest)
{
    unsigned char second = rest.len < 3 ? 0 : (unsigned char)rest.at[1];
    unsigned char third = rest.len < 3 ? 0 : (unsigned char)rest.at[2];

    if (rest.len < 3 || (unsigned char)rest.at[0] != 0xEF) {
        return '\0';
    }
    if (second == 0xBC && third >= 0x81 && third <= 0xBF) {
        return (char)(third - 0x81 + '!');
    }
    return second == 0xBD && third >= 0x80 && third <= 0x9E ? (char)(third - 0x80 + '`') : '\0';
}

/* Without blanks, in plain signs, large and small as they were typed. */
static struct text straighten(struct text in, char out[UNIT_SPELLING_MAX])
{
    size_t used = 0;
    size_t width;
    bool is_raised = false;

    for (size_t i = 0; i < in.len; i += width) {
        struct text rest = {in.at + i, in.len - i};
        char one[2] = {wide_ascii(rest), '\0'};
        const char *plain = plain_of(rest, &width);
        size_t len;
        if (one[0] != '\0') {
            width = 3;
            plain = one;
        } else if (plain == NULL) {
            one[0] = rest.at[0];
            plain = one;
        }
        /* raised behind a number it is a power, behind a letter a part of the unit */
        if (plain[0] == '^' && plain[1] != '\0') {
            bool is_power =
                !is_raised && used > 0 && out[used - 1] >= '0' && out[used - 1] <= '9';
            plain += !is_power;
            is_raised = true;
        } else {
            is_raised = false;
        }
        len = strlen(plain);
        if (used + len > UNIT_SPELLING_MAX) {
            return (struct text){"", 0};
        }
        memcpy(out + used, plain, len);
        used += len;
    }
    return (struct text){out, used};
}

/* Small letters, Latin and Russian. */
static struct text fold(struct text in, char out[UNIT_SPELLING_MAX])
{
    for (size_t i = 0; i < in.len; i++) {
        unsigned char byte = (unsigned char)in.at[i];
        unsigned char next = i + 1 < in.len ? (unsigned char)in.at[i + 1] : 0;
        out[i] = (char)byte;
        if (byte >= 'A' && byte <= 'Z') {
            out[i] = (char)(byte + ('a' - 'A'));
        } else if (byte == 0xD0 && next >= 0x90 && next <= 0xAF) {
            out[i] = (char)(next < 0xA0 ? 0xD0 : 0xD1);
            out[++i] = (char)(next < 0xA0 ? next + 0x20 : next - 0x20);
        }
    }
    return (struct text){out, in.len};
}

static bool has_two_meanings(struct text plain)
{
    bool is_mixed = false;

    for (size_t i = 0; i < sizeof(two_meanings) / sizeof(two_meanings[0]); i++) {
        if (text_is(plain, two_meanings[i])) {
            return true;
        }
    }
    /* who writes MIU/mL may mean millions: where all is in capitals, nobody does */
    for (size_t i = 0; i < plain.len; i++) {
        is_mixed = is_mixed || (plain.at[i] >= 'a' && plain.at[i] <= 'z');
    }
    return is_mixed && plain.len > 3 &&
           (memcmp(plain.at, "MU/", 3) == 0 || memcmp(plain.at, "MIU", 3) == 0 ||
            memcmp(plain.at, "MIE", 3) == 0);
}

/* "10^9", "x10e9", "10**9", "10(9)", "10exp9", "E9", "109" as "10*9". */
static const char *find_power(struct text word)
{
    static const char *const powers[] = {"10*2", "10*3", "10*4",  "10*5",  "10*6", "10*7",
                                         "10*8", "10*9", "10*10", "10*11", "10*12"};
    static const char *const signs[] = {"exp", "e+", "**", "^", "e", "*", "(", "x", ""};
    bool is_plain = false;

    if (word.len > 0 && (word.at[0] == 'x' || word.at[0] == '*')) {
        word = (struct text){word.at + 1, word.len - 1};
    }
    if (word.len >= 3 && memcmp(word.at, "10", 2) == 0) {
        word = (struct text){word.at + 2, word.len - 2};
    } else if (word.len < 2 || word.at[0] != 'e') {
        return NULL;
    }
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        size_t len = strlen(signs[i]);
        if (len <= word.len && memcmp(word.at, signs[i], len) == 0) {
            word = (struct text){word.at + len, word.len - len};
            is_plain = len == 0;
            break;
        }
    }
    word.len -= word.len > 0 && word.at[word.len - 1] == ')';
    if (word.len == 2 && word.at[0] == '0') {
        word = (struct text){word.at + 1, 1};
    }
    if (is_plain && !text_is(word, "3") && !text_is(word, "6") && !text_is(word, "9") &&
        !text_is(word, "12")) {
        return NULL; /* 102 is no power, and 105 may be a number */
    }
    for (size_t i = 0; i < sizeof(powers) / sizeof(powers[0]); i++) {
        if (text_is(word, powers[i] + 3)) {
            return powers[i];
        }
    }
    return NULL;
}

static const char *find_numerator(struct text word, const char *below, bool is_capital)
{
    const char *found = find_power(word);

    for (size_t i = 0; found == NULL && below != NULL && i < sizeof(above) / sizeof(above[0]);
         i++) {
        if (text_is(word, above[i].word) && strcmp(below, above[i].below) == 0) {
            return !above[i].capital || is_capital ? above[i].ucum : NULL;
        }
    }
    if (found == NULL && word.len == 0) {
        found = "";
    }
    return found != NULL ? found : unit_word_find(UNIT_NUMERATORS, word);
}

/* The parts between slashes; "mmol.l-1" is written with a slash, too. 0: too many. */
static size_t split(struct text folded, struct text parts[PARTS_MAX])
{
    size_t count = 0;

    for (;;) {
        const char *slash = folded.len == 0 ? NULL : memchr(folded.at, '/', folded.len);
        size_t len = slash == NULL ? folded.len : (size_t)(slash - folded.at);
        if (count == PARTS_MAX) {
            return 0;
        }
        parts[count++] = (struct text){folded.at, len};
        if (slash == NULL) {
            break;
        }
        folded = (struct text){slash + 1, folded.len - len - 1};
    }
    if (count == 1 && parts[0].len > 4 &&
        memcmp(parts[0].at + parts[0].len - 2, "-1", 2) == 0) {
        const char *dot = memrchr(parts[0].at, '.', parts[0].len);
        if (dot != NULL) {
            size_t len = (size_t)(dot - parts[0].at);
            parts[1] = (struct text){dot + 1, parts[0].len - len - 3};
            parts[0].len = len;
            count = 2;
        }
    }
    return count;
}

static struct text compose(struct text folded, bool is_capital, char out[UNIT_SPELLING_MAX])
{
    struct text parts[PARTS_MAX];
    const char *words[PARTS_MAX] = {NULL};
    size_t count = split(folded, parts);
    size_t used;

    for (size_t i = 1; i < count; i++) {
        words[i] = unit_word_find(UNIT_DENOMINATORS, parts[i]);
        if (words[i] == NULL) {
            return (struct text){"", 0};
        }
    }
    words[0] = count == 0 ? NULL : find_numerator(parts[0], words[1], is_capital);
    if (words[0] == NULL || (count == 1 && words[0][0] == '\0')) {
        return (struct text){"", 0};
    }
    used = (size_t)snprintf(out, UNIT_SPELLING_MAX, "%s", words[0]);
    for (size_t i = 1; i < count && used < UNIT_SPELLING_MAX; i++) {
        used += (size_t)snprintf(out + used, UNIT_SPELLING_MAX - used, "/%s", words[i]);
    }
    return used < UNIT_SPELLING_MAX ? (struct text){out, used} : (struct text){"", 0};
}

struct text unit_spelling(struct text written, char out[UNIT_SPELLING_MAX])
{
    char typed[UNIT_SPELLING_MAX];
    char small[UNIT_SPELLING_MAX];
    struct text plain = straighten(written, typed);
    struct text folded = fold(plain, small);
    const char *whole;

    if (plain.len == 0 || has_two_meanings(plain)) {
        return (struct text){"", 0};
    }
    whole = unit_word_find(UNIT_WHOLES, folded);
    if (whole != NULL) {
        return (struct text){out, (size_t)snprintf(out, UNIT_SPELLING_MAX, "%s", whole)};
    }
    return compose(folded, plain.at[0] >= 'A' && plain.at[0] <= 'Z', out);
}
