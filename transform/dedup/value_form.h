/*
 * value_form.h - the one form in which values of a kind are compared, and what is known of it.
 *
 * Form      names, places, streets, texts: NFKC, case folded, Latin letters without diacritics
 *           (other scripts transliterated by ICU), digits, one space between words;
 *           an apostrophe inside a word goes; of names only what name_form.h leaves.  Dates: yyyymmdd, also of days that no calendar
 *           has.  Phones: digits.  Sex: m, f or o.  Identifiers: letters and digits; of
 *           "system U+001F number" the number, and behind it @ and four digits for the
 *           system.  An empty form means missing.
 * Limits    VALUE_FORM_MAX bytes; a longer form is cut and ends in a hash of the whole, so that
 *           two long values are equal only when they are.
 */
#ifndef HMS_TRANSFORM_DEDUP_VALUE_FORM_H
#define HMS_TRANSFORM_DEDUP_VALUE_FORM_H

#include "transform/dedup/people_model.h"

#include "core/arena.h"

enum { VALUE_FORM_MAX = 128, IDENTIFIER_SYSTEM_END = 0x1F, IDENTIFIER_MARK = 5 };

struct icu_latin;
struct latin_cache;

/* What making forms needs; one for each thread that makes them. */
struct value_former {
    struct icu_latin *latin; /* opened when the first text needs it */
    struct latin_cache *cache;
    struct arena scratch;
};

void value_former_release(struct value_former *former);
/* Bytes written to `form`. */
size_t value_form(struct value_former *former, const struct people_field *field,
                  struct text raw, char form[VALUE_FORM_MAX]);

/* The system at the end of an identifier's form; empty when none was said. */
struct text identifier_system(struct text form);
/* Letters, digits and space as a set that counts to two: bound of what two forms can share. */
#define LETTER_BAG_SPACE (UINT64_C(1) << 62)
uint64_t letter_bag(struct text form);
/* How a name sounds: equal for Smith and Smyth, Catherine and Katherine; 0 for none. */
uint64_t sound_key(struct text form);
/* Groups of the table of nicknames that a given name is in; 0: none. */
void nickname_groups(struct text form, uint16_t groups[2]);

#endif
