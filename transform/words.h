/*
 * words.h - a small list of words and what each means, folded once and looked up often.
 *
 * Fold      outer spaces off, lower case by Unicode, form NFC.
 * Ownership the list copies its words; meanings are the caller's and outlive it.
 */
#ifndef HMS_TRANSFORM_WORDS_H
#define HMS_TRANSFORM_WORDS_H

#include "core/strmap.h"

enum { WORDS_MAX = 4096, WORD_BYTES_MAX = 128 };

struct words {
    struct strmap map;
};

void words_init(struct words *words);
void words_release(struct words *words);
/* `list` holds words separated by commas. */
void words_add(struct words *words, const char *list, const char *meaning);
/* NULL: not in the list.  The folded word is put into `scratch` when it is not `word` itself.
 */
const char *words_find(const struct words *words, struct text word, struct arena *scratch);

#endif
