/*
 * name_form.h - the one form in which names of tests, drugs and diseases are compared.
 *
 * Form      words between single spaces: compatibility forms and case folded, Latin letters without
 *           diacritics, Greek letters spelt; letters and digits parted ("10mg" is "10 mg") and a
 *           short word with its number kept as one word more ("b12"); plurals and "-ic acid" made
 *           one; then the lexicon's phrases (lexicon.h).  The same for both sides.
 * Other     scripts stay as they are, word by word.
 * Limits    NAME_BYTES_MAX bytes and NAME_WORDS_MAX words; the rest is not read.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_NAME_FORM_H
#define HMS_TERMINOLOGY_SUGGEST_NAME_FORM_H

#include "core/text.h"

struct lexicon;

enum { NAME_BYTES_MAX = 1024, NAME_WORDS_MAX = 64 };

struct name_form {
    int nwords;
    struct text words[NAME_WORDS_MAX]; /* into bytes */
    size_t used;
    char bytes[2 * NAME_BYTES_MAX];
};

/* `lexicon` may be NULL. */
void name_form_make(struct name_form *form, const struct lexicon *lexicon, struct text name);
/* Only cut into words and plurals made one: what the lexicon's phrases are compared with. */
void name_form_cut(struct name_form *form, struct text name);
/* Words with single spaces between; at most `size` bytes, without a NUL. */
size_t name_form_join(const struct name_form *form, char *out, size_t size);
/* Is this word a number? */
bool name_word_is_number(struct text word);

#endif
