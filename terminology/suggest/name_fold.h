/*
 * name_fold.h - a character of a name as the plain letters that it is compared by.
 *
 * Source    Unicode 15 compatibility decompositions of what is seen in names of catalogues: Latin-1,
 *           Latin Extended-A, Greek, super- and subscripts, full-width forms, ligatures.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_NAME_FOLD_H
#define HMS_TERMINOLOGY_SUGGEST_NAME_FOLD_H

#include "core/text.h"

enum { NAME_FOLD_MAX = 12 };

/* Takes one character off `rest` (a byte that is not UTF-8 counts as a blank) and writes what it
 * becomes, at most NAME_FOLD_MAX bytes: lower case letters, digits, signs as they are. */
size_t name_fold(struct text *rest, char out[NAME_FOLD_MAX]);

#endif
