/*
 * code_system.h - one code system, many spellings of its name: what maps, packs and FHIR call it.
 *
 * Names     are compared without case, blanks, '-', '_' and '.': ICD-10-CM is icd10cm.
 * Never     guessed: "icd10" is the WHO's, not one of its national modifications.
 */
#ifndef HMS_TERMINOLOGY_CODE_SYSTEM_H
#define HMS_TERMINOLOGY_CODE_SYSTEM_H

#include "core/text.h"

struct code_system {
    const char *name; /* of its packs, and in the column code_system */
    const char *uri;  /* in FHIR */
};

/* By any of its names or its URI; NULL: not in the table, and a pack may have that name still. */
const struct code_system *code_system_find(struct text name);
/* The name of its packs: the table's, or the name itself. */
struct text code_system_pack(struct text name);

#endif
