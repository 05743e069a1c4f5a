/*
 * code_pair.h - several ICD-10 codes in one field: "A17.8+G63.2", "A54.4† M73.09*", "S51.9 GL U07.1!".
 *
 * Splits    behind '+' and the dagger, and at blanks, ',', ';' and '/'; a German suffix after a
 *           blank stays with its code.  Other systems have one code a field.
 * Order     a code that may not stand alone (asterisk, '!') is right behind one that may; the
 *           first of a field, or behind another such code only, it is CODE_NEVER_ALONE.
 * Source    ICD-10, volume 2, section 3.1.3: the dagger code is the primary one and is always used.
 */
#ifndef HMS_TERMINOLOGY_CODE_PAIR_H
#define HMS_TERMINOLOGY_CODE_PAIR_H

#include "terminology/code_check.h"

enum { CODE_PARTS_MAX = 8 };

/* The codes of a field, one for what is no list; 0: more than CODE_PARTS_MAX. */
int code_split(enum code_dialect dialect, struct text field, struct text parts[CODE_PARTS_MAX]);
/* code_check() of each part, in their order. */
void code_check_parts(const struct code_pack *pack, const struct text *parts, int count,
                      int32_t day, struct code_finding *findings);

#endif
