/*
 * word_skeleton.h - what is left of a scientific word when the ways that languages spell it are made
 * one: amlodipine, amlodipina and Amlodipin; phenytoin and fenitoina; glucose and Glukose.
 *
 * Rules     ph is f, y is i, k, q and ch are c, no h, no doubled letter, no vowel at the end.  Folded
 *           words only (name_fold.h); numbers and words of less than SKELETON_MIN letters have none.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_WORD_SKELETON_H
#define HMS_TERMINOLOGY_SUGGEST_WORD_SKELETON_H

#include "core/text.h"

enum { SKELETON_MIN = 5, SKELETON_MAX = 48 };

/* Empty when the word has none. */
struct text word_skeleton(struct text word, char out[SKELETON_MAX]);

#endif
