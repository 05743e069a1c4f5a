/*
 * person_name.h - is that the same person? Names of authors and reviewers, as they stand in files.
 *
 * Same      without regard to case, accents, blanks, dots, hyphens and signs that cannot be seen;
 *           Greek and Cyrillic letters that look like Latin ones are those.  So one person who writes
 *           his name in two ways does not count for two.  mig.person_key() does the same in the
 *           store.
 * Limits    a name that folds to more than PERSON_NAME_MAX bytes is the same as every other.
 */
#ifndef HMS_TRANSFORM_PERSON_NAME_H
#define HMS_TRANSFORM_PERSON_NAME_H

#include "core/text.h"

enum { PERSON_NAME_MAX = 256 };

bool person_name_is_same(struct text a, struct text b);

#endif
