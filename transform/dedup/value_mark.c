#include "transform/dedup/value_mark.h"

#include "transform/dedup/name_form.h"

enum {
    DIGIT_TIMES = 4,
    DIGIT_BITS = 10 * DIGIT_TIMES,
    KEY_SHIFT = 47, /* above: 17 bits */
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
    struct text name = street_name(form, number);
    size_t len = name.len < MARK_STREET_LEN_MOST ? name.len : MARK_STREET_LEN_MOST;
    bool letter = name.len > 0 && name.at[0] >= 'a' && name.at[0] <= 'z';
    uint64_t initial = letter ? (uint64_t)(name.at[0] - 'a' + 1) : 0;

    return (letter_bag(form) & MARK_STREET_LETTERS) | initial << MARK_STREET_INITIAL_SHIFT |
           (uint64_t)len << MARK_STREET_LEN_SHIFT |
           hash_of(number) >> MARK_STREET_NUMBER_SHIFT << MARK_STREET_NUMBER_SHIFT;
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

/* Which letters and digits, and above them the first two. */
static uint64_t postcode_mark(struct text form)
{
    uint64_t mark = 0;

    for (size_t i = 0; i < form.len; i++) {
        int c = (uint8_t)form.at[i];
        mark |= UINT64_C(1) << (c >= 'a' ? c - 'a' + 10 : c - '0') % MARK_HEAD_SHIFT;
    }
    for (size_t i = 0; i < 2 && i < form.len; i++) {
        mark |= (uint64_t)(uint8_t)form.at[i] << (MARK_HEAD_SHIFT + 8 * i);
    }
    return mark;
}

static uint64_t bag_mark(struct text form)
{
    uint64_t bag = letter_bag(form);

    return (size_t)__builtin_popcountll(bag) == form.len ? bag : bag | MARK_MORE;
}

uint64_t value_mark(enum people_kind kind, struct text form)
{
    switch (kind) {
    case PEOPLE_POSTCODE:
        return postcode_mark(form);
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
        return bag_mark(name_base(form));
    case PEOPLE_SEX:
    case PEOPLE_PLACE:
    case PEOPLE_EMAIL:
    case PEOPLE_TEXT:
    case PEOPLE_KIND_COUNT:
        break;
    }
    return bag_mark(form);
}

/* Folding by exclusive or never makes more bits differ. */
uint32_t digits_fold(uint64_t mark)
{
    uint64_t digits = mark & ((UINT64_C(1) << DIGIT_BITS) - 1);

    digits = (digits ^ digits >> MARK_FOLD_BITS ^ digits >> 2 * MARK_FOLD_BITS) &
             ((1 << MARK_FOLD_BITS) - 1);
    return (uint32_t)(mark >> KEY_SHIFT) << MARK_FOLD_BITS | (uint32_t)digits;
}
