#include "transform/dedup/value_form.h"

#include "core/ident.h"
#include "transform/dedup/name_form.h"
#include "transform/icu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    RAW_MAX = 4096,
    HASH_DIGITS = 16,
    DATE_DIGITS = 8,
    LATIN_SLOTS = 1024,
    LATIN_KEPT = 60,
    RUN_LEAST = 8
};

/* Latin forms of texts that come again and again; a text is found by all of its bytes. */
struct latin_cache {
    struct {
        uint16_t raw_len;
        uint16_t latin_len;
        char raw[LATIN_KEPT];
        char latin[LATIN_KEPT];
    } slots[LATIN_SLOTS];
};

void value_former_release(struct value_former *former)
{
    icu_latin_free(former->latin);
    free(former->cache);
    arena_release(&former->scratch);
    *former = (struct value_former){0};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Arabic U+0629 ends a name that sounds of a (Fatima), but ICU writes t: U+0627 instead. */
static struct text open_final_a(struct text raw, struct arena *arena)
{
    char *out = arena_bytes(arena, raw.len);

    memcpy(out, raw.at, raw.len);
    for (size_t i = 0; i + 1 < raw.len; i++) {
        if ((uint8_t)out[i] == 0xD8 && (uint8_t)out[i + 1] == 0xA9) {
            out[i + 1] = (char)0xA7;
        }
    }
    return (struct text){out, raw.len};
}

static struct text make_latin(struct value_former *former, struct text raw)
{
    if (former->latin == NULL) {
        former->latin = icu_latin_open();
        former->cache = xcalloc(1, sizeof(*former->cache));
    }
    arena_clear(&former->scratch);
    return icu_latin(former->latin, open_final_a(raw, &former->scratch), &former->scratch);
}

static struct text to_latin(struct value_former *former, struct text raw)
{
    size_t slot = checksum_of(raw.at, raw.len) % LATIN_SLOTS;
    struct text latin;

    if (former->cache != NULL && former->cache->slots[slot].raw_len == raw.len &&
        memcmp(former->cache->slots[slot].raw, raw.at, raw.len) == 0) {
        return (struct text){former->cache->slots[slot].latin,
                             former->cache->slots[slot].latin_len};
    }
    latin = make_latin(former, raw);
    if (raw.len <= LATIN_KEPT && latin.len <= LATIN_KEPT) {
        former->cache->slots[slot].raw_len = (uint16_t)raw.len;
        former->cache->slots[slot].latin_len = (uint16_t)latin.len;
        memcpy(former->cache->slots[slot].raw, raw.at, raw.len);
        memcpy(former->cache->slots[slot].latin, latin.at, latin.len);
    }
    return latin;
}

static bool is_ascii(struct text text)
{
    uint64_t high = 0;
    size_t i = 0;

    for (; i + sizeof(high) <= text.len; i += sizeof(high)) {
        uint64_t eight;
        memcpy(&eight, text.at + i, sizeof(eight));
        high |= eight;
    }
    for (; i < text.len; i++) {
        high |= (uint8_t)text.at[i];
    }
    return (high & UINT64_C(0x8080808080808080)) == 0;
}

/* What a byte becomes in a form; 0: nothing. */
static const char letters_and_digits[256] = {
#define SAME(c) [c] = (c)
#define BOTH(c) [c] = (c), [(c) - 'a' + 'A'] = (c)
    BOTH('a'), BOTH('b'), BOTH('c'), BOTH('d'), BOTH('e'), BOTH('f'), BOTH('g'), BOTH('h'),
    BOTH('i'), BOTH('j'), BOTH('k'), BOTH('l'), BOTH('m'), BOTH('n'), BOTH('o'), BOTH('p'),
    BOTH('q'), BOTH('r'), BOTH('s'), BOTH('t'), BOTH('u'), BOTH('v'), BOTH('w'), BOTH('x'),
    BOTH('y'), BOTH('z'), SAME('0'), SAME('1'), SAME('2'), SAME('3'), SAME('4'), SAME('5'),
    SAME('6'), SAME('7'), SAME('8'), SAME('9'),
#undef SAME
#undef BOTH
};

/* Letters that ICU left in another script stay as they are. */
static char kept(char c)
{
    return (c & 0x80) != 0 ? c : letters_and_digits[(uint8_t)c];
}

/* Adds a byte; what passes the end is only counted. */
static void put(char form[VALUE_FORM_MAX], size_t *len, char c)
{
    if (*len < VALUE_FORM_MAX) {
        form[*len] = c;
    }
    (*len)++;
}

/* The half rings U+02BE and U+02BF, hamza and ayn in what ICU makes of Arabic. */
static bool is_half_ring(struct text raw, size_t i)
{
    return i + 1 < raw.len && (uint8_t)raw.at[i] == 0xCA &&
           ((uint8_t)raw.at[i + 1] | 1) == 0xBF;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static size_t words_form(struct text raw, char form[VALUE_FORM_MAX])
{
    size_t len = 0;
    bool gap = false;

    for (size_t i = 0; i < raw.len; i++) {
        char c = kept(raw.at[i]);
        if (is_half_ring(raw, i)) { /* a vowel is heard where one begins a word, as in Omar */
            bool begins = gap || len == 0;
            i++;
            if (!begins || i + 1 == raw.len || is_vowel(raw.at[i + 1])) {
                continue;
            }
            c = 'a';
        }
        if (c != '\0') {
            if (gap && len > 0) {
                put(form, &len, ' ');
            }
            gap = false;
            put(form, &len, c);
        } else if (raw.at[i] != '\'' && raw.at[i] != '`') {
            gap = true;
        }
    }
    return len;
}

static size_t solid_form(struct text raw, bool letters, char form[VALUE_FORM_MAX])
{
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++) {
        char c = kept(raw.at[i]);
        if (letters ? c != '\0' : is_digit(c)) {
            put(form, &len, c);
        }
    }
    return len;
}

/* Whether each digit follows from the one before by the same step: 0000000, 123456789, 98765. */
static bool is_run(const char *form, size_t len, int step)
{
    for (size_t i = 1; i < len; i++) {
        if (!is_digit(form[i]) || (form[i] - form[i - 1] + 10) % 10 != (step + 10) % 10) {
            return false;
        }
    }
    return is_digit(form[0]);
}

/* What people type who have no number. */
static bool is_filler(const char *form, size_t len)
{
    if (len < 2) {
        return len == 0 || form[0] == '0';
    }
    return is_run(form, len, 0) ||
           (len >= RUN_LEAST && (is_run(form, len, 1) || is_run(form, len, -1)));
}

/* 0 when the form stands for no value. */
static size_t unless_nothing(const char *form, size_t len)
{
    return len <= VALUE_FORM_MAX && form_says_nothing((struct text){form, len}) ? 0 : len;
}

static size_t date_form(struct text raw, enum date_order order, char form[VALUE_FORM_MAX])
{
    int groups[3] = {0};
    int digits[3] = {0};
    int n = 0;
    int year, month, day;
    int solid;

    for (size_t i = 0; i < raw.len; i++) {
        if (is_digit(raw.at[i])) {
            groups[n] = groups[n] * 10 + (raw.at[i] - '0');
            digits[n]++;
            if (digits[n] > 8) {
                return 0;
            }
        } else if (digits[n] > 0) {
            if (n == 2 || raw.at[i] == 'T' || raw.at[i] == ':') {
                break; /* a time follows */
            }
            n++;
        }
    }
    if (n == 0 && digits[0] == 8) {
        bool year_first = order == DATE_ORDER_DMY || order == DATE_ORDER_YMD;
        year = year_first ? groups[0] / 10000 : groups[0] % 10000;
        month = year_first ? groups[0] / 100 % 100 : groups[0] / 1000000;
        day = year_first ? groups[0] % 100 : groups[0] / 10000 % 100;
    } else if (digits[0] == 4 && digits[1] > 0 && digits[1] <= 2 && digits[2] <= 2) {
        year = groups[0];
        month = groups[1];
        day = groups[2];
    } else if (digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2) {
        year = groups[2];
        day = order == DATE_ORDER_MDY ? groups[1] : groups[0];
        month = order == DATE_ORDER_MDY ? groups[0] : groups[1];
    } else {
        return 0;
    }
    if (year == 0 || year == 9999) {
        return 0;
    }
    solid = year * 10000 + month * 100 + day;
    for (int i = DATE_DIGITS - 1; i >= 0; i--, solid /= 10) {
        form[i] = (char)('0' + solid % 10);
    }
    return DATE_DIGITS;
}

static size_t sex_form(struct text raw, char form[VALUE_FORM_MAX])
{
    char c = raw.len > 0 ? lower(raw.at[0]) : '\0';

    if (c == '1' || c == '2') {
        c = c == '1' ? 'm' : 'f';
    } else if (c == 'w') {
        c = 'f';
    }
    if (c != 'm' && c != 'f' && c != 'o') {
        return 0;
    }
    form[0] = c;
    return 1;
}

static size_t email_form(struct text raw, char form[VALUE_FORM_MAX])
{
    const char *end;
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++) {
        if (raw.at[i] != ' ') {
            put(form, &len, lower(raw.at[i]));
        }
    }
    if (len == 0 || len > VALUE_FORM_MAX) {
        return len;
    }
    end = memchr(form, '@', len);
    return form_says_nothing((struct text){form, end == NULL ? len : (size_t)(end - form)})
               ? 0
               : len;
}

/* A form that is too long ends in a hash of the whole value. */
static size_t finish(char form[VALUE_FORM_MAX], size_t len, struct text whole)
{
    char hash[HASH_DIGITS + 1];

    if (len <= VALUE_FORM_MAX && whole.len <= RAW_MAX) {
        return len;
    }
    len = len < VALUE_FORM_MAX ? len : VALUE_FORM_MAX;
    len = len > VALUE_FORM_MAX - HASH_DIGITS ? VALUE_FORM_MAX - HASH_DIGITS : len;
    snprintf(hash, sizeof(hash), "%016llx",
             (unsigned long long)checksum_of(whole.at, whole.len));
    memcpy(form + len, hash, HASH_DIGITS);
    return len + HASH_DIGITS;
}

struct text identifier_system(struct text form)
{
    bool is_marked = form.len > IDENTIFIER_MARK && form.at[form.len - IDENTIFIER_MARK] == '@';

    return is_marked ? (struct text){form.at + form.len - IDENTIFIER_MARK, IDENTIFIER_MARK}
                     : (struct text){form.at, 0};
}

/* The number, and behind it which system gave it when that is said. */
static size_t identifier_form(struct text raw, char form[VALUE_FORM_MAX])
{
    const char *end = raw.len == 0 ? NULL : memchr(raw.at, IDENTIFIER_SYSTEM_END, raw.len);
    struct text system = {raw.at, end == NULL ? 0 : (size_t)(end - raw.at)};
    char mark[IDENTIFIER_MARK + 1];
    size_t len;

    if (end != NULL) {
        raw = (struct text){end + 1, raw.len - system.len - 1};
    }
    len = unless_nothing(form, solid_form(raw, true, form));
    if (is_filler(form, len) || system.len == 0) {
        return is_filler(form, len) ? 0 : len;
    }
    snprintf(mark, sizeof(mark), "@%04x",
             (unsigned)(checksum_of(system.at, system.len) & 0xFFFF));
    for (size_t i = 0; i < IDENTIFIER_MARK; i++) {
        put(form, &len, mark[i]);
    }
    return len;
}

size_t value_form(struct value_former *former, const struct people_field *field,
                  struct text raw, char form[VALUE_FORM_MAX])
{
    struct text whole = raw;
    size_t len = 0;

    raw.len = raw.len < RAW_MAX ? raw.len : RAW_MAX;
    if (!is_ascii(raw)) {
        raw = to_latin(former, raw);
    }
    switch (field->kind) {
    case PEOPLE_BIRTH_DATE:
        return date_form(raw, field->order, form);
    case PEOPLE_SEX:
        return sex_form(raw, form);
    case PEOPLE_PHONE:
        len = solid_form(raw, false, form);
        len = is_filler(form, len) ? 0 : len;
        break;
    case PEOPLE_IDENTIFIER:
        len = identifier_form(raw, form);
        break;
    case PEOPLE_POSTCODE:
        len = unless_nothing(form, solid_form(raw, true, form));
        break;
    case PEOPLE_EMAIL:
        len = email_form(raw, form);
        break;
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
    case PEOPLE_MIDDLE:
    case PEOPLE_OTHER_NAME:
    case PEOPLE_RELATIVE:
    case PEOPLE_FULL_NAME:
        len = words_form(raw, form);
        len = len <= VALUE_FORM_MAX ? name_form(field->kind, form, len) : len;
        break;
    case PEOPLE_PLACE:
    case PEOPLE_STREET:
    case PEOPLE_TEXT:
    case PEOPLE_KIND_COUNT:
        len = unless_nothing(form, words_form(raw, form));
        break;
    }
    return len == 0 ? 0 : finish(form, len, whole);
}

/* Bits 0-25 and 26-51: the letter once, twice; 52-61: the digit; 62: a space. */
uint64_t letter_bag(struct text form)
{
    uint64_t bag = 0;

    for (size_t i = 0; i < form.len; i++) {
        char c = form.at[i];
        if (c >= 'a' && c <= 'z') {
            uint64_t once = UINT64_C(1) << (c - 'a');
            bag |= (bag & once) != 0 ? once << 26 : once;
        } else if (is_digit(c)) {
            bag |= UINT64_C(1) << (52 + (c - '0'));
        } else if (c == ' ') {
            bag |= LETTER_BAG_SPACE;
        }
    }
    return bag;
}

uint64_t sound_key(struct text form)
{
    /* a letter's class; 0: a vowel, which only separates */
    static const char classes[] = "01230120022455012623010202";
    uint64_t key = 0;
    char last = '0';
    int n = 0;

    form = name_base(form);
    for (size_t i = 0; i < form.len && n < 6; i++) {
        char c = form.at[i];
        char class;
        if (c == ' ') {
            continue;
        }
        if (c == 'p' && i + 1 < form.len && form.at[i + 1] == 'h') {
            c = 'f';
            i++;
        }
        class = c >= 'a' && c <= 'z' ? classes[c - 'a'] : c;
        if (n == 0) {
            key = class == '0' ? 7 : (uint64_t) class;
            n++;
        } else if (class != '0' && class != last) {
            key = key * 131 + (uint64_t) class;
            n++;
        }
        last = c == 'w' ? last : class;
    }
    return key;
}
