#include "transform/dedup/compare_value.h"

#include "transform/dedup/compare_date.h"
#include "transform/dedup/compare_name.h"
#include "transform/dedup/name_form.h"
#include "transform/dedup/value_form.h"
#include "transform/dedup/value_mark.h"

#include <string.h>

enum { WORD_LEAST = 3 };

/* Takes the next word off `rest`. */
static struct text next_word(struct text *rest)
{
    const char *space = memchr(rest->at, ' ', rest->len);
    struct text word = {rest->at, space == NULL ? rest->len : (size_t)(space - rest->at)};
    size_t skip = space == NULL ? rest->len : word.len + 1;

    rest->at += skip;
    rest->len -= skip;
    return word;
}

static bool share_word(struct text a, struct text b)
{
    while (a.len > 0) {
        struct text word = next_word(&a);
        struct text rest = b;
        if (word.len < WORD_LEAST || name_word_is_particle(word)) {
            continue;
        }
        while (rest.len > 0) {
            if (text_equal(word, next_word(&rest))) {
                return true;
            }
        }
    }
    return false;
}

bool values_share_word(const struct side *a, const struct side *b)
{
    struct text left = name_base(a->form);
    struct text right = name_base(b->form);

    if (((a->bag | b->bag) & LETTER_BAG_SPACE) == 0) {
        return left.len >= WORD_LEAST && text_equal(left, right);
    }
    return (a->bag & b->bag & ~LETTER_BAG_SPACE) != 0 && share_word(left, right);
}

bool values_are_near(const struct side *a, const struct side *b)
{
    struct text left = name_base(a->form);
    struct text right = name_base(b->form);

    return text_equal(left, right) ||
           (left.len >= 4 && right.len >= 4 && text_one_edit(left, right));
}

static double similarity(struct jaro *jaro, const struct side *a, const struct side *b,
                         double least)
{
    double bound = jaro_winkler_bound(a->bag, a->form, b->bag, b->form);

    return bound < least ? 0.0 : jaro_winkler(jaro, a->form, b->form);
}

static uint32_t packed_digits(struct text form)
{
    uint32_t packed = 0;

    for (size_t i = 0; i < form.len; i++) {
        packed = packed << 4 | (uint32_t)(form.at[i] - '0');
    }
    return packed;
}

static int compare_postcodes(const struct side *a, const struct side *b)
{
    size_t area = (size_t)(a->form.len < b->form.len ? a->form.len : b->form.len) / 2 + 1;

    if (text_one_edit(a->form, b->form)) {
        return POSTCODE_EDIT;
    }
    return a->form.len >= 3 && b->form.len >= 3 && memcmp(a->form.at, b->form.at, area) == 0
               ? POSTCODE_AREA
               : POSTCODE_DIFFERS;
}

static int compare_phones(const struct side *a, const struct side *b)
{
    if (a->form.len >= PHONE_LOCAL_DIGITS && b->form.len >= PHONE_LOCAL_DIGITS &&
        memcmp(a->form.at + a->form.len - PHONE_LOCAL_DIGITS,
               b->form.at + b->form.len - PHONE_LOCAL_DIGITS, PHONE_LOCAL_DIGITS) == 0) {
        return PHONE_LOCAL;
    }
    return text_one_edit(a->form, b->form) ? PHONE_EDIT : PHONE_DIFFERS;
}

static int compare_words(struct jaro *jaro, const struct side *a, const struct side *b)
{
    double like = similarity(jaro, a, b, 0.70);

    if (like >= 0.92) {
        return WORDS_TYPO;
    }
    if (like >= 0.85) {
        return WORDS_CLOSE;
    }
    return values_share_word(a, b) ? WORDS_SHARED : WORDS_DIFFERS;
}

/* House numbers are no letters, so all letters of the bags stand in the names. */
static double like_streets(struct jaro *jaro, uint64_t bag_a, struct text a, uint64_t bag_b,
                           struct text b)
{
    double bound =
        jaro_winkler_bound(bag_a & MARK_STREET_LETTERS, a, bag_b & MARK_STREET_LETTERS, b);

    return bound < 0.80 ? 0.0 : jaro_winkler(jaro, a, b);
}

static int compare_streets(struct jaro *jaro, const struct side *a, const struct side *b)
{
    struct text at_a = a->form;
    struct text at_b = b->form;
    struct text number_a = house_number(at_a);
    struct text number_b = house_number(at_b);
    bool same_number = text_equal(number_a, number_b);
    double like;

    like = like_streets(jaro, a->bag, street_name(at_a, number_a), b->bag,
                        street_name(at_b, number_b));
    if (like >= 0.90) {
        return same_number ? STREET_TYPO : STREET_NUMBER;
    }
    if (like >= 0.80 || (same_number && number_a.len > 0 && share_word(at_a, at_b))) {
        return STREET_CLOSE;
    }
    return STREET_DIFFERS;
}

static struct text local_part(struct text email)
{
    const char *at = memchr(email.at, '@', email.len);

    return (struct text){email.at, at == NULL ? email.len : (size_t)(at - email.at)};
}

static int compare_emails(struct jaro *jaro, const struct side *a, const struct side *b)
{
    struct text local_a = local_part(a->form);
    struct text local_b = local_part(b->form);
    double like;

    if (local_a.len > 0 && text_equal(local_a, local_b)) {
        return EMAIL_LOCAL;
    }
    if (text_one_edit(a->form, b->form)) {
        return EMAIL_TYPO;
    }
    like = jaro_winkler(jaro, local_a, local_b);
    if (like >= 0.92) {
        return EMAIL_TYPO;
    }
    return like >= 0.82 ? EMAIL_CLOSE : EMAIL_DIFFERS;
}

/* Numbers of two systems say nothing of each other. */
static int compare_identifiers(const struct side *a, const struct side *b)
{
    if (!text_equal(identifier_system(a->form), identifier_system(b->form))) {
        return LEVEL_MISSING;
    }
    return text_one_edit(a->form, b->form) ? IDENTIFIER_EDIT : IDENTIFIER_DIFFERS;
}

int compare_values(struct jaro *jaro, enum people_kind kind, const struct side *a,
                   const struct side *b)
{
    switch (kind) {
    case PEOPLE_BIRTH_DATE:
        return compare_dates(packed_digits(a->form), packed_digits(b->form));
    case PEOPLE_SEX:
        return SEX_DIFFERS;
    case PEOPLE_IDENTIFIER:
        return compare_identifiers(a, b);
    case PEOPLE_POSTCODE:
        return compare_postcodes(a, b);
    case PEOPLE_PHONE:
        return compare_phones(a, b);
    case PEOPLE_PLACE:
    case PEOPLE_TEXT:
        return compare_words(jaro, a, b);
    case PEOPLE_STREET:
        return compare_streets(jaro, a, b);
    case PEOPLE_EMAIL:
        return compare_emails(jaro, a, b);
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
    case PEOPLE_MIDDLE:
    case PEOPLE_OTHER_NAME:
    case PEOPLE_RELATIVE:
    case PEOPLE_FULL_NAME:
    case PEOPLE_KIND_COUNT:
        break;
    }
    return compare_names(jaro, a, b);
}
