/*
 * icu.h - what transform needs of ICU: case, normal forms, Latin letters, regular expressions, time zones.
 *
 * Why here  icu.c is the only file of transform that includes headers of ICU.
 * Text      UTF-8 in and out.  Bytes that are no UTF-8 stay, or become U+FFFD.
 * Lifetime  text that comes back lives in `arena`, or is the input itself when nothing changed.
 * Limits    a text over ICU_TEXT_MAX bytes comes back unchanged from case and normal forms.
 */
#ifndef HMS_TRANSFORM_ICU_H
#define HMS_TRANSFORM_ICU_H

#include "core/arena.h"
#include "core/error.h"

enum { ICU_TEXT_MAX = 8 << 20 };

/* No language: i becomes I also in Turkish text. */
struct text icu_upper(struct text text, struct arena *arena);
struct text icu_lower(struct text text, struct arena *arena);
/* First letter of each word upper, others lower.  A word ends at whatever is no letter, mark or
 * digit; what follows an apostrophe starts a word when it is longer than one letter
 * (O'Brien, but John's). */
struct text icu_title(struct text text, struct arena *arena);

enum icu_form { ICU_NFC, ICU_NFKC };
struct text icu_normalize(enum icu_form form, struct text text, struct arena *arena);

/*
 * Latin letters without diacritics, lower case, for text of any script; NFKC comes first.
 * One converter serves one thread at a time.
 */
struct icu_latin;
struct icu_latin *icu_latin_open(void);
struct text icu_latin(struct icu_latin *latin, struct text text, struct arena *arena);
void icu_latin_free(struct icu_latin *latin);

/*
 * Regular expressions of ICU (unicode-org.github.io/icu/userguide/strings/regexp.html).
 * A search stops after a fixed number of engine steps, so that no pattern can hang a run.
 */
struct icu_regex;
enum icu_match { ICU_MATCH_NO, ICU_MATCH_YES, ICU_MATCH_TOO_LONG };

/* NULL: no such pattern; `*at` is then the character where it breaks. */
struct icu_regex *icu_regex_open(const char *pattern, int *at);
int icu_regex_groups(const struct icu_regex *regex);
/* Anywhere in the text; `*group_text` is the part that `group` (0: all) holds, empty when that
 * group took no part. */
enum icu_match icu_regex_find(struct icu_regex *regex, struct text text, int group,
                              struct text *group_text);
/* From first to last character. */
enum icu_match icu_regex_match(struct icu_regex *regex, struct text text);
void icu_regex_free(struct icu_regex *regex);

/* From `start` on local time is UTC + offset; both in seconds. */
struct icu_zone_period {
    int64_t start;
    int32_t offset;
};
/* The periods of a zone of the IANA database, by start; at most `max`, the first one from the
 * beginning of time.  0: no such zone. */
size_t icu_zone_periods(const char *zone, struct icu_zone_period *periods, size_t max);

#endif
