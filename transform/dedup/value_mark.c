#include "transform/dedup/value_mark.h"

#include "transform/dedup/name_form.h"
#include "transform/dedup/value_form.h"

enum {
    STREET_LEN_SHIFT = 52,
    STREET_LEN_MOST = 63,
    STREET_NUMBER_SHIFT = 58,
    DIGIT_TIMES = 4,
    DIGIT_BITS = 10 * DIGIT_TIMES,
    KEY_SHIFT = 47, /* above: 17 bits */
    FOLD_BITS = 15,
};

struct text house_number(struct text street)
{
    size_t from = 0;
    size_t to;

    while (from < street.len && !(street.at[from] >= '0' && street.at[from] <= '9')) {
        from++;
    }
    for (to = from; to < street.len && street.at[to] >= '0' && street.at[to] <= '9';) {
        to++;
    }
    return (struct text){street.at + from, to - from};
}

struct text street_name(struct text street, struct text number)
{
    if (number.len > 0 && number.at == street.at) {
        street.at += number.len;
        street.len -= number.len;
        while (street.len > 0 && street.at[0] == ' ') {
            street.at++;
            street.len--;
        }
    }
    return street;
}

static uint64_t hash_of(struct text text)
{
    uint64_t hash = text.len;

    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (uint8_t)text.at[i]) * UINT64_C(0x100000001B3);
    }
    return hash * UINT64_C(0x9E3779B97F4A7C15);
}

static uint64_t street_mark(struct text form)
{
    struct text number = house_number(form);
    size_t len = street_name(form, number).len;

    len = len < STREET_LEN_MOST ? len : STREET_LEN_MOST;
    return (letter_bag(form) & MARK_LETTERS) | (uint64_t)len << STREET_LEN_SHIFT |
           hash_of(number) >> STREET_NUMBER_SHIFT << STREET_NUMBER_SHIFT;
}

/* How often each digit stands in it, as that many bits of four. */
static uint64_t digit_times(struct text form)
{
    uint64_t mark = 0;

    for (size_t i = 0; i < form.len; i++) {
        int shift = (uint8_t)form.at[i] % 10 * DIGIT_TIMES; /* letters fall among the digits */
        uint64_t times = mark >> shift & ((1 << DIGIT_TIMES) - 1);
        mark |= ((times << 1 | 1) & ((1 << DIGIT_TIMES) - 1)) << shift;
    }
    return mark;
}

static uint64_t phone_mark(struct text form)
{
    struct text local = form;

    if (local.len > PHONE_LOCAL_DIGITS) {
        local.at += local.len - PHONE_LOCAL_DIGITS;
        local.len = PHONE_LOCAL_DIGITS;
    }
    return digit_times(form) | hash_of(local) >> KEY_SHIFT << KEY_SHIFT;
}

/* The four digits of the system that gave it, and one more so that none is 0. */
static uint64_t identifier_key(struct text system)
{
    uint64_t key = 0;

    for (size_t i = 1; i < system.len; i++) {
        char c = system.at[i];
        key = key << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return system.len == 0 ? 0 : key + 1;
}

static uint64_t identifier_mark(struct text form)
{
    struct text system = identifier_system(form);

    form.len -= system.len;
    return digit_times(form) | identifier_key(system) << KEY_SHIFT;
}

uint64_t value_mark(enum people_kind kind, struct text form)
{
    switch (kind) {
    case PEOPLE_STREET:
        return street_mark(form);
    case PEOPLE_PHONE:
        return phone_mark(form);
    case PEOPLE_IDENTIFIER:
        return identifier_mark(form);
    case PEOPLE_BIRTH_DATE:
        return 0;
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
    case PEOPLE_MIDDLE:
    case PEOPLE_OTHER_NAME:
    case PEOPLE_RELATIVE:
    case PEOPLE_FULL_NAME:
        return letter_bag(name_base(form));
    case PEOPLE_SEX:
    case PEOPLE_POSTCODE:
    case PEOPLE_PLACE:
    case PEOPLE_EMAIL:
    case PEOPLE_TEXT:
    case PEOPLE_KIND_COUNT:
        break;
    }
    return letter_bag(form);
}

/* More than two bits: one edit takes one digit and puts one. */
static bool over_two_bits(uint64_t bits)
{
    bits &= bits - 1;
    bits &= bits - 1;
    return bits != 0;
}

/* Folding by exclusive or never makes more bits differ. */
uint32_t digits_fold(uint64_t mark)
{
    uint64_t digits = mark & ((UINT64_C(1) << DIGIT_BITS) - 1);

    digits = (digits ^ digits >> FOLD_BITS ^ digits >> 2 * FOLD_BITS) & ((1 << FOLD_BITS) - 1);
    return (uint32_t)(mark >> KEY_SHIFT) << FOLD_BITS | (uint32_t)digits;
}

bool digits_folds_differ(enum people_kind kind, uint32_t a, uint32_t b)
{
    bool same_key = a >> FOLD_BITS == b >> FOLD_BITS;

    /* identifiers of two systems are no contradiction; phones may share the last digits */
    return same_key == (kind == PEOPLE_IDENTIFIER) &&
           over_two_bits((a ^ b) & ((1 << FOLD_BITS) - 1));
}

/* Neither the same number nor names that can be 0.80 alike: jaro of 2/3, as a shared prefix adds
 * at most 0.4 of what is left. */
bool street_marks_differ(uint64_t a, uint64_t b)
{
    int len_a = (int)(a >> STREET_LEN_SHIFT & STREET_LEN_MOST);
    int len_b = (int)(b >> STREET_LEN_SHIFT & STREET_LEN_MOST);
    int shared = __builtin_popcountll(a & b & MARK_LETTERS);
    int rest_a = len_a - __builtin_popcountll(a & MARK_LETTERS);
    int rest_b = len_b - __builtin_popcountll(b & MARK_LETTERS);
    int matches = shared + (rest_a < rest_b ? rest_a : rest_b);

    return a >> STREET_NUMBER_SHIFT != b >> STREET_NUMBER_SHIFT && len_a < STREET_LEN_MOST &&
           len_b < STREET_LEN_MOST && matches * (len_a + len_b) < len_a * len_b;
}

bool marks_may_share_word(uint64_t a, uint64_t b)
{
    if (((a | b) & LETTER_BAG_SPACE) == 0) {
        return a == b; /* each is one word */
    }
    return (a & b & ~LETTER_BAG_SPACE) != 0;
}

bool marks_may_be_near(uint64_t a, uint64_t b)
{
    return !over_two_bits(a ^ b); /* one letter taken, one put */
}
