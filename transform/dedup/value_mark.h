/*
 * value_mark.h - eight bytes of a value by which most pairs of different values are told to have
 * nothing in common, without looking at their forms.
 *
 * Mark      names, places, texts, e-mail, sex: letter_bag() of the form, and MARK_MORE when it has
 *           more than the bag tells.  Postcodes: their letters and digits, above them the first two.
 *           Streets: the lower letters of the letter_bag, above them the first letter and the length of
 *           the name without the house number, and a hash of that number.  Phones and identifiers: how often each digit
 *           stands in it, up to four times; above them a hash of the last seven digits, or the
 *           system that gave the identifier.
 *           Birth dates: none.
 */
#ifndef HMS_TRANSFORM_DEDUP_VALUE_MARK_H
#define HMS_TRANSFORM_DEDUP_VALUE_MARK_H

#include "transform/dedup/value_form.h"

#define MARK_STREET_LETTERS ((UINT64_C(1) << 47) - 1)
#define MARK_MORE           (UINT64_C(1) << 63)

enum {
    PHONE_LOCAL_DIGITS = 7,
    MARK_FOLD_BITS = 15,  /* of digits_fold(): digits, above them the key */
    MARK_HEAD_SHIFT = 48, /* of a postcode: its first two bytes are above */
    MARK_STREET_INITIAL_SHIFT = 47,
    MARK_STREET_INITIAL_MOST = 31,
    MARK_STREET_LEN_SHIFT = 52,
    MARK_STREET_LEN_MOST = 63,
    MARK_STREET_NUMBER_SHIFT = 58,
};

uint64_t value_mark(enum people_kind kind, struct text form);
/* Half of the mark of a phone or an identifier. */
uint32_t digits_fold(uint64_t mark);

/* The first run of digits in a street. */
struct text house_number(struct text street);
/* The street without its leading house number. */
struct text street_name(struct text street, struct text number);

/* More than two bits: one edit takes one letter or digit and puts one. */
static inline bool mark_over_two_bits(uint64_t bits)
{
    bits &= bits - 1;
    bits &= bits - 1;
    return bits != 0;
}

/* Whether two different values are sure to be of the last level of their kind: streets.  They have
 * neither the same number nor names that can be 0.80 alike: that needs a jaro of 0.80 without a
 * shared prefix, of 2/3 with one of four, which adds most. */
static inline bool street_marks_differ(uint64_t a, uint64_t b)
{
    int initial_a = (int)(a >> MARK_STREET_INITIAL_SHIFT & MARK_STREET_INITIAL_MOST);
    int initial_b = (int)(b >> MARK_STREET_INITIAL_SHIFT & MARK_STREET_INITIAL_MOST);
    int hundredths = initial_a != initial_b && initial_a != 0 && initial_b != 0 ? 140 : 100;
    int len_a = (int)(a >> MARK_STREET_LEN_SHIFT & MARK_STREET_LEN_MOST);
    int len_b = (int)(b >> MARK_STREET_LEN_SHIFT & MARK_STREET_LEN_MOST);
    int shared = __builtin_popcountll(a & b & MARK_STREET_LETTERS);
    int rest_a = len_a - __builtin_popcountll(a & MARK_STREET_LETTERS);
    int rest_b = len_b - __builtin_popcountll(b & MARK_STREET_LETTERS);
    int matches = shared + (rest_a < rest_b ? rest_a : rest_b);

    return a >> MARK_STREET_NUMBER_SHIFT != b >> MARK_STREET_NUMBER_SHIFT &&
           len_a < MARK_STREET_LEN_MOST && len_b < MARK_STREET_LEN_MOST &&
           100 * matches * (len_a + len_b) < hundredths * len_a * len_b;
}

/* ... phones and identifiers, by half of the mark. */
static inline bool digits_folds_differ(enum people_kind kind, uint32_t a, uint32_t b)
{
    bool same_key = a >> MARK_FOLD_BITS == b >> MARK_FOLD_BITS;

    /* identifiers of two systems are no contradiction; phones may share the last digits */
    return same_key == (kind == PEOPLE_IDENTIFIER) &&
           mark_over_two_bits((a ^ b) & ((1 << MARK_FOLD_BITS) - 1));
}

/* matches / |a| + matches / |b| is below `hundredths`; forms of more than the bag tells, or of
 * several words, are not judged. */
static inline bool mark_letters_below(uint64_t a, uint64_t b, int hundredths)
{
    int len_a = __builtin_popcountll(a);
    int len_b = __builtin_popcountll(b);
    int shared = __builtin_popcountll(a & b);

    return ((a | b) & (LETTER_BAG_SPACE | MARK_MORE)) == 0 &&
           100 * shared * (len_a + len_b) < hundredths * len_a * len_b;
}

/* ... names, but for sounds and nicknames: below 0.78 alike, as jaro_winkler() has it.  Without a
 * shared prefix jaro is below 0.78 then, with one of four, which adds most, below 0.633. */
static inline bool names_differ(uint64_t a, uint64_t b, bool same_initial)
{
    return mark_letters_below(a, b, same_initial ? 90 : 134);
}

/* ... places and texts: below 0.85 alike, jaro below 0.75. */
static inline bool words_differ(uint64_t a, uint64_t b)
{
    return mark_letters_below(a, b, 125);
}

/* ... postcodes. */
static inline bool postcode_marks_differ(uint64_t a, uint64_t b)
{
    uint64_t bits = a ^ b;

    return bits >> MARK_HEAD_SHIFT != 0 &&
           mark_over_two_bits(bits & ((UINT64_C(1) << MARK_HEAD_SHIFT) - 1));
}

/* Of two letter bags: whether the forms may share a word, or be one edit apart. */
static inline bool marks_may_share_word(uint64_t a, uint64_t b)
{
    if (((a | b) & LETTER_BAG_SPACE) == 0) {
        return a == b; /* each is one word */
    }
    return (a & b & ~LETTER_BAG_SPACE) != 0;
}

static inline bool marks_may_be_near(uint64_t a, uint64_t b)
{
    return !mark_over_two_bits(a ^ b); /* one letter taken, one put */
}

#endif
