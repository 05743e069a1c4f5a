/*
 * value_mark.h - eight bytes of a value by which most pairs of different values are told to have
 * nothing in common, without looking at their forms.
 *
 * Mark      names, places, texts, e-mail, postcode, sex: letter_bag() of the form.
 *           Streets: the letters of the letter_bag, above them the length of the name without the
 *           house number and a hash of that number.  Phones and identifiers: how often each digit
 *           stands in it, up to four times; above them a hash of the last seven digits, or the
 *           system that gave the identifier.
 *           Birth dates: none.
 */
#ifndef HMS_TRANSFORM_DEDUP_VALUE_MARK_H
#define HMS_TRANSFORM_DEDUP_VALUE_MARK_H

#include "transform/dedup/people_model.h"

#define MARK_LETTERS ((UINT64_C(1) << 52) - 1)

enum { PHONE_LOCAL_DIGITS = 7 };

uint64_t value_mark(enum people_kind kind, struct text form);
/* Whether two different streets are sure to be of the last level of their kind. */
bool street_marks_differ(uint64_t a, uint64_t b);
/* The same of phones and identifiers by half of the mark. */
uint32_t digits_fold(uint64_t mark);
bool digits_folds_differ(enum people_kind kind, uint32_t a, uint32_t b);
/* Of two letter bags: whether the forms may share a word, or be one edit apart. */
bool marks_may_share_word(uint64_t a, uint64_t b);
bool marks_may_be_near(uint64_t a, uint64_t b);

/* The first run of digits in a street. */
struct text house_number(struct text street);
/* The street without its leading house number. */
struct text street_name(struct text street, struct text number);

#endif
