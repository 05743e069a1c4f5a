/*
 * name_specimen.h - the specimen that a laboratory writes around a short name: "U-Na", "fP-Gluc",
 * "Csf-Prot" as the Nordic and German laboratories do (IFCC and IUPAC, NPU terminology), and words
 * that may stand beside a code that is the whole name.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_NAME_SPECIMEN_H
#define HMS_TERMINOLOGY_SUGGEST_NAME_SPECIMEN_H

#include "core/text.h"

/* Takes the prefix off `name`; what it says, or NULL when there is none. */
const char *name_specimen_take(struct text *name);
/* Is the word one that may stand beside a code? */
bool name_word_is_beside(struct text word);

#endif
