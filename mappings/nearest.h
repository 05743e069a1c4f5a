/*
 * nearest.h - the "did you mean" of every word that a map can get wrong.
 *
 * Shape     offer names one after the other; the nearest by edit distance (an exchange of two
 *           neighbours counts as one edit, case counts nothing) is kept, the first of equals.
 * Limits    a name further away than a third of the word's length (at least 1, at most 4 edits)
 *           is not offered; words over NEAREST_WORD_MAX bytes have no neighbours.
 * Lifetime  `best` points at the name that was offered.
 */
#ifndef HMS_MAPPINGS_NEAREST_H
#define HMS_MAPPINGS_NEAREST_H

#include "core/text.h"

enum { NEAREST_WORD_MAX = 63 };

struct nearest {
    struct text word;
    const char *best; /* NULL: nothing is near */
    int distance;     /* of best; before that the first distance that is too far */
};

void nearest_init(struct nearest *nearest, struct text word);
void nearest_offer(struct nearest *nearest, const char *name);
/* ends with NULL */
const char *nearest_of(struct text word, const char *const *names);
/* "; did you mean 'x'?" or "", in `out`, for the end of a message. */
enum { NEAREST_PHRASE_MAX = 128 };
const char *nearest_phrase(const char *best, char out[NEAREST_PHRASE_MAX]);

#endif
